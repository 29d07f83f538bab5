"""Workbooks as one XML text (SpreadsheetML of 2003), mostly called .xls. Formulas are never computed."""

from __future__ import annotations

import datetime

from .grid import EMPTY, Area, Cell, Kind, Sheet, date_cell, number_cell
from .layout import Budget, Layout
from .limits import Limits
from .markup import Attributes, Markup

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "
_EXCEL = "urn:schemas-microsoft-com:office:excel "


def read_office_xml(text: str, limits: Limits) -> list[Sheet]:
    workbook = _Workbook(Budget(limits))
    workbook.read([text])
    return workbook.sheets


class _Workbook(Markup):
    def __init__(self, budget: Budget) -> None:
        self.sheets: list[Sheet] = []
        self._budget = budget
        self._layout: Layout | None = None
        self._hidden = False
        self._row = self._column = self._columns = 0
        self._cell: Attributes = {}
        self._kind = ""
        self._value: list[str] = []
        self._note: list[str] = []
        self._into: list[str] | None = None
        self._in_note = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == _SPREADSHEET + "Worksheet":
            self._layout = Layout(attributes.get(_SPREADSHEET + "Name", ""), self._budget)
            self._hidden = False
            self._row = self._columns = 0
        elif self._layout is not None and name.startswith(_SPREADSHEET):
            told = {key.removeprefix(_SPREADSHEET): value for key, value in attributes.items()}
            self._start_in(self._layout, name.removeprefix(_SPREADSHEET), told)
        elif name == _EXCEL + "Visible":
            self._into = self._value = []

    def _start_in(self, layout: Layout, name: str, told: Attributes) -> None:
        match name:
            case "Column":
                first = _number(told, "Index", self._columns + 1)
                self._columns = first + _number(told, "Span", 0)
                if "Hidden" in told:
                    layout.hide_columns(first, self._columns)
            case "Row":
                first = _number(told, "Index", self._row + 1)
                self._row = first + _number(told, "Span", 0)
                self._column = 0
                if "Hidden" in told:
                    layout.hide_rows(first, self._row)
            case "Cell":
                self._column = _number(told, "Index", self._column + 1)
                self._cell, self._kind, self._value, self._note = told, "", [], []
            case "Comment":
                self._in_note = True
            case "Data":
                self._into = self._note if self._in_note else self._value
                if not self._in_note:
                    self._kind = told.get("Type", "String")

    def text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def end(self, name: str) -> None:
        if name == _EXCEL + "Visible":
            self._hidden = "".join(self._value).strip() != "SheetVisible"
            self._into = None
        elif self._layout is None:
            return
        elif name == _SPREADSHEET + "Data":
            self._into = None
        elif name == _SPREADSHEET + "Comment":
            self._in_note = False
        elif name == _SPREADSHEET + "Cell":
            self._end_cell(self._layout)
        elif name == _SPREADSHEET + "Worksheet":
            self.sheets.append(self._layout.sheet(hidden=self._hidden))
            self._layout = None

    def _end_cell(self, layout: Layout) -> None:
        across, down = _number(self._cell, "MergeAcross", 0), _number(self._cell, "MergeDown", 0)
        if across or down:
            layout.merge(Area(self._row, self._column, self._row + down, self._column + across))
        layout.comment(self._row, self._column, "".join(self._note))
        layout.put(self._row, self._column, _cell(self._kind, "".join(self._value), self._cell.get("Formula", "")))
        self._column += across


def _cell(kind: str, text: str, formula: str) -> Cell:
    if not text:
        return Cell(formula, Kind.ERROR) if formula else EMPTY
    try:
        if kind == "Number":
            return number_cell(float(text))
        if kind == "DateTime":
            when = datetime.datetime.fromisoformat(text)
            return date_cell(when if when.time() != datetime.time() else when.date())
    except ValueError:
        return Cell(text)
    if kind == "Boolean":
        return Cell("FALSE" if text == "0" else "TRUE", Kind.BOOLEAN)
    return Cell(text, Kind.ERROR) if kind == "Error" else Cell(text)


def _number(told: Attributes, name: str, otherwise: int) -> int:
    text = told.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else otherwise
