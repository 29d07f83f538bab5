"""Write contracts/vectors/stairwell.json: numbers of printed sheets as they are typed, and ids of doors on the spot.

The expectations come from ``census.paper.numbers``, ``identifiers.door_label`` and ``places.models``, whose own tests
say why.
"""

import json
import os
import sys
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.config.settings")
django.setup()

from firstline.census.paper.numbers import number_of, read_number  # noqa: E402
from firstline.identifiers.door_label import Door as Label  # noqa: E402
from firstline.places.models import Door  # noqa: E402

TARGET = Path(__file__).resolve().parents[2] / "contracts" / "vectors" / "stairwell.json"
COMPOUND = uuid.uuid5(uuid.NAMESPACE_OID, "compound")

TYPED = [
    *(number_of(serial) for serial in (1, 7, 42, 417, 418, 999, 1000, 12345, 1234567)),
    *(number_of(serial).replace("-", "") for serial in (1, 417, 12345)),
    f"FL:{number_of(417)}",
    f"FL:{number_of(417)}/2",
    f"编号：{number_of(417)}",
    f"No. {number_of(417)}",
    "０４１７－" + number_of(417)[-1],
    f" {number_of(417)} 号",
    "0417-0",
    "4170-3",
    "0471-3",
    "0000-0",
    "",
    "0",
    "表",
    "12345678901",
]
DOORS = [
    ("3", "2", "501"),
    ("1", "", "101"),
    ("A", "1", "1203"),
    ("东街3排", "", "5号"),
    ("东街", "", "12-1号院"),
    ("12", "1", "东户"),
]


def written() -> str:
    """The whole file."""
    sheets = []
    for text in TYPED:
        serial = read_number(text)
        sheets.append({"typed": text, "number": None if serial is None else number_of(serial)})
    doors = []
    for building, unit, room in DOORS:
        label = Label(building, unit, room).label
        one = {"building": building, "unit": unit, "room": room, "label": label}
        doors.append({**one, "id": str(Door.id_for(COMPOUND, label))})
    head = {
        "about": "Sheets and doors on the spot; made by tools/vectors_stairwell",
        "version": 1,
        "compound": str(COMPOUND),
    }
    start = json.dumps(head, ensure_ascii=False)[:-1]
    parts = {"sheets": sheets, "doors": doors}
    rows = {name: ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in found) for name, found in parts.items()}
    return start + "".join(f', "{name}": [\n  {found}\n]' for name, found in rows.items()) + "}\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        same = TARGET.read_text(encoding="utf-8") == written()
        sys.exit(0 if same else f"{TARGET.name} is not what tools/vectors_stairwell writes")
    TARGET.write_text(written(), encoding="utf-8")
