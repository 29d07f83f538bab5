"""What is missing about places: each cause once, with the compounds it lies at, and nothing of elsewhere."""

import uuid
from itertools import product

from django.urls import reverse

from firstline.identifiers.door_label import Door as DoorRead
from firstline.kernel import clock, gap_sources, scope
from firstline.kernel.gap_sources import Cause, Stage
from firstline.kernel.paths import subtree
from firstline.places import actions
from firstline.places.actions import DoorNamed, Profile, propose_doors
from firstline.places.gaps import places_missing
from firstline.places.models import Company, Compound, EvidenceSource, Management
from firstline.places.selectors import looked_after_is, names_at
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, Cast

ANSWERS = (True, False, None)


def causes(*paths: str) -> dict[str, Cause]:
    return {cause.kind: cause for cause in places_missing([subtree(path) for path in paths])}


def late(cast: Cast) -> dict[str, Cause]:
    """What queries find in the director's community."""
    with scope.enter(cast.director):
        return {cause.kind: cause for cause in gap_sources.causes([subtree(COMMUNITY)], names_at)}


def test_buildings_nobody_walked_are_to_do_until_they_are(cast: Cast) -> None:
    cause = causes(COMMUNITY)["frames_unwalked"]
    assert (cause.stage, cause.count) == (Stage.TO_DO, 3)
    assert [(place.name, place.count) for place in cause.places] == [("枫林苑", 2), ("邮电局家属院", 1)]
    assert cause.since is not None

    for label in ("1", "2"):
        building = cast.building_of(cast.compound, label)
        actions.walk_frame(cast.worker, building_id=building.pk, happened_at=clock.now(), doors_found=12)
    assert [place.name for place in causes(COMMUNITY)["frames_unwalked"].places] == ["邮电局家属院"]


def test_a_compound_without_doors_is_to_do(cast: Cast) -> None:
    assert "compounds_bare" not in causes(COMMUNITY)
    made = actions.create_compound(cast.director, community_path=COMMUNITY, name="锦绣苑")
    cause = causes(COMMUNITY)["compounds_bare"]
    assert (cause.stage, cause.count, cause.url) == (Stage.TO_DO, 1, f"/compounds/{made.pk}/frame/")


def test_neither_company_nor_gatehouse_is_a_gap_since_it_is_known(cast: Cast) -> None:
    profile = Profile(management=Management.NOBODY, gatehouse=False)
    described = actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=profile)
    cause = late(cast)["compounds_unmanaged"]
    assert (cause.stage, cause.count, cause.since) == (Stage.GAP, 1, described.unmanaged_since)


def test_a_compound_of_which_nobody_said_who_looks_after_it_is_to_do(cast: Cast) -> None:
    cause = causes(COMMUNITY)["compounds_unstated"]
    assert (cause.stage, cause.count, cause.url) == (Stage.TO_DO, 2, "/compounds/?show=unstated")

    profile = Profile(management=Management.GATEHOUSE)
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=profile)
    assert causes(COMMUNITY)["compounds_unstated"].count == 1


def test_nobody_asks_who_looks_after_scattered_homes(cast: Cast) -> None:
    before = causes(COMMUNITY)["compounds_unstated"].count
    actions.create_compound(cast.director, community_path=COMMUNITY, name="散居", scattered=True)
    assert causes(COMMUNITY)["compounds_unstated"].count == before
    page = cast.director.client().get("/compounds/?show=unstated")
    assert "散居" not in [row.name for row in page.context["rows"]]


def test_the_condition_in_sql_is_the_answer_of_the_compound(cast: Cast) -> None:
    company = Company.objects.create(path=COMMUNITY, name="康居物业", sealed=b"")
    for management, gatehouse, looked_after_by in product(Management, (True, False, None), (company, None)):
        Compound.objects.filter(pk=cast.compound.pk).update(
            management=management, gatehouse=gatehouse, company=looked_after_by
        )
        compound = Compound.objects.get(pk=cast.compound.pk)
        answers = {
            answer: Compound.objects.filter(looked_after_is(answer), pk=compound.pk).exists() for answer in ANSWERS
        }
        assert answers == {answer: answer is compound.looked_after for answer in ANSWERS}, vars(compound)


def test_those_above_communities_read_communities(cast: Cast) -> None:
    above = causes(COUNTY)["frames_unwalked"]
    assert [(place.name, place.count) for place in above.places] == [("丽景街社区", 3), ("马茂庄社区", 1)]
    assert above.url == "/compounds/?show=unwalked"
    assert above.since == causes(COMMUNITY, COMMUNITY_ELSEWHERE)["frames_unwalked"].since


def test_a_walk_that_counted_otherwise_is_to_be_explained(cast: Cast) -> None:
    actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=clock.now(), doors_found=13)
    assert causes(COMMUNITY)["frames_differing"].count == 1

    actions.add_door(cast.worker, building_id=cast.building.pk, text="2-401")
    assert "frames_differing" not in causes(COMMUNITY)


def test_several_places_are_one_line_and_cost_one_statement(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = causes(cast.compound.place.path, cast.compound_elsewhere.place.path)
    assert found["frames_unwalked"].count == 3


def test_nothing_is_missing_where_one_has_no_place(cast: Cast) -> None:
    assert causes() == {}


def test_doors_that_lists_name_are_to_do_until_somebody_has_said(cast: Cast) -> None:
    url = reverse("places:proposals", args=[cast.compound.pk])
    propose_doors(
        cast.director,
        compound_id=cast.compound.pk,
        source=EvidenceSource.POLICE,
        source_id=uuid.uuid4(),
        named=[DoorNamed(DoorRead("9", "1", room), 3) for room in ("101", "801")],
    )

    def waiting(path: str) -> list[tuple[str, int]]:
        found = causes(path).get("doors_proposed")
        return [(place.path, place.count) for place in found.places] if found else []

    assert waiting(COMMUNITY) == [(cast.compound.place.path, 2)]
    assert waiting(COUNTY) == [(COMMUNITY, 2)]
    listed = cast.director.client().get(reverse("places:compounds"), {"show": "proposed"})
    assert [row.name for row in listed.context["rows"]] == ["枫林苑"]

    cast.director.client().post(url, {"refuse": "all"})
    assert waiting(COMMUNITY) == []
