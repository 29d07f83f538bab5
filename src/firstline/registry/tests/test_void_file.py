"""An accepted list is taken back: its names count no longer, its doors go as far as nothing leans on them."""

import pytest

from firstline.census.actions import record_attempt
from firstline.census.listeners import VISITED
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden
from firstline.places import actions as places
from firstline.places.leaving import leaving
from firstline.places.models import Building, Door, Frame, FrameFact
from firstline.registry import actions, selectors, standing
from firstline.registry.errors import ListNotAccepted
from firstline.registry.mentions import mentions_at
from firstline.registry.models import FileVoid, SourceFile
from firstline.registry.selectors import FileState
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

NEW = "3-1-101"


def _accepted(cast: Cast, content: bytes | None = None, name: str = "枫林苑名单.csv") -> SourceFile:
    file = staged(cast.director, cast.compound, content, name)
    actions.accept_file(cast.director, file_id=file.pk)
    return file


def _names(cast: Cast, label: str) -> list[str]:
    with scope.enter(cast.director):
        return [seen.name for seen in mentions_at(Door.id_for(cast.compound.pk, label))]


def test_names_and_new_doors_go_and_what_was_there_stays(cast: Cast) -> None:
    file = _accepted(cast)
    left = actions.void_file(cast.director, file_id=file.pk)
    assert [door.label for door in left.going] == [NEW]
    assert _names(cast, "1-1-101") == []
    assert not Building.objects.filter(compound=cast.compound, label="3").exists()
    assert cast.building.door_count == 12
    assert cast.building.frame == Frame.DECLARED
    with scope.enter(cast.director):
        assert selectors.states_of([selectors.file_for(cast.director, file.pk)]) == {file.pk: FileState.VOIDED}


def test_the_same_file_can_come_again(cast: Cast) -> None:
    first = _accepted(cast)
    actions.void_file(cast.director, file_id=first.pk)
    second = _accepted(cast)
    assert second.pk != first.pk
    assert _names(cast, NEW) == ["陈志博"]


def test_doors_that_were_visited_stay_and_are_told_before(cast: Cast) -> None:
    file = _accepted(cast)
    record_attempt(cast.director, door_id=Door.id_for(cast.compound.pk, NEW), result="no_answer")
    with scope.enter(cast.director):
        told = leaving(cast.compound, standing.source_of(file))
    assert [(door.label, str(why)) for door, why in told.staying] == [(NEW, str(VISITED))]
    left = actions.void_file(cast.director, file_id=file.pk)
    assert (left.going, len(left.staying)) == ([], 1)
    assert cast.building_of(cast.compound, "3").door_count == 1
    assert cast.building_of(cast.compound, "3").frame == Frame.LISTED


def test_a_building_walked_since_keeps_its_doors(cast: Cast) -> None:
    file = _accepted(cast)
    building = cast.building_of(cast.compound, "3")
    places.walk_frame(cast.director, building_id=building.pk, happened_at=clock.now(), doors_found=1)
    assert actions.void_file(cast.director, file_id=file.pk).going == []
    assert cast.building_of(cast.compound, "3").frame == Frame.WALKED


def test_doors_of_another_list_stay_until_that_one_goes_too(cast: Cast) -> None:
    first = _accepted(cast)
    second = _accepted(cast, encoded("房号,姓名\n3-1-101,陈志博\n3-1-102,\n"), "又一份.csv")
    assert actions.void_file(cast.director, file_id=first.pk).going == []
    assert cast.building_of(cast.compound, "3").frame == Frame.LISTED
    assert cast.building_of(cast.compound, "1").frame == Frame.DECLARED
    left = actions.void_file(cast.director, file_id=second.pk)
    assert {door.label for door in left.going} == {NEW, "3-1-102"}
    assert not Building.objects.filter(compound=cast.compound, label="3").exists()


def test_a_building_without_new_doors_rests_on_the_other_list(cast: Cast) -> None:
    first = _accepted(cast)
    second = _accepted(cast, encoded("房号,姓名\n1-1-101,王建国\n1-1-102,\n"), "又一份.csv")
    actions.void_file(cast.director, file_id=first.pk)
    assert cast.building.frame == Frame.LISTED
    assert FrameFact.objects.filter(source_id=second.pk, void=None).exists()
    actions.void_file(cast.director, file_id=second.pk)
    assert cast.building.frame == Frame.DECLARED


def test_only_what_counts_is_taken_back_and_only_once(cast: Cast) -> None:
    waiting = staged(cast.director, cast.compound)
    with pytest.raises(ListNotAccepted):
        actions.void_file(cast.director, file_id=waiting.pk)
    actions.accept_file(cast.director, file_id=waiting.pk)
    actions.void_file(cast.director, file_id=waiting.pk)
    with pytest.raises(ListNotAccepted):
        actions.void_file(cast.director, file_id=waiting.pk)
    with scope.enter(cast.director):
        assert FileVoid.objects.count() == 1


def test_who_may(cast: Cast) -> None:
    file = _accepted(cast)
    for stranger in (cast.worker, cast.clerk, cast.county_officer):
        with pytest.raises(Forbidden):
            actions.void_file(stranger, file_id=file.pk)
