"""Doors on no list: what a household writes is evidence, the house's pattern decides, and then the report is placed."""

import pytest
from django.utils import translation

from firstline.census.models import ReportLink
from firstline.census.online import doors
from firstline.census.online.believing import place_named
from firstline.census.online.intake import INTAKE_ID, new_token
from firstline.census.online.tests.conftest import Post
from firstline.census.online.tests.test_pile import waiting
from firstline.census.online.tests.test_reporting import attempts, outcome, reports
from firstline.census.online.written import Written
from firstline.identifiers.door_label import from_label
from firstline.kernel import scope
from firstline.places.actions import DoorNamed, accept_proposals, propose_doors, refuse_proposals, settle_proposals
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Door, EvidenceSource, Frame, ProposedDoor
from firstline.places.proposals import open_proposals
from firstline.testing.cast import Cast
from firstline.testing.queue import work_off


@pytest.fixture
def fourth_floor(cast: Cast) -> None:
    """Door 401 stands in a stairwell of two doors a floor, so that its pattern lacks 402."""
    door = from_label("1-1-401")
    assert door is not None
    ensure_doors(cast.compound, [DoorProposal.of(door)], how=Frame.LISTED, by=cast.director)


def stands(cast: Cast, label: str) -> bool:
    return Door.objects.standing().filter(pk=Door.id_for(cast.compound.pk, label)).exists()


def proposed(cast: Cast) -> dict[str, str]:
    return {one.label: one.support.value for one in open_proposals(cast.compound)}


@pytest.mark.usefixtures("fourth_floor")
def test_a_door_that_the_pattern_lacks_is_believed_and_its_report_placed(cast: Cast, post: Post) -> None:
    post(room="402")
    assert [cause.count for cause in waiting(cast)] == [1]
    work_off()

    assert stands(cast, "1-1-402")
    assert outcome(cast, "1-1-402") == "registered"
    assert [(one.by_person_id, one.source_id) for one in attempts(cast)] == [(INTAKE_ID, reports(cast)[0].pk)]
    assert waiting(cast) == []


@pytest.mark.usefixtures("fourth_floor")
def test_again_is_harmless(cast: Cast, post: Post) -> None:
    post(room="402")

    assert [place_named(cast.compound.pk), place_named(cast.compound.pk)] == [1, 0]
    assert len(attempts(cast)) == 1


def test_a_door_that_nothing_speaks_for_waits(cast: Cast, post: Post) -> None:
    post(room="909")
    work_off()

    assert proposed(cast) == {"1-1-909": "alone"}
    assert not stands(cast, "1-1-909")
    assert [cause.count for cause in waiting(cast)] == [1]


def test_reports_alone_never_make_a_pattern(cast: Cast, post: Post) -> None:
    invented = [f"{floor}0{flat}" for floor in (1, 2, 3, 4) for flat in (1, 2)][:-1]
    for room in invented:
        post(building="9", room=room)
    work_off()

    assert proposed(cast) == {f"9-1-{room}": "alone" for room in invented}
    assert not any(stands(cast, f"9-1-{room}") for room in invented)


def test_once_somebody_puts_the_door_on_record_the_report_is_placed(cast: Cast, post: Post) -> None:
    post(room="909")
    work_off()
    accept_proposals(cast.director, compound_id=cast.compound.pk, door_ids=[Door.id_for(cast.compound.pk, "1-1-909")])
    work_off()

    assert outcome(cast, "1-1-909") == "registered"
    assert waiting(cast) == []


def test_a_report_and_another_kind_of_source_are_two(cast: Cast, post: Post) -> None:
    post(room="909")
    work_off()
    door = from_label("1-1-909")
    assert door is not None
    compound_id = cast.compound.pk
    propose_doors(
        cast.director,
        compound_id=compound_id,
        source=EvidenceSource.KEYS,
        source_id=cast.door.pk,
        named=[DoorNamed(door, 1)],
    )
    settle_proposals(cast.director, compound_id=compound_id)
    work_off()

    assert outcome(cast, "1-1-909") == "registered"


@pytest.mark.usefixtures("fourth_floor")
def test_what_was_refused_is_not_believed(cast: Cast, post: Post) -> None:
    post(room="402")
    refuse_proposals(cast.director, compound_id=cast.compound.pk, door_ids=[Door.id_for(cast.compound.pk, "1-1-402")])
    work_off()

    assert not stands(cast, "1-1-402")
    assert [cause.count for cause in waiting(cast)] == [1]


def test_a_form_that_is_not_ours_is_no_evidence(cast: Cast, post: Post) -> None:
    post(room="402", token="")

    assert [report.parked_for for report in reports(cast)] == ["door_unknown"]
    assert not ProposedDoor.objects.exists()


@pytest.mark.usefixtures("fourth_floor")
def test_a_correction_takes_its_report_elsewhere(cast: Cast, post: Post, link: ReportLink) -> None:
    mark = new_token(link.code)
    post(room="402", token=mark)
    post(room="101", token=mark)
    work_off()

    assert outcome(cast) == "registered"
    assert len(attempts(cast)) == 1


@pytest.mark.usefixtures("fourth_floor")
def test_many_reports_of_one_door_are_left_to_a_clerk(cast: Cast, post: Post) -> None:
    for _sent in range(6):
        post(room="402")
    work_off()

    assert stands(cast, "1-1-402")
    assert attempts(cast) == []
    assert [cause.count for cause in waiting(cast)] == [6]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_door_is_understood_in_either_language(cast: Cast, language: str) -> None:
    doors.forget()
    written = Written(building="1", unit="1", room="909")
    with translation.override(language), scope.enter(cast.director):
        found = doors.find(written, path=cast.compound.place.path, compound_id=cast.compound.pk)
    assert found.named is not None
    assert found.named.door.label == "1-1-909"
