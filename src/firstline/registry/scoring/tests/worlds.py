"""Writes a small world: lists as they came, and the truth about them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]
LINK = (
    "file",
    "sheet",
    "row",
    "column",
    "field",
    "part",
    "person_id",
    "household_id",
    "door_id",
    "kind",
    "wrong",
    "form",
)
PEOPLE = {
    "P1": {"name": "王建国", "phone": "13912345678"},
    "P2": {"name": "李秀英", "phone": "13812345678"},
    "P3": {"name": "刘海龙", "phone": "03588222333"},
}
DOORS = {"D1": "1-1-101", "D2": "1-1-102"}


def world(directory: Path, links: Sequence[Row], lists: Mapping[str, str] | None = None) -> Path:
    truth, came = directory / "truth", directory / "property_lists"
    truth.mkdir()
    came.mkdir()
    _write(truth / "source_links.csv", LINK, [{"file": "property_lists/a.csv", **link} for link in links])
    _write(
        truth / "people.csv", ("person_id", "name", "phone"), [{"person_id": key, **one} for key, one in PEOPLE.items()]
    )
    _write(
        truth / "doors.csv", ("door_id", "label"), [{"door_id": key, "label": label} for key, label in DOORS.items()]
    )
    for name, text in (lists or {}).items():
        (came / name).write_text(text, encoding="utf-8")
    return directory


def link(row: int, column: int, field: str, door: str = "D1", person: str = "", **more: str) -> Row:
    return {"row": str(row), "column": str(column), "field": field, "door_id": door, "person_id": person, **more}


def _write(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
