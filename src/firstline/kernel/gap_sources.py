"""The protocol by which apps say what is missing. The gaps app collects, names who answers, and shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise

from firstline.kernel.paths import Range


class Stage(StrEnum):
    """Before its due time a thing is to do; afterwards it is a gap."""

    TO_DO = "todo"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class GapPlace:
    """How much of one cause lies at one place, and since when."""

    path: str
    name: str
    count: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause is one line, however many doors it touches. ``places`` are the largest first, never empty.

    ``unit`` is the counting word (doors, buildings), ``url`` leads to the rows behind the number.
    """

    kind: str
    stage: Stage
    title: str | Promise
    unit: str | Promise
    places: Sequence[GapPlace]
    action_label: str | Promise
    url: str
    severity: int

    @property
    def count(self) -> int:
        return sum(place.count for place in self.places)

    @property
    def since(self) -> datetime | None:
        return min((place.since for place in self.places if place.since), default=None)


class GapSource(Protocol):
    """What an app registers: asked for the open causes within ranges of places, in the asker's scope.

    All ranges at once, so that a grid worker of five compounds costs as many statements as a director, and one cause
    stays one line.
    """

    def __call__(self, within: Sequence[Range]) -> Iterable[Cause]: ...


_sources: list[GapSource] = []


def register(source: GapSource) -> None:
    """Add a source; called in ``ready()``."""
    if source not in _sources:
        _sources.append(source)


def causes(within: Sequence[Range]) -> list[Cause]:
    """All causes within ranges, gaps before things to do, then by severity and size."""
    found = [cause for source in _sources for cause in source(within)]
    return sorted(found, key=lambda cause: (cause.stage != Stage.GAP, -cause.severity, -cause.count))
