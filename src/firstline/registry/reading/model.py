"""What a reading of one list says: columns, rows, doors, people, doubts. Plain values, nothing stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from firstline.tables import Sheet

from .codes import SETTLED_BY_RUN, SETTLED_TOGETHER, Kind, Meaning
from .words import simplify


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """`index` counts from 1. `confidence` runs from 0 to 1: heading and content together."""

    index: int
    header: str
    meaning: Meaning
    confidence: float


@dataclass(frozen=True, slots=True)
class DoorReading:
    """`unit` is empty where there is none; a courtyard has `东街3排` as building and `5号` as room.

    A scattered home has only a label, its address.
    """

    building: str
    unit: str
    room: str
    label: str


@dataclass(frozen=True, slots=True)
class PersonReading:
    """`phones` are digits only, the first as written first. `id_number` is as written, without ornament."""

    name: str
    relation: str = "unspecified"
    phones: tuple[str, ...] = ()
    id_number: str = ""
    id_problem: str = ""


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row of the file. `reason` says why it is no record; `doubts` what is uncertain about a record.

    `column` is set where one row holds several doors. `persons` is None where the list does not say.
    `written` is what stands where the door of a parked row belongs; `choices` are the labels that fit it, likeliest
    first.
    """

    row: int
    kind: Kind
    reason: str = ""
    door: DoorReading | None = None
    people: tuple[PersonReading, ...] = ()
    doubts: tuple[str, ...] = ()
    remark: str = ""
    persons: int | None = None
    column: int | None = None
    written: str = ""
    choices: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def door_label(self) -> str:
        return self.door.label if self.door else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: the sheet's position from 1, the row, and the column where a row holds several doors."""

    sheet: int
    row: int
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One decision asked of a person, however many rows it settles.

    `written` is what stands where the door belongs, empty where the question is about a whole list. `choices` are
    the labels that would fit, likeliest first; they are there for single doors only.
    """

    cause: str
    places: tuple[Place, ...]
    written: str = ""
    choices: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of the rows, whatever their sheet."""
        return tuple(place.row for place in self.places)


@dataclass(frozen=True, slots=True)
class Totals:
    """`rows` = `records` + `parked` + `no_data`, always; a row that holds several doors counts once for each."""

    rows: int
    records: int
    parked: int
    no_data: int
    doors: int
    people: int

    @classmethod
    def of(cls, sheets: Iterable[Sequence[RowReading]]) -> Totals:
        """Of the rows of one or several sheets."""
        placed = [(sheet, row) for sheet, rows in enumerate(sheets) for row in rows]
        kinds = [row.kind for _, row in placed]
        records = [row for _, row in placed if row.kind is Kind.RECORD]
        return cls(
            # Counted by place, not by kind, so that the equation can fail when a row is lost or told twice.
            rows=len({(sheet, row.row, row.column) for sheet, row in placed}),
            records=len(records),
            parked=kinds.count(Kind.PARKED),
            no_data=kinds.count(Kind.NO_DATA),
            doors=len({row.door_label for row in records}),
            people=sum(len(row.people) for row in records),
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet or column that was passed over; `code` is in `codes.UNREAD`, `data` fills its sentence."""

    code: str
    data: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose for a sheet, or what is remembered of a file with the same headings.

    `header_row` is the last row of headings, None where there are none. `columns` counts from 1; a column that is not
    named there is not read. `building` stands for rows that name none.
    """

    header_row: int | None
    columns: Mapping[int, Meaning]
    building: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of one sheet in their order, each exactly once, or once for each of its doors.

    `number` is the position of the sheet in the file, from 1. `header_row` is the last row of headings, 0 for none.
    """

    sheet: Sheet
    number: int
    header_row: int
    columns: tuple[ColumnReading, ...]
    rows: tuple[RowReading, ...]
    unread: tuple[Unread, ...] = ()
    totals: Totals = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "totals", Totals.of([self.rows]))

    @property
    def layout_key(self) -> str:
        """Equal for lists with the same headings in the same columns; empty where there are no headings."""
        headings = [simplify(column.header) for column in self.columns]
        if not self.header_row or not any(headings):
            return ""
        return hashlib.sha256("|".join(headings).rstrip("|").encode()).hexdigest()[:32]

    @property
    def doubts(self) -> tuple[Question, ...]:
        """Records taken with a doubt, by doubt: nothing is asked, everything can be looked at."""
        causes: dict[str, list[Place]] = {}
        for row in self.rows:
            for doubt in row.doubts:
                causes.setdefault(doubt, []).append(Place(self.number, row.row, row.column))
        return _commonest_first([Question(cause, tuple(places)) for cause, places in causes.items()])


@dataclass(frozen=True, slots=True)
class FileReading:
    """All sheets of a file that hold a list or data; what was passed over stands in `unread`.

    `titles` are the texts that may name the compound: names of sheets, and what stands above the headings.
    """

    readings: tuple[Reading, ...]
    titles: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    totals: Totals = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "totals", Totals.of([reading.rows for reading in self.readings]))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Parked rows, those together that one decision settles; the question that settles most stands first.

        Causes of a whole list (`codes.SETTLED_TOGETHER`) are one question a file, a missing building or unit one for
        the rows below one another that miss it; of the others, rows in which the same is written are one question.
        """
        asked: dict[tuple[str, object], list[tuple[Place, RowReading]]] = {}
        for reading in self.readings:
            run = 0
            before = ""
            for row in reading.rows:
                if row.kind is not Kind.NO_DATA or row.reason == "section":
                    run += row.reason != before
                    before = row.reason
                if row.kind is Kind.PARKED:
                    key = row.reason, _what_settles(row, reading.number, run)
                    asked.setdefault(key, []).append((Place(reading.number, row.row, row.column), row))
        return _commonest_first([_question(cause, rows) for (cause, _), rows in asked.items()])

    @property
    def doubts(self) -> tuple[Question, ...]:
        """Records taken with a doubt, by doubt, sheet by sheet."""
        return tuple(doubt for reading in self.readings for doubt in reading.doubts)


def _what_settles(row: RowReading, sheet: int, run: int) -> object:
    if row.reason in SETTLED_TOGETHER:
        return ""
    if row.reason in SETTLED_BY_RUN:
        return sheet, run
    return row.written or (sheet, row.row, row.column)


def _question(cause: str, rows: Sequence[tuple[Place, RowReading]]) -> Question:
    first = rows[0][1]
    single = cause not in SETTLED_TOGETHER | SETTLED_BY_RUN
    return Question(
        cause,
        tuple(place for place, _ in rows),
        first.written if single else "",
        first.choices if single else (),
    )


def _commonest_first(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda question: (-len(question.places), question.cause)))
