"""What a grid posts, and what is copied out of a spreadsheet: lines of cells, cut to a length, stripped."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.http import QueryDict

LONGEST_CELL = 400


def posted_lines(form: QueryDict, names: Iterable[str], *, longest: int = LONGEST_CELL) -> list[list[str]]:
    """The lines of a form in which each column's fields bear one name, in the order of ``names``."""
    columns = [form.getlist(name) for name in names]
    return [[cell.strip()[:longest] for cell in line] for line in zip(*columns, strict=False)]


def copied_rows(text: str, *, longest: int = LONGEST_CELL) -> Iterator[list[str]]:
    """The rows of a text copied out of a spreadsheet, whose cells are parted by tabs; blank ones are left out."""
    for row in _rows(text.replace("\r\n", "\n").replace("\r", "\n")):
        cells = [cell.strip()[:longest] for cell in row]
        if any(cells):
            yield cells


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), delimiter="\t"))
    except csv.Error:
        # A cell longer than the reader takes: a quotation mark that nobody closed. Then every line is a row.
        return [line.split("\t") for line in text.split("\n")]
