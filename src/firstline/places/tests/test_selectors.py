"""The only way from an outside id to a place: what is elsewhere does not exist."""

import uuid

import pytest

from firstline.kernel.errors import NotFound
from firstline.kernel.paths import subtree
from firstline.places import actions
from firstline.places.actions import Profile
from firstline.places.selectors import (
    building_for,
    compound_for,
    compounds_within,
    door_for,
    find_doors,
)
from firstline.testing.cast import COMMUNITY, COUNTY, Cast


def test_whoever_is_inside_or_above_reaches_a_door_and_nobody_else(cast: Cast) -> None:
    for inside in (cast.worker, cast.director, cast.typist, cast.clerk, cast.county_officer):
        assert door_for(inside, cast.door.pk) == cast.door
        assert building_for(inside, cast.building.pk) == cast.building
        assert compound_for(inside, cast.compound.pk) == cast.compound
    for outside in (cast.worker_elsewhere, cast.worker_next, cast.other_county_officer, cast.lapsed):
        for reach, target in (
            (door_for, cast.door.pk),
            (building_for, cast.building.pk),
            (compound_for, cast.compound.pk),
        ):
            with pytest.raises(NotFound):
                reach(outside, target)


def test_a_permission_one_does_not_hold_there_reaches_nothing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        compound_for(cast.clerk, cast.compound.pk, needs="places.declare_buildings")
    with pytest.raises(NotFound):
        door_for(cast.director, uuid.uuid4())


def test_compounds_of_a_range_come_in_the_communitys_order(cast: Cast) -> None:
    assert compounds_within(subtree(COMMUNITY)) == [cast.compound, cast.compound_next]
    assert compounds_within(subtree(COUNTY)) == [cast.compound_elsewhere, cast.compound, cast.compound_next]


@pytest.mark.parametrize("text", ["1-2-301", "1号楼2单元301", "枫林苑1-2-301", "枫林小区 1号楼2单元301室"])
def test_a_door_is_found_as_people_write_it(cast: Cast, text: str) -> None:
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=Profile(aliases=["枫林小区"]))
    found = find_doors(cast.worker, text, 10)
    assert [(door.label, door.building.compound) for door in found] == [("1-2-301", cast.compound)]


def test_a_room_alone_finds_every_such_door_within_reach(cast: Cast) -> None:
    assert {door.label for door in find_doors(cast.worker, "301", 20)} == {"1-1-301", "1-2-301", "2-1-301", "2-2-301"}
    assert len(find_doors(cast.director, "301", 20)) == 6
    assert len(find_doors(cast.director, "301", 3)) == 3


@pytest.mark.parametrize("text", ["", "王海燕", "1号楼", "9-9-999"])
def test_what_is_no_door_here_finds_none(cast: Cast, text: str) -> None:
    assert find_doors(cast.director, text, 10) == []


def test_doors_elsewhere_are_not_found(cast: Cast) -> None:
    for door in find_doors(cast.director, "1-1-101", 50):
        assert door.path.startswith(COMMUNITY)
    assert find_doors(cast.lapsed, "1-1-101", 50) == []
