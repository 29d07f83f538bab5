"""Which sheets of a file are lists, and what of the file was left unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firstline.tables import Sheet

from .codes import Kind, Meaning
from .errors import ReadingError
from .headers import Header, find_header, looks_like_header
from .model import Chosen, FileReading, Reading, RowReading, Unread
from .rows import tell_rows

_HEADINGS_WITHIN = 40


def read_file(sheets: Sequence[Sheet], *, chosen: Mapping[int, Chosen] | None = None) -> FileReading:
    """Reads every sheet that holds a list; never raises. `chosen` overrides our understanding, by the sheet's number.

    Where the headings are not understood, the rows are parked and one question asks what the columns say.
    """
    filled = [(number, sheet) for number, sheet in enumerate(sheets, start=1) if not sheet.empty]
    lists = [number for number, sheet in filled if any(map(looks_like_header, sheet.rows[:_HEADINGS_WITHIN]))]
    read = [(number, sheet) for number, sheet in filled if number in lists or not lists]
    passed_over = [
        Unread("sheet_unread", {"sheet": sheet.name, "rows": len(sheet.rows)})
        for number, sheet in filled
        if lists and number not in lists
    ]
    readings = tuple(_reading(number, sheet) for number, sheet in read)
    notes = [Unread(note, {}) for _, sheet in filled for note in sheet.notes]
    return FileReading(readings, _titles(readings), (*passed_over, *notes))


def _reading(number: int, sheet: Sheet) -> Reading:
    try:
        header = find_header(sheet)
    except ReadingError:
        return Reading(sheet, number, 0, (), _parked(sheet))
    return Reading(
        sheet, number, header.rows[-1], header.columns, tell_rows(sheet, header), tuple(_unread_columns(sheet, header))
    )


def _parked(sheet: Sheet) -> tuple[RowReading, ...]:
    """A sheet whose columns nobody has told us: every row waits, blank ones apart."""
    return tuple(
        RowReading(number, Kind.NO_DATA, "blank", cells=_texts(sheet, number))
        if all(cell.blank for cell in row)
        else RowReading(number, Kind.PARKED, "columns_unknown", cells=_texts(sheet, number))
        for number, row in enumerate(sheet.rows, start=1)
    )


def _texts(sheet: Sheet, number: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in sheet.rows[number - 1])


def _titles(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Where companies write whose list it is: the names of sheets, and what stands above the headings."""
    found: list[str] = []
    for reading in readings:
        found.append(reading.sheet.name)
        found += [" ".join(row.cells) for row in reading.rows if row.reason == "title"]
    return tuple(text for text in dict.fromkeys(found) if text.strip())


def _unread_columns(sheet: Sheet, header: Header) -> list[Unread]:
    found = []
    for column in header.columns:
        if column.meaning not in (Meaning.MEMBERS, Meaning.OTHER):
            continue
        filled = any(not sheet.cell(row, column.index).blank for row in range(header.rows[-1] + 1, len(sheet.rows) + 1))
        if filled:
            code = "members_unread" if column.meaning is Meaning.MEMBERS else "column_unread"
            found.append(Unread(code, {"column": column.index, "header": column.header}))
    return found
