"""What a world's truth says of its property lists: for each door in each row, whom and what a reader should find.

A cell that truth marks `wrong` expects nothing: a slip of whoever wrote the list is not the reader's to mend.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LISTS = "property_lists"
# The one unusual form that has two honest readings: a cell that is a date may have been building-unit, or a date.
_AMBIGUOUS = "door_became_date"
_LANDLINE = "phone_landline"

Link = dict[str, str]


class NoTruth(Exception):
    """The directory is no world: a file of its truth is missing. The text names it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One door in one row. Empty (or no names) where the list itself says nothing or is wrong.

    `column` is where the door, or what stands first for it, is written; `several` says that it shares the row with
    other doors. `head` is the first name of the row, `others` are family and tenants who are named in it.
    """

    file: str
    sheet: str
    row: int
    column: int
    several: bool
    door: str
    ambiguous: bool
    head: str
    phone: str
    landline: bool
    others: tuple[str, ...]


def expectations(world: Path) -> tuple[Expected, ...]:
    """In the order of the files. Raises NoTruth."""
    doors = {door["door_id"]: door["label"] for door in _table(world, "doors.csv")}
    people = {person["person_id"]: person for person in _table(world, "people.csv")}
    sheets: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in _table(world, "source_links.csv"):
        if link["file"].startswith(f"{LISTS}/"):
            sheets[link["file"].removeprefix(f"{LISTS}/"), link["sheet"]].append(link)
    return tuple(
        _expected(place, doors, people)
        for (file, sheet), links in sheets.items()
        for place in _places(file, sheet, links)
    )


def _table(world: Path, name: str) -> list[Link]:
    try:
        with (world / "truth" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError as problem:
        raise NoTruth(str(problem.filename)) from problem


@dataclass(frozen=True, slots=True)
class _Place:
    """The cells of one door in one row; `spoilt` when its door is wrong in the file."""

    file: str
    sheet: str
    row: int
    column: int
    several: bool
    spoilt: bool
    cells: Sequence[Link]


def _places(file: str, sheet: str, links: Sequence[Link]) -> Iterator[_Place]:
    starts = sorted({int(link["column"]) for link in links if link["field"] == "door"})
    cells: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in links:
        block = max(bisect_right(starts, int(link["column"])), 1)
        cells[int(link["row"]), block].append(link)
    spoilt: set[tuple[int, str]] = set()  # block and door: rows below that lean on the wrong cell are wrong too
    for (row, block), here in sorted(cells.items()):
        door = here[0]["door_id"]
        own = [link for link in here if link["field"].startswith("door")]
        if any(link["wrong"] for link in own):
            spoilt.add((block, door))
        elif own:
            spoilt.discard((block, door))
        column = min(int(link["column"]) for link in own or here)
        yield _Place(file, sheet, row, column, len(starts) > 1, (block, door) in spoilt, here)


def _expected(place: _Place, doors: Mapping[str, str], people: Mapping[str, Link]) -> Expected:
    cells = place.cells
    head = _head(cells)
    phone = next((link for link in cells if link["field"] == "phone" and not link["wrong"]), None)
    return Expected(
        file=place.file,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        several=place.several,
        door="" if place.spoilt else doors[cells[0]["door_id"]],
        ambiguous=any(link["form"] == _AMBIGUOUS for link in cells),
        head=people[head["person_id"]]["name"] if head and not head["wrong"] else "",
        phone=people[phone["person_id"]]["phone"] if phone else "",
        landline=phone is not None and phone["form"] == _LANDLINE,
        others=tuple(_others(cells, head, people)),
    )


def _head(cells: Iterable[Link]) -> Link | None:
    """The owner; else the one person of the row; else the first of a family in one cell."""
    by_field: dict[str, Link] = {}
    for link in cells:
        if link["part"] in ("", "1"):
            by_field.setdefault(link["field"], link)
    return by_field.get("owner") or by_field.get("person") or by_field.get("member")


def _others(cells: Iterable[Link], head: Link | None, people: Mapping[str, Link]) -> Iterator[str]:
    for link in cells:
        named = link["field"] in ("member", "tenant", "tenant_in_remark") and not link["wrong"]
        if named and link["person_id"] and not (head and link["person_id"] == head["person_id"]):
            yield people[link["person_id"]]["name"]
