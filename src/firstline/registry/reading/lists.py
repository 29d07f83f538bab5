"""Which sheets of a file are lists, how the whole file writes its doors, and what was left unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firstline.tables import Sheet

from .codes import Meaning
from .habits import Evidence
from .layout import Layout, lay_out
from .model import Chosen, FileReading, Reading, Unread
from .rows import draft, tell_rows
from .standing import of_sheets


def read_file(sheets: Sequence[Sheet], *, chosen: Mapping[int, Chosen] | None = None) -> FileReading:
    """Reads every sheet that holds a list or data; never raises.

    `chosen` overrides our understanding, by the sheet's number. Where the columns are not understood, the rows are
    parked and one question asks for them.
    """
    chosen = chosen or {}
    filled = [(number, sheet) for number, sheet in enumerate(sheets, start=1) if not sheet.empty]
    standings = of_sheets([sheet.name for _, sheet in filled])
    layouts = [
        lay_out(sheet, number, standing, chosen.get(number))
        for (number, sheet), standing in zip(filled, standings, strict=True)
    ]
    lists = any(layout.is_list for layout in layouts)
    read = [one for one in layouts if one.is_list or one.tells_people or not lists or one.number in chosen]
    passed_over = [
        Unread("sheet_unread", {"sheet": one.sheet.name, "rows": len(one.sheet.rows)})
        for one in layouts
        if one not in read
    ]
    readings = _told(read)
    notes = [Unread(note, {}) for _, sheet in filled for note in sheet.notes]
    return FileReading(readings, _titles(readings), (*passed_over, *notes))


def _told(layouts: Sequence[Layout]) -> tuple[Reading, ...]:
    drafts = [draft(layout) for layout in layouts]
    evidence = Evidence()
    for one in drafts:
        for block in one:
            block.tell_habits(evidence)
    headed_unit = any(layout.blocks[0].where(Meaning.UNIT_ROOM) for layout in layouts)
    habit = evidence.habit(headed_unit)
    return tuple(
        Reading(
            layout.sheet,
            layout.number,
            layout.headings.last,
            layout.columns,
            tell_rows(layout, one, habit),
            tuple(_unread_columns(layout)),
        )
        for layout, one in zip(layouts, drafts, strict=True)
    )


def _titles(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Where companies write whose list it is: the names of sheets, and what stands above the headings."""
    found: list[str] = []
    for reading in readings:
        found.append(reading.sheet.name)
        found += [" ".join(row.cells) for row in reading.rows if row.reason == "title"]
    return tuple(text for text in dict.fromkeys(found) if text.strip())


def _unread_columns(layout: Layout) -> list[Unread]:
    rows = [row for _, row in layout.below()]
    return [
        Unread("column_unread", {"column": column.index, "header": column.header})
        for column in layout.columns
        if column.meaning is Meaning.OTHER
        and any(column.index <= len(row) and not row[column.index - 1].blank for row in rows)
    ]
