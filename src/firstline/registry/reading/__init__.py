"""Read a list of doors and their people out of a table: rows in = records + parked + no data, always.

    sheets = tables.read(path)
    reading = read_list(sheets)          # raises ReadingError: code, data, a sentence that says what to do
    reading.columns, reading.rows, reading.totals, reading.questions
    as_json(reading, "名单.xlsx")         # the form of `firstline import --dry-run --json`

One layout is read here: optional titles, a row of headings, one door a row. Pure: no database, no Django.
"""

from .codes import Kind, Meaning
from .contract import as_json, as_json_of
from .errors import ReadingError
from .lists import read_list
from .model import ColumnReading, DoorReading, PersonReading, Question, Reading, RowReading, Totals, Unread

__all__ = [
    "ColumnReading",
    "DoorReading",
    "Kind",
    "Meaning",
    "PersonReading",
    "Question",
    "Reading",
    "ReadingError",
    "RowReading",
    "Totals",
    "Unread",
    "as_json",
    "as_json_of",
    "read_list",
]
