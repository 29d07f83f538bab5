"""What the census is missing, as lines of the board; and that an emergency opens its campaign."""

from firstline.census.actions import record_attempt
from firstline.census.coverage import coverage
from firstline.census.gaps import doors_left
from firstline.census.models import Campaign
from firstline.census.results import Outcome
from firstline.census.selectors import settled_by_day
from firstline.kernel import scope
from firstline.kernel.gap_sources import Cause, Stage
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.response.models import Emergency
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, Cast

LABELS = {"1-1-101": "registered", "1-1-102": "no_answer", "1-1-201": "come_back", "1-1-202": "refused"}


def causes(cast: Cast, *paths: str) -> dict[str, Cause]:
    with scope.enter(cast.director):
        return {cause.kind: cause for cause in doors_left([subtree(path) for path in paths])}


def visit(cast: Cast) -> None:
    for label, result in LABELS.items():
        record_attempt(cast.director, door_id=Door.id_for(cast.compound.pk, label), result=result)


def test_one_cause_is_one_line_with_the_largest_place_first(cast: Cast) -> None:
    visit(cast)
    found = causes(cast, cast.compound.place.path[:12])

    assert {kind: cause.count for kind, cause in found.items()} == {
        "doors_untried": 32,
        "doors_tonight": 1,
        "doors_knocked": 1,
        "doors_refused": 1,
    }
    untried = found["doors_untried"]
    assert [(place.name, place.count) for place in untried.places] == [("枫林苑", 20), ("邮电局家属院", 12)]
    assert untried.stage == Stage.TO_DO
    assert untried.since == cast.emergency.started_at
    assert str(cast.compound.pk) in untried.url


def test_two_places_of_one_person_make_no_second_line(cast: Cast) -> None:
    visit(cast)
    found = causes(cast, cast.compound.place.path, cast.compound_next.place.path)
    assert found["doors_untried"].count == 32


def test_what_is_done_is_no_cause(cast: Cast) -> None:
    for door in Door.objects.filter(building__compound=cast.compound_next):
        record_attempt(cast.director, door_id=door.pk, result="vacant")
    assert causes(cast, cast.compound_next.place.path) == {}


def test_from_above_the_doors_of_a_townships_emergency_are_due_and_no_others(cast: Cast) -> None:
    visit(cast)
    Emergency.objects.filter(pk=cast.emergency.pk).update(path=COMMUNITY)
    Campaign.objects.filter(pk=cast.campaign.pk).update(path=COMMUNITY)
    found = causes(cast, COUNTY)
    assert found["doors_untried"].count == 32
    assert found["doors_refused"].count == 1
    assert coverage(subtree(COUNTY)).total.counts[Outcome.REGISTERED] == 1


def test_without_an_emergency_nothing_is_due_and_every_door_is_untried(cast: Cast) -> None:
    assert causes(cast, "141181") == {}
    assert coverage(subtree("14")).total.counts[Outcome.UNTRIED] == 60


def test_an_emergency_opens_its_campaign(cast: Cast) -> None:
    campaign = Campaign.objects.get(emergency=cast.emergency)
    assert (campaign.pk, campaign.is_default) == (cast.emergency.default_campaign_id, True)
    assert campaign.started_at == cast.emergency.started_at


def test_coverage_of_a_building_knows_only_that_building(cast: Cast) -> None:
    visit(cast)
    (compound,) = coverage(subtree(cast.building.place.path)).places
    assert (compound.account.doors, compound.account.frames) == (12, 1)
    assert compound.account.counts[Outcome.REGISTERED] == 1


def test_coverage_of_several_places_counts_each_once(cast: Cast) -> None:
    visit(cast)
    both = coverage(subtree(COUNTY), subtree(OTHER_COUNTY)).total
    assert (both.doors, both.done, both.frames, both.all_walked) == (60, 1, 5, False)


def test_those_above_communities_read_communities_and_the_sums_are_the_same(cast: Cast) -> None:
    visit(cast)
    above = coverage(subtree(COUNTY))
    below = coverage(*(subtree(one.path) for one in above.places))
    assert [one.name for one in above.places] == ["马茂庄社区", "丽景街社区"]
    assert [one.name for one in below.places] == ["马茂庄小区", "枫林苑", "邮电局家属院"]
    assert above.total == below.total

    with scope.enter(cast.county_officer):
        found = {cause.kind: cause for cause in doors_left([subtree(COUNTY)])}
    untried = found["doors_untried"]
    assert [(place.name, place.count) for place in untried.places] == [("丽景街社区", 32), ("马茂庄社区", 12)]
    assert untried.url == f"/compounds/?at={COMMUNITY}"


def test_doors_settled_by_day(cast: Cast) -> None:
    visit(cast)
    with scope.enter(cast.director):
        days = settled_by_day(cast.campaign.pk, subtree(cast.compound.place.path), days=3)
    assert [count for _day, count in days] == [0, 0, 1]
