"""Naming who answers: by level and place, all or none, one lead a seat; handing over, ending, taking back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.models import PostKind
from firstline.places.posts import add_post
from firstline.response.answering import actions
from firstline.response.answering.errors import (
    AssignedAlready,
    HandedToThemselves,
    LabelMissing,
    NotIntoThePast,
    PersonGone,
    PlacesMissing,
    ResponsibilityDatesWrong,
    ResponsibilityOver,
    SeatTaken,
    TierNotYours,
    TierUnfit,
)
from firstline.response.answering.selectors import history
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Duty, Rank, Responsibility, Tier
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, OTHER_COUNTY, TOWNSHIP, Cast


def test_one_person_for_many_places_is_a_line_and_an_entry_each(cast: Cast) -> None:
    head = somebody()
    lines = named(cast.director, head, cast.compound.place.path, cast.compound_next.place.path)
    assert [line.path for line in lines] == [cast.compound.place.path, cast.compound_next.place.path]
    with scope.enter(cast.director):
        assert LedgerEntry.objects.filter(action="response.assign").count() == 2


@pytest.mark.parametrize(
    ("who", "path", "tier", "duty"),
    [
        ("county_officer", COUNTY, Tier.COUNTY, Duty.COUNTY_LEADER),
        ("county_officer", TOWNSHIP, Tier.COUNTY, Duty.COUNTY_LEADER),
        ("county_officer", COMMUNITY, Tier.TOWNSHIP, Duty.TOWNSHIP_CADRE),
        ("county_officer", COMMUNITY, Tier.VILLAGE, Duty.FIRST_SECRETARY),
        ("clerk", COMMUNITY, Tier.TOWNSHIP, Duty.TOWNSHIP_CADRE),
        ("clerk", COMMUNITY_ELSEWHERE, Tier.VILLAGE, Duty.BRANCH_SECRETARY),
        ("director", COMMUNITY, Tier.VILLAGE, Duty.GRID_HEAD),
    ],
)
def test_each_level_names_its_own(cast: Cast, who: str, path: str, tier: Tier, duty: Duty) -> None:
    assert named(getattr(cast, who), somebody(), path, tier=tier, duty=duty)[0].path == path


@pytest.mark.parametrize(
    ("who", "path", "tier", "error"),
    [
        ("county_officer", COMMUNITY, Tier.VILLAGE, TierNotYours),
        ("clerk", TOWNSHIP, Tier.COUNTY, TierNotYours),
        ("director", COMMUNITY, Tier.TOWNSHIP, TierNotYours),
        ("clerk", COUNTY, Tier.TOWNSHIP, NotFound),
        ("director", COMMUNITY_ELSEWHERE, Tier.VILLAGE, NotFound),
        ("other_county_officer", TOWNSHIP, Tier.COUNTY, NotFound),
        ("county_officer", OTHER_COUNTY, Tier.COUNTY, NotFound),
        ("worker", COMMUNITY, Tier.VILLAGE, Forbidden),
        ("typist", COMMUNITY, Tier.VILLAGE, Forbidden),
        ("lapsed", COMMUNITY, Tier.VILLAGE, Forbidden),
    ],
)
def test_nobody_names_at_a_level_or_place_of_others(
    cast: Cast, who: str, path: str, tier: Tier, error: type[Exception]
) -> None:
    person = somebody()
    with pytest.raises(error):
        named(getattr(cast, who), person, path, tier=tier)
    assert not Responsibility.objects.exists()


def test_a_county_names_the_leaders_of_its_checkpoints(cast: Cast) -> None:
    post = add_post(cast.compound.place, PostKind.CHECKPOINT, "东门检查点")
    line = named(cast.county_officer, somebody(), post.path, duty=Duty.ON_DUTY)[0]
    assert line.path == f"{cast.compound.place.path}/P001"


def test_what_is_no_place_or_too_large_for_a_level_is_refused(cast: Cast) -> None:
    person = somebody()
    with pytest.raises(PlacesMissing):
        actions.assign(cast.director, person_id=person.pk, places=[], tier=Tier.VILLAGE, duty=Duty.GRID_HEAD)
    with pytest.raises(PlacesMissing):
        named(cast.director, person, COMMUNITY, f"{COMMUNITY}/0999")
    with pytest.raises(TierUnfit):
        named(cast.clerk, person, TOWNSHIP)
    with pytest.raises(LabelMissing):
        named(cast.director, person, duty=Duty.OTHER)
    assert not Responsibility.objects.exists()


def test_one_lead_a_seat_and_any_number_of_deputies(cast: Cast) -> None:
    first, second = somebody("石改梅"), somebody("高小平")
    named(cast.director, first)
    with pytest.raises(SeatTaken) as taken:
        named(cast.director, second)
    assert "石改梅" in str(taken.value) and "丽景街社区" in str(taken.value)
    with pytest.raises(AssignedAlready):
        named(cast.director, first)
    named(cast.director, second, rank=Rank.DEPUTY)
    named(cast.director, somebody("任志明"), rank=Rank.DEPUTY)
    named(cast.clerk, second, duty=Duty.BRANCH_SECRETARY)
    assert Responsibility.objects.count() == 4


def test_the_database_refuses_a_second_lead_by_itself(cast: Cast) -> None:
    line = named(cast.director, somebody())[0]
    twin = Responsibility(
        person=somebody("高小平"),
        path=line.path,
        tier=line.tier,
        duty=line.duty,
        valid_from=line.valid_from + timedelta(days=1),
        recorded_by_id=cast.director.person_id,
    )
    with pytest.raises(IntegrityError, match="one_lead_a_seat"), transaction.atomic():
        twin.save(force_insert=True)


def test_who_has_left_is_named_for_nothing(cast: Cast) -> None:
    person = somebody()
    person.left_at = clock.now()
    person.save()
    with pytest.raises(PersonGone):
        named(cast.director, person)


def test_a_hand_over_leaves_no_moment_without_somebody(cast: Cast) -> None:
    first, second = somebody("石改梅"), somebody("高小平")
    lines = named(cast.director, first, cast.compound.place.path, cast.compound_next.place.path)
    after = actions.hand_over(cast.director, responsibility_ids=[line.pk for line in lines], to_person_id=second.pk)
    for path in (cast.compound.place.path, cast.compound_next.place.path):
        new, old = history(path)
        assert (new.person_id, old.person_id, new.valid_from) == (second.pk, first.pk, old.valid_until)
    assert {line.follows_id for line in after} == {line.pk for line in lines}


def test_a_hand_over_may_lie_ahead_but_never_behind(cast: Cast) -> None:
    first, second = somebody("石改梅"), somebody("高小平")
    line = named(cast.director, first, valid_until=clock.now() + timedelta(days=9))[0]
    with pytest.raises(NotIntoThePast):
        actions.hand_over(
            cast.director,
            responsibility_ids=[line.pk],
            to_person_id=second.pk,
            at=clock.now() - timedelta(minutes=1),
        )
    at = clock.now() + timedelta(days=1)
    (new,) = actions.hand_over(cast.director, responsibility_ids=[line.pk], to_person_id=second.pk, at=at)
    assert (new.valid_from, new.valid_until) == (at, line.valid_until)


def test_refused_hand_overs_change_nothing(cast: Cast) -> None:
    first, second = somebody("石改梅"), somebody("高小平")
    mine = named(cast.director, first)[0]
    theirs = named(cast.clerk, first, COMMUNITY_ELSEWHERE)[0]
    with pytest.raises(HandedToThemselves):
        actions.hand_over(cast.director, responsibility_ids=[mine.pk], to_person_id=first.pk)
    with pytest.raises(NotFound):
        actions.hand_over(cast.director, responsibility_ids=[mine.pk, theirs.pk], to_person_id=second.pk)
    with pytest.raises(Forbidden):
        actions.hand_over(cast.worker, responsibility_ids=[mine.pk], to_person_id=second.pk)
    assert Responsibility.objects.filter(valid_until=None).count() == 2


def test_an_end_is_never_put_off_nor_dated_back(cast: Cast) -> None:
    line = named(cast.director, somebody())[0]
    with pytest.raises(NotIntoThePast):
        actions.end_responsibility(cast.director, responsibility_ids=[line.pk], at=clock.now() - timedelta(days=1))
    soon = clock.now() + timedelta(hours=2)
    actions.end_responsibility(cast.director, responsibility_ids=[line.pk], at=soon)
    with pytest.raises(ResponsibilityOver):
        actions.end_responsibility(cast.director, responsibility_ids=[line.pk], at=soon + timedelta(days=1))
    actions.end_responsibility(cast.director, responsibility_ids=[line.pk])
    with pytest.raises(ResponsibilityOver):
        actions.end_responsibility(cast.director, responsibility_ids=[line.pk])


def test_it_cannot_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(ResponsibilityDatesWrong):
        named(cast.director, somebody(), valid_until=clock.now() - timedelta(days=1))


def test_taking_back_ends_gives_back_or_begins_anew(cast: Cast) -> None:
    first, second = somebody("石改梅"), somebody("高小平")
    line = named(cast.director, first)[0]
    (handed,) = actions.hand_over(cast.director, responsibility_ids=[line.pk], to_person_id=second.pk)
    (back,) = actions.take_back(cast.director, responsibility_ids=[handed.pk])
    assert (back.person_id, back.valid_until) == (first.pk, None)
    actions.end_responsibility(cast.director, responsibility_ids=[back.pk])
    (again,) = actions.take_back(cast.director, responsibility_ids=[back.pk])
    assert (again.person_id, again.valid_until) == (first.pk, None)
    (ahead,) = named(cast.clerk, second, duty=Duty.BRANCH_SECRETARY, valid_from=clock.now() + timedelta(days=2))
    assert actions.take_back(cast.clerk, responsibility_ids=[ahead.pk]) == []
    assert [one.person_id for one in history(COMMUNITY)] == [second.pk, first.pk, first.pk, second.pk, first.pk]
