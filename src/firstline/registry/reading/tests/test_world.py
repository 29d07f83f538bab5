"""Lists as companies wrote them, scored against what is really so. Reads FIRSTLINE_WORLD; see its README.

What truth marks as wrong in the file is left out of the score: it is not ours to correct.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstline import tables
from firstline.registry.reading import Kind, Reading, read_file

WORLD = Path(os.environ.get("FIRSTLINE_WORLD", ""))
pytestmark = pytest.mark.skipif(
    not os.environ.get("FIRSTLINE_WORLD"),
    reason="FIRSTLINE_WORLD is not set: no world to score the reading of lists against",
)

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (WORLD / "truth" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def readings() -> Iterator[tuple[str, Reading]]:
    """Every list that has the layout we read."""
    for path in sorted((WORLD / "property_lists").iterdir()):
        try:
            file = read_file(tables.read(path))
        except tables.TableError:
            continue  # another format, refused with what to do about it
        for reading in file.readings:
            yield f"property_lists/{path.name}", reading


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 1.0


@pytest.fixture(scope="module")
def links() -> dict[tuple[str, str], dict[int, list[Row]]]:
    found: dict[tuple[str, str], dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for link in table("source_links.csv"):
        if link["file"].startswith("property_lists/"):
            found[link["file"], link["sheet"]][int(link["row"])].append(link)
    return found


def test_doors_names_and_phones_are_right_and_no_row_is_lost(
    links: dict[tuple[str, str], dict[int, list[Row]]],
) -> None:
    doors = {door["door_id"]: door for door in table("doors.csv")}
    people = {person["person_id"]: person for person in table("people.csv")}
    read = 0
    for file, reading in readings():
        read += 1
        told = {row.row: row for row in reading.rows}
        truth = links[file, reading.sheet.name]
        assert sorted(told) == list(range(1, len(reading.sheet.rows) + 1)), file
        assert not [row for row in truth if told[row].kind is Kind.NO_DATA], f"{file}: data taken for furniture"
        placed, named, called = [], [], []
        for number, cells in truth.items():
            row = told[number]
            if row.kind is not Kind.RECORD:
                continue
            by_field = {cell["field"]: cell for cell in reversed(cells) if not cell["wrong"]}
            if not any(cell["wrong"] for cell in cells if cell["field"].startswith("door")):
                placed.append(row.door_label == doors[cells[0]["door_id"]]["label"])
            head = row.people[0] if row.people else None
            if owner := by_field.get("owner"):
                named.append(head is not None and head.name == people[owner["person_id"]]["name"])
            if (phone := by_field.get("phone")) and phone["form"] != "phone_landline":
                true = people[phone["person_id"]]["phone"]
                called.append(not true or (head is not None and head.phones[:1] == (true,)))
        assert share(placed) >= 0.995, file
        assert share(named) >= 0.995, file
        assert share(called) >= 0.99, file
    assert read


def test_lists_with_one_door_a_row_are_placed_whole(links: dict[tuple[str, str], dict[int, list[Row]]]) -> None:
    layouts = {row["file"]: row for row in table("property_files.csv")}
    for file, reading in readings():
        layout = layouts[file]
        if layout["building"] == "full" and layout["persons"] in ("owner", "owner_tenant", "spouse_cols", "packed"):
            told = {row.row: row.kind for row in reading.rows}
            sound = [
                row
                for row, cells in links[file, reading.sheet.name].items()
                if not any(cell["wrong"] for cell in cells if cell["field"].startswith("door"))
            ]
            assert share([told[row] is Kind.RECORD for row in sound]) >= 0.995, file
