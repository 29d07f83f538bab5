"""The JSON form of a reading: a contract that others score and build against (docs: `firstline import --json`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .model import FileReading, PersonReading, Question, Reading, RowReading

# What json.dumps takes; the form is told in the tests and in docs.
Json = dict[str, Any]
NO_DOOR = {"building": "", "unit": "", "room": ""}
TOTALS = ("rows", "records", "parked", "no_data", "doors", "people")


def as_json(reading: FileReading, file: str) -> Json:
    """The answer for one file."""
    return as_json_of([(file, reading)])


def as_json_of(read: Sequence[tuple[str, FileReading]]) -> Json:
    """The answer for several files: (name, reading) each; an entry in `files` a sheet, totals over all of them."""
    return {
        "files": [_sheet(name, file, reading) for name, file in read for reading in file.readings],
        "totals": {total: sum(getattr(file.totals, total) for _, file in read) for total in TOTALS},
        "questions": [_question(name, file, question) for name, file in read for question in file.questions],
    }


def _sheet(name: str, file: FileReading, reading: Reading) -> Json:
    unread = (*reading.unread, *(file.unread if reading is file.readings[0] else ()))
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
        "unread": [{"code": one.code, **one.data} for one in unread],
        "rows": [_row(row) for row in reading.rows],
    }


def _question(name: str, file: FileReading, question: Question) -> Json:
    """`sheet` and `rows` as far as the first sheet goes; `more` where the same decision settles rows of others."""
    names = {reading.number: reading.sheet.name for reading in file.readings}
    rows: dict[int, list[int]] = {}
    for place in question.places:
        rows.setdefault(place.sheet, []).append(place.row)
    (first, numbers), *others = rows.items()
    said: Json = {"file": name, "sheet": names[first], "cause": question.cause, "rows": numbers}
    if others:
        said["more"] = [{"sheet": names[sheet], "rows": numbers} for sheet, numbers in others]
    return said


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
