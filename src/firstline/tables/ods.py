"""OpenDocument spreadsheets, read as a stream: a repeated cell or row costs nothing until it holds something.

OpenDocument 1.3, part 3: tables, office:value and its kin, office:annotation. Formulas are never computed.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from .errors import Damaged, PasswordProtected
from .grid import EMPTY, Area, Cell, Kind, Sheet, date_cell, number_cell
from .layout import Budget, Layout
from .limits import Limits
from .markup import Attributes, Markup
from .notes import MACROS_NOT_RUN
from .package import opened, unpacked

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_STANDARD = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 "
OFFICE, TABLE, TEXT, STYLE = (_STANDARD.format(part) for part in ("office", "table", "text", "style"))
_DRAWING = _STANDARD.format("drawing")
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_PARAGRAPH, _NOTE = TEXT + "p", OFFICE + "annotation"
# Cells that were deleted and stand in the history, forms, and readings printed above characters.
_OUTSIDE = frozenset({TABLE + "tracked-changes", TABLE + "shapes", OFFICE + "forms", TEXT + "ruby-text"})
_MOST_SPACES = 1000  # a run that says how long it is; no line of a list needs more
_TIME = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_ERROR = re.compile(r"#[A-Z/0]+[!?A]?|Err:\d{3}")


def read_ods(data: bytes, limits: Limits) -> list[Sheet]:
    with opened(data, limits) as package:
        names = set(package.namelist())
        if _CONTENT not in names:
            raise Damaged
        if _MANIFEST in names and b"encryption-data" in b"".join(unpacked(package, package.getinfo(_MANIFEST))):
            raise PasswordProtected
        notes = (MACROS_NOT_RUN,) if any(name.startswith("Basic/") for name in names) else ()
        document = _Document(Budget(limits), notes)
        document.read(unpacked(package, package.getinfo(_CONTENT)))
    return document.sheets


@dataclass(slots=True)
class _Open:
    """The cell that is being read."""

    attributes: Attributes
    text: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)


class _Document(Markup):
    def __init__(self, budget: Budget, notes: tuple[str, ...]) -> None:
        self.sheets: list[Sheet] = []
        self._budget = budget
        self._notes = notes
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._layout: Layout | None = None
        self._hidden = False
        self._row = self._column = self._repeated = 0
        self._filled: list[tuple[int, Cell]] = []
        self._cell: _Open | None = None
        self._into: list[str] | None = None  # where text goes: the cell, or the note on it
        self._outside = 0  # how deep in something that is no content of a cell

    def start(self, name: str, attributes: Attributes) -> None:
        if self._outside or name in _OUTSIDE or name.startswith(_DRAWING):
            self._outside += 1
        elif self._cell is not None:
            self._start_in(self._cell, name, attributes)
        elif self._layout is not None:
            self._start_row(self._layout, name, attributes)
        elif name == STYLE + "style":
            self._style = attributes.get(STYLE + "name", "")
        elif name == STYLE + "table-properties" and attributes.get(TABLE + "display") == "false":
            self._hidden_styles.add(self._style)
        elif name == TABLE + "table":
            self._layout = Layout(attributes.get(TABLE + "name", ""), self._budget)
            self._hidden = attributes.get(TABLE + "style-name") in self._hidden_styles
            self._row = self._column = 0

    def _start_row(self, layout: Layout, name: str, attributes: Attributes) -> None:
        if name in _CELLS:
            self._cell = _Open(attributes)
        elif name == TABLE + "table-row":
            self._repeated = _count(attributes, "number-rows-repeated")
            if _collapsed(attributes):
                layout.hide_rows(self._row + 1, self._row + self._repeated)
            self._row += 1
            self._column = 0
        elif name == TABLE + "table-column":
            repeated = _count(attributes, "number-columns-repeated")
            if _collapsed(attributes):
                layout.hide_columns(self._column + 1, self._column + repeated)
            self._column += repeated

    def _start_in(self, cell: _Open, name: str, attributes: Attributes) -> None:
        if name == _PARAGRAPH:
            self._into = cell.note if self._into is cell.note else cell.text
            if self._into:
                self._into.append("\n")
        elif name == _NOTE:
            self._into = cell.note
        elif name == TABLE + "table":
            self._outside = 1  # a table inside a cell
        elif self._into is None:
            return
        elif name == TEXT + "s":
            self.text(" " * min(_number(attributes.get(TEXT + "c", "1")), _MOST_SPACES))
        elif name == TEXT + "tab":
            self._into.append("\t")
        elif name == TEXT + "line-break":
            self._into.append("\n")

    def text(self, text: str) -> None:
        if self._into is not None and not self._outside:
            self._budget.spend("", text=len(text))  # a few bytes may say a thousand spaces
            self._into.append(text)

    def end(self, name: str) -> None:
        if self._outside:
            self._outside -= 1
        elif self._cell is not None:
            if name in _CELLS:
                self._end_cell(self._cell)
            elif name == _NOTE or (name == _PARAGRAPH and self._into is self._cell.text):
                self._into = None
        elif self._layout is not None:
            if name == TABLE + "table-row":
                self._end_row(self._layout)
            elif name == TABLE + "table":
                self.sheets.append(self._layout.sheet(hidden=self._hidden, notes=self._notes))
                self._layout = None

    def _end_cell(self, told: _Open) -> None:
        self._cell = self._into = None
        column = self._column + 1
        self._column += (repeated := _count(told.attributes, "number-columns-repeated"))
        layout = self._layout
        if layout is None:
            return
        if told.note:
            layout.comment(self._row, column, "".join(told.note))
        rows, columns = (
            _count(told.attributes, "number-rows-spanned"),
            _count(told.attributes, "number-columns-spanned"),
        )
        if rows * columns > 1:
            layout.merge(Area(self._row, column, self._row + rows - 1, column + columns - 1))
        cell = _cell(told.attributes, "".join(told.text))
        if cell is EMPTY:
            return
        for place in range(column, column + repeated):
            layout.put(self._row, place, cell)
            self._filled.append((place, cell))

    def _end_row(self, layout: Layout) -> None:
        if self._filled:
            for row in range(self._row + 1, self._row + self._repeated):
                for column, cell in self._filled:
                    layout.put(row, column, cell)
        self._filled = []
        self._row += self._repeated - 1


def _cell(attributes: Attributes, text: str) -> Cell:
    formula = attributes.get(TABLE + "formula", "")
    if attributes.get(_CALC + "value-type") == "error" or (formula and _ERROR.fullmatch(text)):
        return Cell(text or "#ERROR", Kind.ERROR)
    kind = attributes.get(OFFICE + "value-type", "")
    value = attributes.get(OFFICE + (f"{kind}-value" if kind in ("date", "time", "boolean", "string") else "value"), "")
    valued = _valued(kind, value)
    if valued is not None:
        return valued
    if text or (text := value):
        return Cell(text)
    return Cell("=" + formula.partition("=")[2], Kind.ERROR) if formula else EMPTY


def _valued(kind: str, value: str) -> Cell | None:
    try:
        if kind in ("float", "percentage", "currency"):
            return number_cell(float(value))
        if kind == "date":
            when = datetime.datetime.fromisoformat(value)
            return date_cell(when if "T" in value else when.date())
    except ValueError:
        return None
    if kind == "boolean" and value:
        return Cell("TRUE" if value == "true" else "FALSE", Kind.BOOLEAN)
    if kind == "time" and (time := _TIME.fullmatch(value)):
        return Cell(":".join(part.zfill(2) for part in time.groups()))
    return None


def _collapsed(attributes: Attributes) -> bool:
    return attributes.get(TABLE + "visibility", "visible") != "visible"


def _count(attributes: Attributes, name: str) -> int:
    return _number(attributes.get(TABLE + name, "1"))


def _number(text: str) -> int:
    """From 1 up; what is no such number is 1, as programs that read it take it."""
    return max(int(text), 1) if text.isdecimal() and len(text) < 8 else 1
