"""Short ways to write a list and read it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firstline import tables
from firstline.registry.reading import Kind, Reading, RowReading, read_list
from firstline.tables.tests.samples import xlsx

Rows = Sequence[Sequence[object]]


def read(rows: Rows, more: Mapping[str, Rows] | None = None) -> Reading:
    return read_list(tables.read(xlsx(rows, more=more)))


def read_text(text: str, encoding: str = "utf-8") -> Reading:
    return read_list(tables.read(text.encode(encoding)))


def told(reading: Reading) -> list[str]:
    """One word a row: the door of a record, `parked:why`, `no_data:why`."""
    return [row.door_label if row.kind is Kind.RECORD else f"{row.kind}:{row.reason}" for row in reading.rows]


def first_record(reading: Reading) -> RowReading:
    return next(row for row in reading.rows if row.kind is Kind.RECORD)
