"""Read a file of doors and their people out of tables: rows in = records + parked + no data, always.

    sheets = tables.read(path)
    file = read_file(sheets)             # never raises; file.readings: one a sheet that holds a list
    file.totals, file.questions, file.titles, file.unread
    reading.number, reading.columns, reading.rows, reading.layout_key
    read_file(sheets, chosen={1: Chosen(header_row=2, columns={1: Meaning.DOOR, 2: Meaning.NAME})})
    as_json(file, "名单.xlsx")            # the form of `firstline import --dry-run --json`

Pure: no database, no Django.
"""

from .codes import SETTLED_BY_RUN, SETTLED_TOGETHER, Kind, Meaning
from .contract import as_json, as_json_of
from .lists import read_file
from .model import (
    Chosen,
    ColumnReading,
    DoorReading,
    FileReading,
    PersonReading,
    Place,
    Question,
    Reading,
    RowReading,
    Totals,
    Unread,
)

__all__ = [
    "SETTLED_BY_RUN",
    "SETTLED_TOGETHER",
    "Chosen",
    "ColumnReading",
    "DoorReading",
    "FileReading",
    "Kind",
    "Meaning",
    "PersonReading",
    "Place",
    "Question",
    "Reading",
    "RowReading",
    "Totals",
    "Unread",
    "as_json",
    "as_json_of",
    "read_file",
]
