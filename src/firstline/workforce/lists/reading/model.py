"""What is read from a list of people: a line a row, with what stands in it and what is doubtful about it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from firstline.workforce.lists.reading.days import Available


class Kind(enum.StrEnum):
    """What a sheet is a list of."""

    SECRETARIES = "secretaries"
    CHECKPOINTS = "checkpoints"
    STAFF = "staff"


class Level(enum.StrEnum):
    """Whose a checkpoint is."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COMPOUND = "compound"


class Field(enum.StrEnum):
    """What a column says."""

    NUMBER = "number"
    NAME = "name"
    SEX = "sex"
    UNIT = "unit"
    POST = "post"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COMPOUND = "compound"
    PLACE = "place"
    TITLE = "title"
    HEAD = "head"
    PHONE = "phone"
    TEAM = "team"
    SINCE = "since"
    DAYS = "days"
    PARTY = "party"
    PROVINCIAL = "provincial"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Named:
    """One of a team: the name, what they are there ("" = not said), and whether they lead."""

    name: str
    role: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A stable code, the field it is about, and the words in question. What ``waits`` is asked before it counts."""

    code: str
    field: Field
    text: str = ""
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list. ``said`` is what was read per field, as text; the typed values beside it follow from it."""

    sheet: int
    row: int
    kind: Kind
    cells: tuple[str, ...]
    said: Mapping[Field, str]
    level: Level | None = None
    name: str = ""
    phone: str = ""
    organisation: str = ""
    since: date | None = None
    party: bool | None = None
    days: Available | None = None
    team: tuple[Named, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """Where it stands in its file: sheet and row, both counted from 1."""
        return f"{self.sheet}:{self.row}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What somebody said of a sheet's columns, counted from 1; ``header`` is the row of headings (0: it has none)."""

    header: int
    columns: Mapping[int, Field]


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet as it was understood. ``kind`` is None where nothing says what it is a list of."""

    number: int
    name: str
    title: str
    kind: Kind | None
    header: int
    columns: Mapping[int, Field]
    headings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    passed_over: tuple[tuple[int, str], ...] = field(default=())
    # Whether it has rows of columns, so that somebody can say what stands in which.
    tabular: bool = False
