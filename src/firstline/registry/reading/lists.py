"""Which sheets of a file are lists, how the whole file writes its doors, and what was left unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from firstline.tables import Sheet

from .chat import find_chat
from .grids import find_grid
from .habits import Evidence, Habit
from .headings import find_headings
from .layout import lay_out
from .model import Chosen, ColumnReading, FileReading, Reading, RowReading, Unread
from .rows import Table
from .standing import Standing, of_sheets


class Understood(Protocol):
    """A sheet whose way of writing is known; its doors are read once the habits of the whole file are."""

    @property
    def sheet(self) -> Sheet: ...
    @property
    def number(self) -> int: ...
    @property
    def header_row(self) -> int: ...
    @property
    def columns(self) -> tuple[ColumnReading, ...]: ...
    @property
    def is_list(self) -> bool: ...
    @property
    def tells_people(self) -> bool: ...

    def tell_habits(self, evidence: Evidence) -> None: ...
    def tell(self, habit: Habit) -> tuple[RowReading, ...]: ...
    def unread(self) -> list[Unread]: ...


def read_file(sheets: Sequence[Sheet], *, chosen: Mapping[int, Chosen] | None = None) -> FileReading:
    """Reads every sheet that holds a list or data; never raises.

    `chosen` overrides our understanding, by the sheet's number. Where the columns are not understood, the rows are
    parked and one question asks for them.
    """
    chosen = chosen or {}
    filled = [(number, sheet) for number, sheet in enumerate(sheets, start=1) if not sheet.empty]
    standings = of_sheets([sheet.name for _, sheet in filled])
    understood = [
        _understood(sheet, number, standing, chosen.get(number))
        for (number, sheet), standing in zip(filled, standings, strict=True)
    ]
    lists = any(one.is_list for one in understood)
    read = [one for one in understood if one.is_list or one.tells_people or not lists or one.number in chosen]
    passed_over = [
        Unread("sheet_unread", {"sheet": one.sheet.name, "rows": len(one.sheet.rows)})
        for one in understood
        if one not in read
    ]
    readings = _told(read)
    notes = [Unread(note, {}) for _, sheet in filled for note in sheet.notes]
    return FileReading(readings, _titles(readings), (*passed_over, *notes))


def _understood(sheet: Sheet, number: int, named: Standing, chosen: Chosen | None) -> Understood:
    headings = find_headings(sheet)
    layout = lay_out(sheet, number, named, headings, chosen)
    drawn: Understood | None = None
    if chosen is None and not (headings.rows and layout.is_list):
        drawn = find_chat(sheet, number, named) or find_grid(sheet, number, named)
    return drawn or Table(layout)


def _told(understood: Sequence[Understood]) -> tuple[Reading, ...]:
    evidence = Evidence()
    for one in understood:
        one.tell_habits(evidence)
    habit = evidence.habit()
    return tuple(
        Reading(one.sheet, one.number, one.header_row, one.columns, one.tell(habit), tuple(one.unread()))
        for one in understood
    )


def _titles(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Where companies write whose list it is: the names of sheets, and what stands above the headings."""
    found: list[str] = []
    for reading in readings:
        found.append(reading.sheet.name)
        found += [" ".join(row.cells) for row in reading.rows if row.reason == "title"]
    return tuple(text for text in dict.fromkeys(found) if text.strip())
