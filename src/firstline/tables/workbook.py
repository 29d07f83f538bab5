"""xlsx by calamine, behind the guards of `parts`. Values only: formulas, links and macros are never followed."""

from __future__ import annotations

import datetime
import io

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .errors import Damaged, PasswordProtected
from .grid import EMPTY, Area, Cell, Kind, Sheet, date_cell, number_cell
from .layout import clipped
from .limits import Limits
from .parts import SheetParts, inspect

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_workbook(data: bytes, limits: Limits) -> list[Sheet]:
    parts = inspect(data, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return [
                _sheet(
                    workbook.get_sheet_by_name(meta.name),
                    parts.sheets[meta.name],
                    hidden=meta.visible is not SheetVisibleEnum.Visible,
                    notes=parts.notes,
                )
                for meta in workbook.sheets_metadata
                if meta.typ is SheetTypeEnum.WorkSheet
            ]
    except PasswordError as problem:
        raise PasswordProtected from problem
    except (CalamineError, OSError, ValueError, OverflowError, KeyError) as problem:
        raise Damaged from problem
    except BaseException as problem:
        # A panic inside the reader is no Exception (pyo3); a crafted file must not take the worker down.
        if type(problem).__name__ == "PanicException":
            raise Damaged from problem
        raise


def _sheet(source: CalamineSheet, parts: SheetParts, *, hidden: bool, notes: tuple[str, ...]) -> Sheet:
    rows = _rows(source, parts)
    areas = (
        Area(first_row + 1, first_column + 1, last_row + 1, last_column + 1)
        for (first_row, first_column), (last_row, last_column) in source.merged_cell_ranges or ()
    )
    width = max(map(len, rows), default=0)
    return Sheet(
        source.name,
        rows,
        hidden=hidden,
        notes=notes,
        hidden_rows=frozenset(row for row in parts.hidden_rows if row <= len(rows)),
        hidden_columns=frozenset(column for column in parts.hidden_columns if column <= width),
        comments=parts.comments,
        merges=clipped(areas, len(rows), width),
    )


def _rows(sheet: CalamineSheet, parts: SheetParts) -> list[list[Cell]]:
    if sheet.start is None and not parts.valueless:
        return []
    rows = _cells(sheet.to_python(skip_empty_area=False)) if sheet.start is not None else []
    for (row, column), text in parts.valueless.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend(EMPTY for _ in range(column - len(cells)))
        if cells[column - 1].blank:
            cells[column - 1] = Cell(text, Kind.ERROR)
    return rows


class _Known(dict[Value, Cell]):
    """A list says the same words thousands of times: each is made into a cell once."""

    def __missing__(self, value: Value) -> Cell:
        cell = self[value] = _cell(value)
        return cell


def _cells(values: list[list[Value]]) -> list[list[Cell]]:
    of = _Known().__getitem__
    # A boolean is equal to a number, so rows with one go without.
    return [[_cell(value) for value in row] if bool in {*map(type, row)} else [*map(of, row)] for row in values]


def _cell(value: Value) -> Cell:
    if isinstance(value, str):
        return Cell(value) if value else EMPTY
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", Kind.BOOLEAN)
    if isinstance(value, int | float):
        return number_cell(float(value))
    if isinstance(value, datetime.date):
        return date_cell(value)
    return Cell(str(value), Kind.TEXT)  # a time of day, a duration
