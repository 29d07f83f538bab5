"""Write contracts/vectors/layouts.json: doors of buildings, and on which floor and in which column they stand.

The expectations come from ``places.layout``, whose own tests say why.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.config.settings")
django.setup()

from firstline.places.layout import is_tower, lane_and_row, lay_out  # noqa: E402

TARGET = Path(__file__).resolve().parents[2] / "contracts" / "vectors" / "layouts.json"


@dataclass(frozen=True)
class _Door:
    unit: str
    floor: int | None
    room: str


def _flats(units: list[str], floors: int, across: int, start: int = 1) -> list[_Door]:
    rooms = [(floor, at) for floor in range(start, floors + 1) if floor for at in range(1, across + 1)]
    return [_Door(unit, floor, f"{floor}{at:02}") for unit in units for floor, at in rooms]


BUILDINGS: dict[str, list[_Door]] = {
    "six floors, three stairwells": _flats(["1", "2", "3"], 6, 2),
    "a tower": _flats(["1", "2"], 33, 4),
    "broad": _flats(["1"], 5, 12),
    "ten stairwells in their order": _flats(["10", "9", "2"], 2, 2),
    "a cellar": _flats(["1"], 3, 2, start=-1),
    "no stairwells": _flats([""], 4, 3),
    "a hole, and a flat made of two": [
        _Door("1", 1, "101"),
        _Door("1", 1, "103"),
        _Door("1", 2, "201"),
        _Door("1", 2, "202"),
        _Door("1", 2, "202/1"),
        _Door("1", 2, "203"),
    ],
    "rooms with letters": [_Door("1", 1, "101A"), _Door("1", 1, "101B"), _Door("1", 2, "201A"), _Door("1", 2, "202")],
    "names instead of numbers": [
        _Door("1", 1, "东户"),
        _Door("1", 1, "西户"),
        _Door("1", 2, "东户"),
        _Door("1", 2, "中户"),
        _Door("1", 2, "西户"),
    ],
    "a floor nobody knows": [_Door("1", 1, "101"), _Door("1", None, "门房"), _Door("1", 2, "201")],
    "floors with a letter": [_Door("1", 3, "3A01"), _Door("1", 4, "401"), _Door("1", 4, "402")],
    "courtyards": [_Door("", None, f"{at}号") for at in range(1, 6)],
    "nothing": [],
}
LABELS = ["东街3排", "东街", "3排", "南坡12排", "12"]


def _case(why: str, doors: list[_Door]) -> dict[str, Any]:
    layout = lay_out(doors)
    storeys = [
        {
            "floor": storey.floor,
            "units": [[None if door is None else doors.index(door) for door in unit] for unit in storey.units],
        }
        for storey in layout.storeys
    ]
    given = [[door.unit, door.floor, door.room] for door in doors]
    return {"why": why, "doors": given, "units": layout.units, "storeys": storeys, "tower": is_tower(layout)}


def written() -> str:
    """The whole file, one building a line."""
    lines = [json.dumps(_case(why, doors), ensure_ascii=False) for why, doors in BUILDINGS.items()]
    head = {
        "about": "Buildings and where their doors stand; made by tools/vectors_layouts",
        "version": 1,
        "lanes": {label: lane_and_row(label) for label in LABELS},
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start}, "cases": [\n  ' + ",\n  ".join(lines) + "\n]}\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        same = TARGET.read_text(encoding="utf-8") == written()
        sys.exit(0 if same else f"{TARGET.name} is not what tools/vectors_layouts writes")
    TARGET.write_text(written(), encoding="utf-8")
