"""What a reading of one list says: columns, rows, doors, people, doubts. Plain values, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from firstline.tables import Sheet

from .codes import Kind, Meaning


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
    `choices` are the labels that fit an ambiguous door, likeliest first.
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
    choices: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def door_label(self) -> str:
        return self.door.label if self.door else ""


@dataclass(frozen=True, slots=True)
class Question:
    """One decision asked of a person, however many rows it settles."""

    cause: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """`rows` = `records` + `parked` + `no_data`, always."""

    rows: int
    records: int
    parked: int
    no_data: int
    doors: int
    people: int

    @classmethod
    def of(cls, rows: Iterable[RowReading]) -> Totals:
        rows = tuple(rows)
        kinds = [row.kind for row in rows]
        return cls(
            # Counted by number, not by kind, so that the equation can fail when a row is lost or told twice.
            rows=len({row.row for row in rows}),
            records=kinds.count(Kind.RECORD),
            parked=kinds.count(Kind.PARKED),
            no_data=kinds.count(Kind.NO_DATA),
            doors=len({row.door_label for row in rows if row.kind is Kind.RECORD}),
            people=sum(len(row.people) for row in rows if row.kind is Kind.RECORD),
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet or column that was passed over; `code` is in `codes.UNREAD`, `data` fills its sentence."""

    code: str
    data: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of one sheet in their order, each exactly once."""

    sheet: Sheet
    header_row: int
    columns: tuple[ColumnReading, ...]
    rows: tuple[RowReading, ...]
    unread: tuple[Unread, ...] = ()
    totals: Totals = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "totals", Totals.of(self.rows))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Parked rows by cause, the commonest first: one decision settles all rows of a cause."""
        causes: dict[str, list[int]] = {}
        for row in self.rows:
            if row.kind is Kind.PARKED:
                causes.setdefault(row.reason, []).append(row.row)
        return tuple(
            Question(cause, tuple(rows))
            for cause, rows in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0]))
        )

    @property
    def doubts(self) -> tuple[Question, ...]:
        """Records taken with a doubt, by doubt: nothing is asked, everything can be looked at."""
        causes: dict[str, list[int]] = {}
        for row in self.rows:
            for doubt in row.doubts:
                causes.setdefault(doubt, []).append(row.row)
        return tuple(
            Question(cause, tuple(rows))
            for cause, rows in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0]))
        )
