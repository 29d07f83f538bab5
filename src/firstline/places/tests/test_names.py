"""What doors and buildings are called when they are spoken of."""

import pytest
from django.utils import translation

from firstline.places.names import building_name, door_name, stairwell_name, unit_name


@pytest.mark.parametrize(
    ("building", "unit", "room", "said"),
    [
        ("3", "2", "501", "Building 3, Unit 2, 501"),
        ("A", "", "1203", "Block A, 1203"),
        ("东街3排", "", "5号", "东街3排5号"),
        ("", "", "沙枣沟路12号", "沙枣沟路12号"),
    ],
)
def test_a_door_is_spoken_of(building: str, unit: str, room: str, said: str) -> None:
    with translation.override("en"):
        assert door_name(building, unit, room) == said


def test_a_building_without_stairwells_has_no_name_for_one() -> None:
    assert unit_name("") == ""


def test_homes_without_a_building_have_a_name_together() -> None:
    with translation.override("en"):
        assert building_name("") == "Scattered homes"


@pytest.mark.parametrize(
    ("language", "whole", "single"), [("en", "Building 3, Unit 2", "Building 3"), ("zh-hans", "3号楼2单元", "3号楼")]
)
def test_stairwells_in_both_languages(language: str, whole: str, single: str) -> None:
    with translation.override(language):
        assert (stairwell_name("3", "2"), stairwell_name("3", "")) == (whole, single)
