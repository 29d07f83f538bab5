"""A declaration is taken back whole while nothing leans on its doors; the facts stay, voided."""

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from firstline.census.actions import record_attempt
from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.errors import DoorsInUse
from firstline.places.models import Building, Door, FrameFact, FrameVoid, Place
from firstline.places.selectors import buildings_of
from firstline.places.signals import doors_leaving
from firstline.testing.cast import Cast

LINE = "3号楼 2单元3层每层2户；1号楼 2单元4层每层2户"


@pytest.fixture
def declared(cast: Cast) -> uuid.UUID:
    return actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=LINE).id


def test_doors_and_buildings_of_the_line_go_and_all_others_stay(cast: Cast, declared: uuid.UUID) -> None:
    actions.withdraw_declaration(cast.director, declaration_id=declared)

    assert [building.label for building in buildings_of(cast.compound)] == ["1", "2"]
    assert (cast.building.door_count, Door.objects.filter(building=cast.building).count()) == (12, 12)
    assert not Place.objects.filter(pk=Building.id_for(cast.compound.pk, "3")).exists()
    assert FrameFact.objects.filter(source_id=declared).count() == FrameVoid.objects.count() == 2
    with pytest.raises(NotFound):
        actions.withdraw_declaration(cast.director, declaration_id=declared)


def test_a_path_once_given_is_never_given_to_another_building(cast: Cast, declared: uuid.UUID) -> None:
    taken = cast.building_of(cast.compound, "3").place.path
    actions.withdraw_declaration(cast.director, declaration_id=declared)
    actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="5号楼 2层每层2户")

    assert cast.building_of(cast.compound, "5").place.path > taken


def test_a_line_taken_back_can_be_written_again(cast: Cast, declared: uuid.UUID) -> None:
    actions.withdraw_declaration(cast.director, declaration_id=declared)
    again = actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=LINE)
    assert len(again.ensured.new) == 12 + 4


def test_doors_that_were_visited_stay(cast: Cast, declared: uuid.UUID) -> None:
    record_attempt(cast.director, door_id=Door.id_for(cast.compound.pk, "3-1-101"), result="no_answer")
    with pytest.raises(DoorsInUse):
        actions.withdraw_declaration(cast.director, declaration_id=declared)
    assert cast.building_of(cast.compound, "3").door_count == 12


def test_doors_of_a_building_walked_since_stay(cast: Cast, declared: uuid.UUID) -> None:
    building = cast.building_of(cast.compound, "3")
    actions.walk_frame(cast.director, building_id=building.pk, happened_at=clock.now(), doors_found=12)
    with pytest.raises(DoorsInUse):
        actions.withdraw_declaration(cast.director, declaration_id=declared)


@pytest.fixture
def objecting() -> Iterator[list[uuid.UUID]]:
    asked: list[uuid.UUID] = []

    def object_to(door_ids: list[uuid.UUID], **_kwargs: object) -> None:
        asked.extend(door_ids)
        raise DoorsInUse

    doors_leaving.connect(object_to)
    yield asked
    doors_leaving.disconnect(object_to)


def test_an_upper_app_can_object(cast: Cast, declared: uuid.UUID, objecting: list[uuid.UUID]) -> None:
    with pytest.raises(DoorsInUse):
        actions.withdraw_declaration(cast.director, declaration_id=declared)
    assert len(objecting) == Door.objects.filter(pk__in=objecting).count() == 16


def test_others_cannot_take_it_back(cast: Cast, declared: uuid.UUID) -> None:
    for nobody in (cast.worker, cast.worker_elsewhere, cast.other_county_officer):
        with pytest.raises(Forbidden):
            actions.withdraw_declaration(nobody, declaration_id=declared)
    with pytest.raises(NotFound):
        actions.withdraw_declaration(cast.director, declaration_id=uuid.uuid4())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_back_at_once_one_does(cast: Cast) -> None:
    declared = actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=LINE).id
    together = threading.Barrier(2)

    def withdraw() -> bool:
        try:
            together.wait(timeout=60)
            actions.withdraw_declaration(cast.director, declaration_id=declared)
        except NotFound:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: withdraw(), range(2)))

    assert sorted(done) == [False, True]
    assert cast.building.door_count == Door.objects.filter(building=cast.building).count() == 12
