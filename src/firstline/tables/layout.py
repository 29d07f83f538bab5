"""Lays cells out into a grid as a reader comes upon them, and stops it before memory does."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import TooManyCells, TooManyColumns, TooManyRows
from .grid import EMPTY, Area, Cell, Kind, Sheet
from .limits import Limits


class Budget:
    """What all sheets of a file may hold together."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = limits.cells
        self._text = limits.text

    def spend(self, sheet: str, *, cells: int = 0, text: int = 0) -> None:
        self._cells -= cells
        self._text -= text
        if self._cells < 0 or self._text < 0:
            raise TooManyCells(sheet=sheet)


class Layout:
    """One sheet in the making. Rows and columns count from 1; empty cells need not be put and take no room."""

    def __init__(self, name: str, budget: Budget) -> None:
        self.name = name
        self._budget = budget
        self._rows: list[list[Cell]] = []
        self._merges: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._comments: dict[tuple[int, int], str] = {}

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Raises TooManyRows, TooManyColumns, TooManyCells."""
        if cell.kind is Kind.EMPTY:
            return
        limits = self._budget.limits
        if row > limits.rows:
            raise TooManyRows(sheet=self.name, rows=row, limit=limits.rows)
        if column > limits.columns:
            raise TooManyColumns(sheet=self.name, columns=column, limit=limits.columns)
        rows = self._rows
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        new = column - len(cells)
        self._budget.spend(self.name, cells=max(new, 0), text=len(cell.text))
        cells.extend(EMPTY for _ in range(new))
        cells[column - 1] = cell

    def hide_rows(self, first: int, last: int) -> None:
        self._hidden_rows.update(range(first, min(last, self._budget.limits.rows) + 1))

    def hide_columns(self, first: int, last: int) -> None:
        self._hidden_columns.update(range(first, min(last, self._budget.limits.columns) + 1))

    def comment(self, row: int, column: int, text: str) -> None:
        if text.strip():
            self._budget.spend(self.name, cells=1, text=len(text))
            self._comments[row, column] = text.strip()

    def merge(self, area: Area) -> None:
        self._budget.spend(self.name, cells=1)
        self._merges.append(area)

    def sheet(self, *, hidden: bool = False, encoding: str = "", notes: tuple[str, ...] = ()) -> Sheet:
        """What lies outside of the filled rectangle is not told: sheets are often hidden to their very end."""
        height, width = len(self._rows), max(map(len, self._rows), default=0)
        return Sheet(
            self.name,
            self._rows,
            hidden=hidden,
            encoding=encoding,
            notes=notes,
            hidden_rows=frozenset(row for row in self._hidden_rows if row <= height),
            hidden_columns=frozenset(column for column in self._hidden_columns if column <= width),
            comments=dict(self._comments),
            merges=clipped(self._merges, height, width),
        )


def clipped(areas: Iterable[Area], height: int, width: int) -> tuple[Area, ...]:
    """Merged areas as far as they lie in the filled rectangle, in the order of the sheet."""
    cut = (
        area._replace(last_row=min(area.last_row, height), last_column=min(area.last_column, width)) for area in areas
    )
    # An area that was cut to one cell, or to nothing, shows nothing as one.
    return tuple(
        sorted(
            area
            for area in cut
            if area.row <= area.last_row
            and area.column <= area.last_column
            and (area.row, area.column) != (area.last_row, area.last_column)
        )
    )
