"""Adding many doors: nothing twice, in walking order, fast, and with several people at it at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from firstline.identifiers import door_label
from firstline.kernel.actors import Actor, console
from firstline.places.actions import create_compound, create_place
from firstline.places.errors import FrameTooLarge
from firstline.places.frames import DoorProposal, Ensured, ensure_doors
from firstline.places.models import Building, Compound, Door, Frame, FrameFact, PlaceKind
from firstline.places.selectors import buildings_of, doors_of

OPERATOR = console()


def grow_compound(actor: Actor = OPERATOR) -> Compound:
    for kind, code in (
        (PlaceKind.PROVINCE, "14"),
        (PlaceKind.CITY, "1411"),
        (PlaceKind.COUNTY, "141102"),
        (PlaceKind.TOWNSHIP, "141102003"),
        (PlaceKind.COMMUNITY, "141102003005"),
    ):
        create_place(actor, kind=kind, code=code, name=code)
    return create_compound(actor, community_path="141102003005", name="锦绣苑")


def block(label: str, units: int, floors: int, flats: int) -> list[DoorProposal]:
    return [
        DoorProposal.of(door_label.Door(label, str(unit), f"{floor}{flat:02d}"))
        for unit in range(1, units + 1)
        for floor in range(1, floors + 1)
        for flat in range(1, flats + 1)
    ]


def ensure(compound: Compound, proposals: list[DoorProposal], how: Frame = Frame.DECLARED) -> Ensured:
    with transaction.atomic():
        return ensure_doors(compound, proposals, how=how, by=OPERATOR)


@pytest.fixture
def compound(db: None) -> Compound:
    return grow_compound()


def test_doors_stand_in_walking_order_with_paths_of_their_building(compound: Compound) -> None:
    ensured = ensure(compound, block("10", 1, 2, 2) + block("2", 2, 1, 1))

    assert (len(ensured.new), ensured.known, ensured.buildings_new) == (6, 0, 2)
    two, ten = buildings_of(compound)
    assert (two.label, ten.label) == ("2", "10")
    assert [door.label for door in doors_of(ten)] == ["10-1-101", "10-1-102", "10-1-201", "10-1-202"]
    assert [door.path for door in doors_of(two)] == [f"{two.place.path}/0001", f"{two.place.path}/0002"]
    assert (two.door_count, ten.door_count) == (2, 4)
    assert doors_of(ten)[2].floor == 2


def test_a_door_added_later_stands_where_it_is_walked_and_keeps_every_path(compound: Compound) -> None:
    ensure(compound, block("1", 1, 3, 1))
    before = {door.label: door.path for door in Door.objects.all()}

    ensured = ensure(compound, block("1", 1, 2, 2))

    assert ([door.label for door in ensured.new], ensured.known) == (["1-1-102", "1-1-202"], 2)
    (building,) = buildings_of(compound)
    assert [door.label for door in doors_of(building)] == ["1-1-101", "1-1-102", "1-1-201", "1-1-202", "1-1-301"]
    assert {label: path for label, path in Door.objects.values_list("label", "path") if label in before} == before


def test_the_same_doors_again_change_nothing_and_add_no_fact(compound: Compound) -> None:
    ensure(compound, block("1", 2, 2, 2))
    ensured = ensure(compound, block("1", 2, 2, 2) * 2)

    assert (ensured.new, ensured.known, ensured.buildings_new) == ([], 8, 0)
    assert (Door.objects.count(), FrameFact.objects.count()) == (8, 1)


def test_a_better_frame_replaces_a_weaker_one_and_never_the_other_way(compound: Compound) -> None:
    ensure(compound, block("1", 1, 2, 2), Frame.LISTED)
    ensure(compound, block("1", 1, 3, 2), Frame.DECLARED)
    ensure(compound, block("2", 1, 2, 2), Frame.DECLARED)
    ensure(compound, block("2", 1, 1, 1), Frame.LISTED)

    assert [building.frame for building in buildings_of(compound)] == [Frame.LISTED, Frame.LISTED]
    assert FrameFact.objects.filter(building__label="2", how=Frame.LISTED).get().doors_found == 1


def test_courtyards_lanes_and_scattered_homes_have_doors_too(compound: Compound) -> None:
    doors = [door_label.Door("东街3排", "", "5号"), door_label.Door("", "", "", "后柳巷6号")]
    ensure(compound, [DoorProposal.of(door) for door in doors])

    assert set(Door.objects.values_list("label", flat=True)) == {"东街3排5号", "后柳巷6号"}
    assert Building.objects.get(label="东街3排").shape == "rows"


def test_more_buildings_than_a_path_can_number_are_refused_whole(compound: Compound) -> None:
    with pytest.raises(FrameTooLarge):
        ensure(compound, [proposal for label in range(1, 1001) for proposal in block(str(label), 1, 1, 1)])
    assert not Building.objects.exists()


def test_ten_thousand_doors_take_less_than_three_seconds_and_few_statements(
    compound: Compound, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    proposals = [proposal for label in range(1, 51) for proposal in block(str(label), 5, 20, 2)]
    started = time.process_time()
    with django_assert_max_num_queries(20):
        ensured = ensure(compound, proposals)

    assert len(ensured.new) == 10_000
    # Our own share of the time: what else runs on the machine is not this test's business.
    assert time.process_time() - started < 3


@pytest.mark.django_db(transaction=True)
def test_two_people_adding_the_same_doors_at_once_add_each_once() -> None:
    compound = grow_compound()
    together = threading.Barrier(2)
    one = block("1", 3, 6, 2) + block("2", 1, 6, 2)
    other = block("2", 1, 6, 3) + block("1", 3, 6, 2)[::-1]

    def add(proposals: list[DoorProposal]) -> int:
        try:
            with transaction.atomic():
                together.wait(timeout=60)
                return len(ensure_doors(compound, proposals, how=Frame.DECLARED, by=OPERATOR).new)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        added = sum(pool.map(add, [one, other]))

    assert added == Door.objects.count() == 36 + 18
    assert sum(building.door_count for building in buildings_of(compound)) == added
    assert len(set(Door.objects.values_list("path", flat=True))) == added


@pytest.mark.django_db(transaction=True)
def test_people_who_already_refer_to_the_compound_do_not_lock_each_other_out() -> None:
    compound = grow_compound()
    together = threading.Barrier(2)

    def refer_then_add(label: str) -> None:
        try:
            with transaction.atomic():
                # What an import does first: a row with a foreign key to the compound takes a share lock on it.
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM places_compound WHERE place_id = %s FOR KEY SHARE", [compound.pk])
                together.wait(timeout=60)
                ensure_doors(compound, block(label, 1, 1, 1), how=Frame.LISTED, by=OPERATOR)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(refer_then_add, ["1", "2"]))

    assert [building.label for building in buildings_of(compound)] == ["1", "2"]
