"""Doors as clerks type them in the night: whole, run together, or as the line above has it."""

import uuid

import pytest

from firstline.census.night.doors import Doors, Spot

LABELS = ("3-1-501", "3-2-501", "3-2-502", "32-501", "5-501", "2-502", "4-1-101", "东街3排5号")


def _spot(label: str) -> Spot:
    parts = label.split("-")
    building, unit, room = (parts[0], parts[1] if len(parts) == 3 else "", parts[-1])
    return Spot(uuid.uuid5(uuid.NAMESPACE_OID, label), label, building, unit, room)


DOORS = Doors(map(_spot, LABELS))


@pytest.mark.parametrize(
    ("typed", "above", "label"),
    [
        ("3-2-501", None, "3-2-501"),
        ("３－２－５０１", None, "3-2-501"),
        ("3 2 501", None, "3-2-501"),
        ("3号楼2单元501", None, "3-2-501"),
        ("41 101", None, "4-1-101"),
        ("502", "3-2-501", "3-2-502"),
        ("1-501", "3-2-501", "3-1-501"),
        ("5-501", "3-2-501", "5-501"),
        ("=", "3-2-501", "3-2-501"),
        ("＝", "3-2-501", "3-2-501"),
        ("东街3排5号", None, "东街3排5号"),
    ],
)
def test_a_door_is_found_as_it_is_typed(typed: str, above: str | None, label: str) -> None:
    meant = DOORS.meant(typed, _spot(above) if above else None)
    assert (meant.spot and meant.spot.label, meant.problem) == (label, "")


@pytest.mark.parametrize(
    ("typed", "above"),
    [
        ("32 501", None),  # building 32, or building 3 unit 2
        ("2-502", "3-1-501"),  # building 2 without units, or unit 2 of the building above
        ("9-9-999", None),  # no such door
        ("502", None),  # no line above to take the building from
        ("=", None),
        ("看不清", None),
        ("", None),
    ],
)
def test_what_means_no_single_door_is_said(typed: str, above: str | None) -> None:
    meant = DOORS.meant(typed, _spot(above) if above else None)
    assert meant.spot is None and meant.problem


def test_two_doors_that_fit_are_both_named() -> None:
    problem = DOORS.meant("32 501", None).problem
    assert "32-501" in problem and "3-2-501" in problem


def test_an_unknown_door_is_named_in_full() -> None:
    assert "3-2-601" in DOORS.meant("601", _spot("3-2-501")).problem
