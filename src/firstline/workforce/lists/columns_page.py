"""Saying what stands in the columns of a sheet, where its headings are no words we know or were read wrongly."""

import uuid
from typing import Any

from django.http import QueryDict

from firstline import tables
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.workforce.lists.errors import ColumnsMissing
from firstline.workforce.lists.reading import Field, Kind, filled
from firstline.workforce.lists.selectors import fixes_of, list_for, sheets_of
from firstline.workforce.lists.told import FIELDS, KINDS
from firstline.workforce.models import RowFix

# So many rows show what a column holds.
_ROWS_SHOWN = 8
# A sheet wider than this is no list of people.
_MOST_COLUMNS = 40


def columns_page(
    actor: Actor, list_id: uuid.UUID, number: int, mistake: str = "", said: QueryDict | None = None
) -> dict[str, Any]:
    """The first rows of a sheet under what is thought to stand in each column. Raises NotFound.

    The look is on record.
    """
    people_list = list_for(actor, list_id, needs="workforce.fix_people")
    contents = people_list.open()
    written = tables.read(contents.content)
    read = sheets_of(people_list, contents, written, fixes_of(people_list))
    sheet = next((one for one in read if one.number == number), None)
    if sheet is None:
        raise NotFound
    ledger.look(actor, "workforce.read_people", path=people_list.path, subject=people_list, fields=["name"])
    rows = filled(written[number - 1])
    width = min(max(map(len, rows)), _MOST_COLUMNS)
    header = _number(said.get("header", "")) if said is not None else sheet.header
    kind = said.get("kind", "") if said is not None else sheet.kind or ""
    first = max(header - 1, 0)
    return {
        "section": "workforce:staff",
        "list_id": people_list.pk,
        "name": contents.name,
        "sheet": sheet.name,
        "number": number,
        "mistake": mistake,
        "kinds": [{"value": one.value, "name": name, "chosen": one == kind} for one, name in KINDS.items()],
        "header": header,
        "columns": [
            {"number": at, "fields": _fields(_chosen(said, at, sheet.columns.get(at)))} for at in range(1, width + 1)
        ],
        "rows": [
            {"number": row, "cells": [*cells, *[""] * (width - len(cells))][:width], "is_header": row == header}
            for row, cells in enumerate(rows, 1)
            if first < row <= first + _ROWS_SHOWN
        ],
    }


def sheet_of(asked: QueryDict) -> int:
    """Which sheet an address is about, counted from 1; the first where it names none."""
    return _number(asked.get("sheet", "1"))


def layout_said(post: QueryDict) -> RowFix:
    """What a form says of a sheet. Raises ColumnsMissing: no kind, or no column of names."""
    columns = {
        str(name).removeprefix("column-"): str(text)
        for name, text in post.items()
        if str(name).startswith("column-") and text in {one.value for one in Field}
    }
    kind, found = post.get("kind", ""), set(columns.values())
    numbered = all(_number(column) for column in columns)
    if kind not in {one.value for one in Kind} or not numbered or len(found) < len(columns):
        raise ColumnsMissing
    if not found & ({Field.TITLE, Field.PLACE, Field.COMPOUND} if kind == Kind.CHECKPOINTS else {Field.NAME}):
        raise ColumnsMissing
    return RowFix(kind=kind, columns=columns, header=_number(post.get("header", "")))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _chosen(said: QueryDict | None, at: int, read: Field | None) -> str:
    return str(said.get(f"column-{at}", "")) if said is not None else read or ""


def _fields(chosen: str) -> list[dict[str, Any]]:
    return [{"value": one.value, "name": name, "chosen": one == chosen} for one, name in FIELDS.items()]
