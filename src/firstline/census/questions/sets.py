"""The sheets of a workbook into a question set: our reading, then pyxform's word that it is an XLSForm. Pure."""

from collections.abc import Sequence

from firstline.census.questions import oracle, reading
from firstline.census.questions.definition import QuestionSet
from firstline.census.questions.workbook import lines_of
from firstline.tables import Sheet


def read_set(sheets: Sequence[Sheet], *, named: str = "") -> QuestionSet:
    """The set; ``named`` stands in for a missing form_id. Raises SetRefused with every reason and its row."""
    lines = lines_of(sheets)
    said = reading.read(lines, named=named)
    oracle.agree(lines)
    return said
