"""The question sets that come along, as text beside this file: one folder each, one CSV for each sheet. Pure.

They are read by the same reader as an office's workbook; `workbook` gives one as a file to change and upload.
"""

import csv
import io
from functools import cache
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from firstline.census.questions.definition import QuestionSet
from firstline.census.questions.sets import read_set
from firstline.tables import Sheet
from firstline.tables.grid import text_cell

_HERE = Path(__file__).parent
NAMES = ("epidemic-2020", "flood-evacuation", "mosquito-inspection")
_SHEETS = ("survey", "choices", "settings")
_WIDTHS = {"label::中文 (zh)": 44, "label::English (en)": 40, "relevant": 36, "constraint": 36}


def rows_of(name: str) -> dict[str, list[list[str]]]:
    """The rows of a shipped set by sheet. Raises KeyError for a name that is none of ours."""
    if name not in NAMES:
        raise KeyError(name)
    return {sheet: _rows(_HERE / name / f"{sheet}.csv") for sheet in _SHEETS}


@cache
def read(name: str) -> QuestionSet:
    """A shipped set. Raises KeyError."""
    sheets = [
        Sheet(sheet, [[text_cell(text) for text in row] for row in rows]) for sheet, rows in rows_of(name).items()
    ]
    return read_set(sheets, named=name)


def workbook(name: str) -> bytes:
    """A shipped set as an XLSForm workbook, to be changed and uploaded. Raises KeyError."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in rows_of(name).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for column, heading in zip(sheet.iter_cols(max_row=1), rows[0], strict=True):
            column[0].font = Font(bold=True)
            sheet.column_dimensions[column[0].column_letter].width = _WIDTHS.get(heading, 18)
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if row]
