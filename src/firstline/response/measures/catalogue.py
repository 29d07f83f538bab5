"""The catalogue: which measures each level switches on, and how strict; as shipped, then as the county words it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from firstline.kernel.paths import ancestors
from firstline.response.measures import kinds
from firstline.response.measures.kinds import FREE, KINDS, Free, Parameters
from firstline.response.measures.shipped import SHIPPED
from firstline.response.models import CatalogueEntry, Level

COUNTY_LENGTH = len("141102")


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure of the catalogue at one level; ``own``: as the county words it, in place of what was shipped."""

    level: Level
    kind: str
    parameters: Parameters
    switched_on: bool
    days: int
    own: bool

    @property
    def title_key(self) -> tuple[str, str]:
        """By what entries of a level are told apart: the kind, and the title of one in free words."""
        return key_of(self.kind, self.parameters)

    def last_day(self, first: date) -> date | None:
        """The last day of a measure that begins on ``first``."""
        return first + timedelta(days=self.days - 1) if self.days else None


def county_of(path: str) -> str:
    """The place whose catalogue counts at a path."""
    return ancestors(path[:COUNTY_LENGTH])[-1] if path else ""


def key_of(kind: str, parameters: Parameters) -> tuple[str, str]:
    """By what measures of a catalogue are told apart."""
    return kind, parameters.title if isinstance(parameters, Free) else ""


def catalogue_at(path: str) -> Mapping[Level, list[Entry]]:
    """The catalogue that counts at a path: each level with every kind, those switched on and those that are not."""
    found = {level: {one.title_key: one for one in _shipped(level)} for level in Level}
    own = CatalogueEntry.objects.filter(path=county_of(path)).order_by("happened_at", "id")
    for row in own:
        parameters = kinds.read(row.kind, row.parameters)
        entry = Entry(Level(row.level), row.kind, parameters, row.switched_on, row.days, own=True)
        found[entry.level][entry.title_key] = entry
    return {level: list(entries.values()) for level, entries in found.items()}


def switched_on(path: str, level: Level) -> list[Entry]:
    """What a level switches on at a path."""
    return [entry for entry in catalogue_at(path)[level] if entry.switched_on]


def _shipped(level: Level) -> list[Entry]:
    on = {kind: (asked, days) for kind, asked, days in SHIPPED[level]}
    return [
        Entry(level, name, kinds.read(name, on[name][0]), switched_on=True, days=on[name][1], own=False)
        if name in on
        else Entry(level, name, kind.parameters(), switched_on=False, days=14 if kind.restricts else 0, own=False)
        for name, kind in KINDS.items()
        if name != FREE
    ]
