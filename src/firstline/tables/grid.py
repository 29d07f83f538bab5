"""A sheet as a grid of cells, each kept as written, with what is known of it."""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

# Spreadsheets keep 15 significant digits of a number: an 18-digit document number typed as a number
# has lost its last three, in the file itself, whatever reads it.
KEPT_DIGITS = 15
_KEPT = float(10**KEPT_DIGITS)

_FLOAT_TEXT = re.compile(r"[+-]?\d+\.0+|[+-]?\d(?:\.\d+)?[eE]\+\d{1,3}")


class Kind(enum.StrEnum):
    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"  # #REF! and the like, or a formula that was saved without its value


class Cell(NamedTuple):
    """`text` is what stands there (a number as a spreadsheet would show it without format)."""

    text: str
    kind: Kind = Kind.TEXT
    number: float | None = None
    date: datetime.date | None = None

    @property
    def blank(self) -> bool:
        """Nothing to see: empty, or white space of any width."""
        return not self.text or self.text.isspace()

    @property
    def plain(self) -> str:
        """The text, but a whole number without exponent and without .0: 1.3912345678E+10 -> 13912345678."""
        if self.kind is not Kind.NUMBER or self.text.isdigit():
            return self.text
        return _digits(self.text)

    @property
    def precision_lost(self) -> bool:
        """A number with more digits than a spreadsheet keeps: its end is not what was typed."""
        if self.kind is not Kind.NUMBER or self.number is None:
            return False
        if abs(self.number) >= _KEPT:
            return True
        # A csv saved from the shown form, 1.39123E+10, keeps as few digits as were on the screen.
        return "e" in self.text.lower()


EMPTY = Cell("", Kind.EMPTY)


def text_cell(text: str) -> Cell:
    """A cell of a text file. What only a spreadsheet writes (139.0, 1.42327E+17) is a number, kept as written."""
    if not text:
        return EMPTY
    stripped = text.strip()
    if _FLOAT_TEXT.fullmatch(stripped):
        return Cell(stripped, Kind.NUMBER, number=float(stripped))
    return Cell(text)


def number_cell(value: float) -> Cell:
    text = str(int(value)) if -_KEPT < value < _KEPT and value.is_integer() else _digits(repr(value))
    return Cell(text, Kind.NUMBER, value)


def date_cell(value: datetime.date) -> Cell:
    """A date or date with time. The hour is kept in the text only: no list of doors leans on it."""
    day = value.date() if isinstance(value, datetime.datetime) else value
    return Cell(
        value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat(), Kind.DATE, date=day
    )


def _digits(text: str) -> str:
    try:
        value = Decimal(text)
    except ArithmeticError:
        return text
    if not value.is_finite() or value.adjusted() > 400:
        return text
    if value == value.to_integral_value():
        return format(value.to_integral_value(), "f")
    return format(value, "f") if value.adjusted() > -7 else text


class Area(NamedTuple):
    """Cells shown as one. All four count from 1 and belong to it; its text stands in the first cell."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[0]` is row 1 of the file: nothing is skipped, so row numbers are positions plus one.

    `name` is empty for text files. Rows may differ in length; trailing empty cells may be missing.
    Hidden rows and columns stand in `rows` like visible ones. What a format does not tell is empty:
    `lines` are the lines of a text file as they came, one for each row, white space kept.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    encoding: str = ""
    notes: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return all(cell.blank for row in self.rows for cell in row)

    def cell(self, row: int, column: int) -> Cell:
        """Both count from 1, as people and spreadsheets do."""
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else EMPTY
