"""Who answers where divisions are merged or split: the same people, for the new places and for rows filed before."""

from datetime import date, timedelta

import pytest

from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden
from firstline.places import actions as places
from firstline.places.actions import Part
from firstline.places.models import Place
from firstline.response.answering import actions
from firstline.response.answering.load import load_of
from firstline.response.answering.selectors import answerers_at, was_named
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Duty, Rank, Responsibility, Tier
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast, Member

NEW, OTHER = "141102003021", "141102003022"
YESTERDAY = clock.now().date() - timedelta(days=1)


def _merged(cast: Cast, since: date = YESTERDAY) -> str:
    ids = Place.objects.filter(path__in=[COMMUNITY, COMMUNITY_ELSEWHERE]).values_list("pk", flat=True)
    return places.merge_places(
        cast.county_officer, place_ids=list(ids), code=NEW, name="龙凤社区", valid_from=since
    ).path


def _split(cast: Cast) -> list[str]:
    parts = [Part(NEW, "丽景东社区", [cast.compound.pk]), Part(OTHER, "丽景西社区", [cast.compound_next.pk])]
    place = Place.objects.get(path=COMMUNITY)
    found = places.split_place(cast.county_officer, place_id=place.pk, parts=parts, valid_from=YESTERDAY)
    return [one.path for one in found]


def _township(member: Member, *paths: str) -> list[str]:
    with scope.enter(member):
        found = answerers_at(paths, Tier.TOWNSHIP)
        return [found[path].name if path in found else "" for path in paths]


def _cadre(cast: Cast, name: str, place: str) -> Responsibility:
    return named(cast.clerk, somebody(name), place, tier=Tier.TOWNSHIP, duty=Duty.TOWNSHIP_CADRE)[0]


def test_after_a_merger_the_same_person_answers_for_the_new_place_and_what_was_filed_before(cast: Cast) -> None:
    line = _cadre(cast, "任志明", COMMUNITY)
    new = _merged(cast)
    assert _township(cast.county_officer, new, cast.compound.place.path) == ["任志明", "任志明"]
    beside = Responsibility.objects.get(path=new)
    assert (beside.continues_id, beside.valid_until, line.valid_until) == (line.pk, None, None)


def test_two_who_led_the_longer_leads_and_the_other_is_a_deputy(cast: Cast) -> None:
    first, second = _cadre(cast, "任志明", COMMUNITY_ELSEWHERE), _cadre(cast, "白春生", COMMUNITY)
    new = _merged(cast)
    found = {line.person_id: line.rank for line in Responsibility.objects.filter(path=new)}
    assert found == {first.person_id: Rank.LEAD, second.person_id: Rank.DEPUTY}
    assert _township(cast.county_officer, cast.compound.place.path) == ["白春生"], "as before, in the old part"


def test_whoever_led_both_leads_once_and_it_is_one_place(cast: Cast) -> None:
    person = somebody("任志明")
    named(cast.clerk, person, COMMUNITY, COMMUNITY_ELSEWHERE, tier=Tier.TOWNSHIP, duty=Duty.TOWNSHIP_CADRE)
    new = _merged(cast)
    assert Responsibility.objects.filter(path=new).count() == 1
    with scope.enter(cast.county_officer):
        assert load_of(person.pk, was_named(person.pk)).places <= 2


def test_handed_over_it_takes_the_old_path_along_and_taken_back_too(cast: Cast) -> None:
    _cadre(cast, "任志明", COMMUNITY)
    new = _merged(cast)
    beside = Responsibility.objects.get(path=new)
    taker = somebody("白春生")
    handed = actions.hand_over(cast.clerk, responsibility_ids=[beside.pk], to_person_id=taker.pk)
    assert _township(cast.county_officer, new, cast.compound.place.path) == ["白春生", "白春生"]
    actions.take_back(cast.clerk, responsibility_ids=[line.pk for line in handed])
    assert _township(cast.county_officer, new, cast.compound.place.path) == ["任志明", "任志明"]


def test_ended_it_ends_the_old_path_and_both_begin_anew_when_that_is_taken_back(cast: Cast) -> None:
    _cadre(cast, "任志明", COMMUNITY)
    new = _merged(cast)
    beside = Responsibility.objects.get(path=new)
    actions.end_responsibility(cast.clerk, responsibility_ids=[beside.pk])
    assert "任志明" not in _township(cast.county_officer, new, cast.compound.place.path)
    actions.take_back(cast.clerk, responsibility_ids=[beside.pk])
    assert _township(cast.county_officer, new, cast.compound.place.path) == ["任志明", "任志明"]


def test_of_a_split_place_each_part_is_handed_over_by_itself_and_the_last_takes_the_old_path(cast: Cast) -> None:
    _cadre(cast, "任志明", COMMUNITY)
    east, west = _split(cast)
    taker, old = somebody("白春生"), cast.compound.place.path
    parts = {line.path: line for line in Responsibility.objects.filter(path__in=[east, west])}
    actions.hand_over(cast.clerk, responsibility_ids=[parts[east].pk], to_person_id=taker.pk)
    assert _township(cast.county_officer, east, west, old) == ["白春生", "任志明", "任志明"]
    actions.hand_over(cast.clerk, responsibility_ids=[parts[west].pk], to_person_id=taker.pk)
    assert _township(cast.county_officer, east, west, old) == ["白春生", "白春生", "白春生"]


def test_both_asked_for_at_once_is_one_hand_over(cast: Cast) -> None:
    line = _cadre(cast, "任志明", COMMUNITY)
    new = _merged(cast)
    ids = [line.pk, Responsibility.objects.get(path=new).pk]
    actions.hand_over(cast.clerk, responsibility_ids=ids, to_person_id=somebody("白春生").pk)
    assert _township(cast.county_officer, new, cast.compound.place.path) == ["白春生", "白春生"]


def test_what_ended_before_that_day_does_not_follow(cast: Cast) -> None:
    line = _cadre(cast, "任志明", COMMUNITY)
    actions.end_responsibility(cast.clerk, responsibility_ids=[line.pk])
    new = _merged(cast, since=clock.now().date())
    assert not Responsibility.objects.filter(path=new, valid_until=None).exists()


def test_only_whoever_may_merge_makes_lines_follow(cast: Cast) -> None:
    for who in (cast.director, cast.clerk, cast.worker):
        with pytest.raises(Forbidden):
            actions.follow_succession(who, predecessors=[COMMUNITY], successors=[NEW], since=YESTERDAY)
