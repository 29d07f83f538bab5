"""Short ways to write a list and read it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firstline import tables
from firstline.registry.reading import FileReading, Kind, Reading, RowReading, read_file
from firstline.tables.tests.samples import xlsx

Rows = Sequence[Sequence[object]]


def file(rows: Rows, more: Mapping[str, Rows] | None = None) -> FileReading:
    return read_file(tables.read(xlsx(rows, more=more)))


def read(rows: Rows) -> Reading:
    (reading,) = file(rows).readings
    return reading


def read_text(text: str, encoding: str = "utf-8") -> Reading:
    (reading,) = read_file(tables.read(text.encode(encoding))).readings
    return reading


def asked(file: FileReading) -> list[tuple[str, tuple[int, ...]]]:
    """The cause of each question and the rows it settles."""
    return [(question.cause, question.rows) for question in file.questions]


def told(reading: Reading) -> list[str]:
    """One word a row: the door of a record, `parked:why`, `no_data:why`."""
    return [row.door_label if row.kind is Kind.RECORD else f"{row.kind}:{row.reason}" for row in reading.rows]


def first_record(reading: Reading) -> RowReading:
    return next(row for row in reading.rows if row.kind is Kind.RECORD)
