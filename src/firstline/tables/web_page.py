"""Web pages that are called .xls: what many programs write as their export, and every spreadsheet program opens.

All tables of the page stand one below the other, as those programs show them.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .errors import TooManyRows
from .grid import Area, Cell, Kind, Sheet, number_cell, text_cell
from .layout import Budget, Layout
from .limits import Limits

_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "title", "head"})
_NUMBER = "x:num"  # the office's own: the number behind what is shown
_BREAKS = frozenset({"br", "p", "div", "li"})

Attributes = list[tuple[str, str | None]]


def read_web_page(text: str, encoding: str, limits: Limits) -> Sheet:
    """`text` is the page, decoded from `encoding`."""
    page = _Page(limits)
    page.feed(text)
    page.close()
    page.end_row()
    return page.layout.sheet(encoding=encoding)


class _Page(HTMLParser):
    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._limits = limits
        self._budget = Budget(limits)
        self.layout = Layout("", self._budget)
        self._tables = 0
        self._row = self._column = 0
        self._in_row = False
        self._below: dict[int, int] = {}  # column -> last row that a cell above reaches down to
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self._unseen:
            return
        told = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen = tag
        elif tag == "table":
            self._tables += 1
        elif self._tables != 1:
            return  # a table inside a cell: its texts belong to the cell
        elif tag == "tr":
            self._start_row(told)
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._in_row:
                self._start_row({})
            self._cell = told
        elif tag in _BREAKS and self._cell is not None and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        elif self._unseen:
            return
        elif tag == "table" and self._tables:
            if self._tables == 1:
                self.end_row()
                self._below = {}
            self._tables -= 1
        elif self._tables == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._tables == 1 and tag == "tr":
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unseen:
            self._text.append(_WHITE.sub(" ", data))

    def _start_row(self, told: dict[str, str]) -> None:
        self.end_row()
        self._in_row = True
        self._row += 1
        if self._row > self._limits.rows:  # also empty ones: each is walked past whatever reaches down into it
            raise TooManyRows(sheet="", rows=self._row, limit=self._limits.rows)
        self._column = 0
        if _HIDDEN.search(told.get("style", "")):
            self.layout.hide_rows(self._row, self._row)

    def end_row(self) -> None:
        self._end_cell()
        self._in_row = False

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        told, self._cell = self._cell, None
        shown = "".join(self._text)
        self._text = []
        column = self._column + 1
        while self._below.get(column, 0) >= self._row:
            column += 1
        rows, columns = _span(told, "rowspan"), _span(told, "colspan")
        self._column = column + columns - 1
        if rows > 1:
            covered = range(column, min(column + columns, self._limits.columns + 1))
            self._budget.spend("", cells=len(covered))
            self._below.update(dict.fromkeys(covered, self._row + rows - 1))
        if rows * columns > 1:
            self.layout.merge(Area(self._row, column, self._row + rows - 1, column + columns - 1))
        self.layout.put(self._row, column, _cell(told, shown))


def _cell(told: dict[str, str], shown: str) -> Cell:
    text = "\n".join(line.strip(" ") for line in shown.split("\n")).strip("\n")
    if value := told.get(_NUMBER):
        try:
            return number_cell(float(value))
        except ValueError:
            return text_cell(text)
    cell = text_cell(text)
    return Cell(text, Kind.ERROR) if text.startswith("#") and text.rstrip("!?/A0").isupper() else cell


def _span(told: dict[str, str], name: str) -> int:
    text = told.get(name, "1").strip()
    return max(int(text), 1) if text.isdecimal() and len(text) < 8 else 1
