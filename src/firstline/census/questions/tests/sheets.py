"""Question sets for tests, written as rows the way the office writes them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from firstline.census.questions import words
from firstline.census.questions.definition import QuestionSet
from firstline.census.questions.sets import read_set
from firstline.census.questions.workbook import SetRefused
from firstline.tables import Sheet
from firstline.tables.grid import Cell, number_cell, text_cell

Rows = Sequence[Sequence[object]]
SURVEY = ("type", "name", "label", "required", "relevant", "constraint", "constraint_message")
YES_NO = (("list_name", "name", "label"), ("yn", "yes", "是"), ("yn", "no", "否"))


def sheet(name: str, rows: Rows) -> Sheet:
    return Sheet(name, [[_cell(value) for value in row] for row in rows])


def sheets(survey: Rows, choices: Rows = YES_NO, settings: Rows = (), headings: Sequence[str] = SURVEY) -> list[Sheet]:
    """The sheets of a workbook; ``survey`` without its headings."""
    said = {"survey": [headings, *survey], "choices": choices, "settings": settings}
    return [sheet(name, rows) for name, rows in said.items() if rows]


def a_set(*survey: Sequence[object], choices: Rows = YES_NO, settings: Rows = ()) -> QuestionSet:
    return read_set(sheets(survey, choices, settings))


def refusals(
    *survey: Sequence[object], choices: Rows = YES_NO, settings: Rows = (), headings: Sequence[str] = SURVEY
) -> list[tuple[str, int, str]]:
    """Sheet, row and code of each reason a workbook is refused for; none when it is read."""
    try:
        read_set(sheets(survey, choices, settings, headings))
    except SetRefused as problem:
        # Each has its sentence, and what fills it.
        said = [(words.sentence(one), words.where(one)) for one in problem.refusals]
        return [(one.sheet, one.row, one.code) for one, _ in zip(problem.refusals, said, strict=True)]
    return []


def xlsx(survey: Rows, choices: Rows = YES_NO, settings: Rows = (), headings: Sequence[str] = SURVEY) -> bytes:
    """The same as a workbook's bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {"survey": [headings, *survey], "choices": choices, "settings": settings}.items():
        if rows:
            made = book.create_sheet(name)
            for row in rows:
                made.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _cell(value: object) -> Cell:
    return number_cell(value) if isinstance(value, int | float) else text_cell(str(value or ""))
