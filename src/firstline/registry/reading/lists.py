"""Which sheet of a file is the list, and what of the file was left unread."""

from __future__ import annotations

from collections.abc import Sequence

from firstline.tables import Sheet

from .codes import Meaning
from .errors import SheetPerBuilding
from .headers import Header, find_header, looks_like_header
from .model import Reading, Unread
from .rows import tell_rows

_HEADINGS_WITHIN = 40


def read_list(sheets: Sequence[Sheet]) -> Reading:
    """Reads the one sheet that holds a list of doors; others with something in them are named in `unread`.

    Raises a ReadingError when there is none, or more than one.
    """
    filled = [sheet for sheet in sheets if not sheet.empty]
    lists = [sheet for sheet in filled if any(map(looks_like_header, sheet.rows[:_HEADINGS_WITHIN]))]
    if len(lists) > 1:
        raise SheetPerBuilding(count=len(lists), sheets="、".join(sheet.name for sheet in lists)[:200])
    sheet = (lists or filled or list(sheets))[0]
    header = find_header(sheet)
    passed_over = [
        Unread("sheet_unread", {"sheet": other.name, "rows": len(other.rows)}) for other in filled if other is not sheet
    ]
    return Reading(
        sheet,
        header.rows[-1],
        header.columns,
        tell_rows(sheet, header),
        (*passed_over, *_unread_columns(sheet, header), *(Unread(note, {}) for note in sheet.notes)),
    )


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
