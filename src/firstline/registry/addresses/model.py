"""What reading addresses takes and gives."""

import enum
from dataclasses import dataclass, field

from firstline.identifiers.door_label import Door


class Source(enum.StrEnum):
    """Where addresses come from. Two files of one kind are one source: they were copied from each other."""

    PROPERTY_LIST = "property_list"
    POLICE = "police"
    KEYS = "keys"
    VISITS = "visits"


@dataclass(frozen=True, slots=True)
class Called:
    """A compound as far as addresses can mean it; ``street`` is its street and number, where somebody has said."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    street: str = ""
    scattered: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One row's address: in one text, or with compound, building, unit and room in columns of their own.

    ``unit`` None: there is no such column. ``row`` counts from 1, headings included.
    """

    source: Source
    row: int
    text: str = ""
    compound: str = ""
    building: str = ""
    unit: str | None = None
    room: str = ""
    in_columns: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A row that names no door: ``reason`` is one of REASONS."""

    source: Source
    row: int
    reason: str
    compound: str = ""


REASONS = (
    "empty",
    "no_compound",  # the compound it names is none of ours, or might be two of them
    "door_missing",  # a compound and no door
    "door_incomplete",  # a building, a room without its unit
    "door_ambiguous",  # several doors fit
    "door_unreadable",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """That so many rows of a source name one door of a compound."""

    compound: str
    door: Door
    rows: dict[Source, int]


@dataclass(frozen=True, slots=True)
class AddressReading:
    """Every row is counted in ``evidence`` or stands in ``unplaced``.

    ``learned`` are the names that addresses gave compounds: by street and number, or by sound.
    """

    evidence: list[Evidence]
    unplaced: list[Unplaced]
    learned: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.unplaced) + sum(sum(one.rows.values()) for one in self.evidence)
