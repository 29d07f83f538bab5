"""The JSON form of a reading: a contract that others score and build against (docs: `firstline import --json`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .model import PersonReading, Reading, RowReading

# What json.dumps takes; the form is told in the tests and in docs.
Json = dict[str, Any]
NO_DOOR = {"building": "", "unit": "", "room": ""}
TOTALS = ("rows", "records", "parked", "no_data", "doors", "people")


def as_json(reading: Reading, file: str) -> Json:
    """The answer for one file."""
    return as_json_of([(file, reading)])


def as_json_of(read: Sequence[tuple[str, Reading]]) -> Json:
    """The answer for several files: (name, reading) each; totals over all of them."""
    return {
        "files": [_file(name, reading) for name, reading in read],
        "totals": {total: sum(getattr(reading.totals, total) for _, reading in read) for total in TOTALS},
        "questions": [
            {"file": name, "sheet": reading.sheet.name, "cause": question.cause, "rows": list(question.rows)}
            for name, reading in read
            for question in reading.questions
        ],
    }


def _file(name: str, reading: Reading) -> Json:
    return {
        "file": name,
        "sheet": reading.sheet.name,
        "header_row": reading.header_row,
        "columns": [
            {
                "column": column.index,
                "header": column.header,
                "meaning": column.meaning.value,
                "confidence": column.confidence,
            }
            for column in reading.columns
        ],
        "unread": [{"code": unread.code, **unread.data} for unread in reading.unread],
        "rows": [_row(row) for row in reading.rows],
    }


def _row(row: RowReading) -> Json:
    said: Json = {"row": row.row}
    if row.column is not None:
        said["column"] = row.column
    said |= {
        "kind": row.kind.value,
        "reason": row.reason,
        "door": {"building": row.door.building, "unit": row.door.unit, "room": row.door.room} if row.door else NO_DOOR,
        "door_label": row.door_label,
        "people": [_person(person) for person in row.people],
        "doubts": list(row.doubts),
    }
    return said


def _person(person: PersonReading) -> Json:
    return {
        "name": person.name,
        "relation": person.relation,
        "phones": list(person.phones),
        "id_number": person.id_number,
        "id_problem": person.id_problem,
    }
