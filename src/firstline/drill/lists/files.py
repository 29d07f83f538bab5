"""The kinds of files companies send, written from pages."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from firstline.drill.households import Inventor
from firstline.drill.lists.dwellings import Dwelling
from firstline.drill.lists.hands import Hand
from firstline.drill.lists.layouts import Writer
from firstline.drill.lists.notation import Value
from firstline.drill.lists.pages import Page


@dataclass(frozen=True, slots=True)
class Book:
    """A file as it comes: its name says what the company thinks it is, its bytes what it is."""

    name: str
    content: bytes


def write(hand: Hand, dwellings: Sequence[Dwelling], inventor: Inventor, *, estate: str, company: str) -> Book:
    """A company's list of an estate. The same inventor in the same state gives the same file."""
    pages = Writer(hand, inventor, estate, company).pages(dwellings)
    suffix, form = _KINDS[hand.kind]
    return Book(f"{hand.name.format(estate=estate)}.{suffix}", form(pages))


def _xlsx(pages: Sequence[Page]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for values in page.rows:
            sheet.append(values)
        for row, column, last_row, last_column in page.merges:
            sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for (row, column), text in page.comments.items():
            sheet.cell(row, column).comment = Comment(text, "物业")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(pages: Sequence[Page], delimiter: str = ",") -> str:
    text = io.StringIO()
    for page in pages:
        csv.writer(text, delimiter=delimiter).writerows([[*row, *[""] * (page.width - len(row))] for row in page.rows])
    return text.getvalue()


def _html(pages: Sequence[Page]) -> bytes:
    """What old office programs save as .xls: a page with tables."""
    spans = {(row, column): right - column + 1 for page in pages for row, column, _last, right in page.merges}
    rows = [
        "<tr>" + "".join(_cell(value, spans.get((number, place), 1)) for place, value in enumerate(row, 1)) + "</tr>"
        for page in pages
        for number, row in enumerate(page.rows, 1)
    ]
    table = "<table border=1>" + "".join(rows) + "</table>"
    return f'<html><head><meta charset="gb2312"></head><body>{table}</body></html>'.encode("gb18030")


def _cell(value: Value, span: int) -> str:
    across = f' colspan="{span}"' if span > 1 else ""
    return f"<td{across}>{escape(str(value)).replace(chr(10), '<br>')}</td>"


_KINDS: dict[str, tuple[str, Callable[[Sequence[Page]], bytes]]] = {
    "xlsx": ("xlsx", _xlsx),
    "xlsx_as_xls": ("xls", _xlsx),
    "csv": ("csv", lambda pages: _lines(pages).encode("utf-8-sig")),
    "gb18030": ("csv", lambda pages: _lines(pages).encode("gb18030")),
    "utf16": ("txt", lambda pages: _lines(pages, "\t").encode("utf-16")),
    "txt": ("txt", lambda pages: _lines(pages, "\t").encode("gb18030")),
    "html": ("xls", _html),
}
