"""The old binary workbook (BIFF, .xls), by xlrd. Values only: macros and links are never followed.

xlrd keeps filled cells only and shares their texts, so memory follows the size of the file, and the file is small.
"""

from __future__ import annotations

import datetime
import io
from typing import Literal

import xlrd
from xlrd.biffh import XLRDError
from xlrd.sheet import Sheet as Source

from .errors import Damaged, PasswordProtected, TableError
from .grid import EMPTY, Area, Cell, Kind, Sheet, date_cell, number_cell
from .layout import Budget, Layout
from .limits import Limits
from .notes import MACROS_NOT_RUN

# xlrd has no class of its own for it.
_ENCRYPTED = "encrypted"
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read_xls(data: bytes, limits: Limits) -> list[Sheet]:
    notes = (MACROS_NOT_RUN,) if _MACROS in data else ()
    try:
        with _opened(data) as book:
            budget = Budget(limits)
            sheets = []
            for number in range(book.nsheets):
                sheets.append(_sheet(book.sheet_by_index(number), book.datemode, budget, notes))
                book.unload_sheet(number)
            return sheets
    except (TableError, MemoryError):
        raise
    except Exception as problem:
        # A crafted file meets asserts, struct and index errors all over the library.
        raise Damaged from problem


def _opened(data: bytes) -> xlrd.Book:
    try:
        return xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except XLRDError as problem:
        if _ENCRYPTED in str(problem):
            raise PasswordProtected from problem
        raise


def _sheet(source: Source, datemode: Literal[0, 1], budget: Budget, notes: tuple[str, ...]) -> Sheet:
    layout = Layout(source.name, budget)
    for row in range(source.nrows):
        kinds, values = source.row_types(row), source.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True), start=1):
            layout.put(row + 1, column, _cell(kind, value, datemode))
    for row, told in source.rowinfo_map.items():
        if told.hidden:
            layout.hide_rows(row + 1, row + 1)
    for column, about in source.colinfo_map.items():
        if about.hidden:
            layout.hide_columns(column + 1, column + 1)
    for (row, column), note in source.cell_note_map.items():
        layout.comment(row + 1, column + 1, note.text)
    for row, end_row, column, end_column in source.merged_cells:
        layout.merge(Area(row + 1, column + 1, end_row, end_column))
    return layout.sheet(hidden=source.visibility != 0, notes=notes)


def _cell(kind: int, value: str | float, datemode: Literal[0, 1]) -> Cell:
    if isinstance(value, str):
        return Cell(value) if value else EMPTY
    if kind == xlrd.XL_CELL_DATE:
        return _date(value, datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if value else "FALSE", Kind.BOOLEAN)
    if kind == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(int(value), "#ERROR"), Kind.ERROR)
    return number_cell(value)


def _date(value: float, datemode: Literal[0, 1]) -> Cell:
    """Days since 1900 or 1904; below one day it is a time of day, and what no calendar holds stays a number."""
    try:
        when = xlrd.xldate.xldate_as_datetime(value, datemode)
    except OverflowError:
        return number_cell(value)
    if 0 <= value < 1:
        return Cell(str(when.time()))
    return date_cell(when if when.time() != datetime.time() else when.date())
