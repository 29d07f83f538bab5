"""The sheets of an XLSForm workbook as lines of named cells, and why a set is refused. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from firstline.tables import Cell, Kind, Sheet

READ = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its sheet and number as the spreadsheet shows them, and its cells by heading, white space trimmed."""

    sheet: str
    row: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason: where it stands (row 0: the whole workbook), a code of the wording and what fills its sentence."""

    sheet: str
    row: int
    column: str
    code: str
    data: dict[str, str] = field(default_factory=dict)


class SetRefused(Exception):
    """A workbook that is no question set, or one outside what is read."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__([(one.sheet, one.row, one.code) for one in self.refusals])


def sheets_by_name(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    """The sheets by their names as XLSForm knows them: small letters, no white space around."""
    return {sheet.name.strip().lower(): sheet for sheet in sheets}


def lines_of(sheets: Sequence[Sheet]) -> dict[str, list[Line]]:
    """The rows below the headings of each sheet that says something. Raises SetRefused."""
    named = sheets_by_name(sheets)
    if "survey" not in named or named["survey"].empty:
        raise SetRefused([Refusal("survey", 0, "", "survey_missing")])
    return {name: _lines(name, sheet) for name, sheet in named.items()}


def _lines(name: str, sheet: Sheet) -> list[Line]:
    if not sheet.rows:
        return []
    headings = [_heading(cell.text) for cell in sheet.rows[0]]
    doubled = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if doubled and name in READ:
        raise SetRefused([Refusal(name, 1, doubled[0], "heading_twice", {"heading": doubled[0]})])
    lines = []
    for number, row in enumerate(sheet.rows[1:], 2):
        if all(cell.blank for cell in row):
            continue
        cells = {
            heading or f"#{at + 1}": _said(row[at])
            for at, heading in enumerate([*headings, *[""] * (len(row) - len(headings))])
            if at < len(row) and (heading or not row[at].blank)
        }
        lines.append(Line(name, number, cells))
    return lines


def _heading(text: str) -> str:
    """label::中文 (zh) keeps its language as written; the rest is small letters with underscores."""
    base, sign, language = text.strip().partition("::")
    return f"{'_'.join(base.lower().split())}{sign}{language.strip()}"


def _said(cell: Cell) -> str:
    """A cell as text: 1.0 is 1, TRUE is true."""
    return cell.text.strip().lower() if cell.kind is Kind.BOOLEAN else cell.plain.strip()
