"""The protocol by which apps say what is missing. The gaps app collects, names who answers, and shows it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import BooleanField, Count, ExpressionWrapper, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import Left
from django.utils.functional import Promise

from firstline.kernel import scope
from firstline.kernel.paths import Range, summed_at


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


# The values a query of ``Waiting`` gives, in this order.
WAITS = ("place", "count", "since", "late")


@dataclass(frozen=True, slots=True)
class Waits:
    """What a query of ``Waiting`` gives a row: so much at a place since a moment; whether it is late already."""

    place: str
    count: int
    since: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cause that a query finds. All of a page's queries go to the database as one statement, however many there are.

    ``rows`` gives, for ranges of places, a query of the values ``WAITS``; ``url`` the page behind the
    number, given the one place where it lies, or "" for several. Who holds ``permission`` nowhere is not shown it.
    """

    kind: str
    title: str | Promise
    unit: str | Promise
    action_label: str | Promise
    severity: int
    permission: str
    rows: Callable[[Sequence[Range]], "QuerySet[Any, Any]"]
    url: Callable[[str], str]


Names = Callable[[Iterable[str]], Mapping[str, str]]

_sources: list[GapSource] = []
_waiting: list[Waiting] = []


def register(source: GapSource) -> None:
    """Add a source; called in ``ready()``."""
    if source not in _sources:
        _sources.append(source)


def register_waiting(*found: Waiting) -> None:
    """Add causes that queries find; called in ``ready()``."""
    _waiting.extend(one for one in found if one not in _waiting)


def causes(within: Sequence[Range], names_at: Names) -> list[Cause]:
    """All causes within ranges, gaps before things to do, then by severity and size.

    ``names_at`` says what places are called, by their paths.
    """
    found = [cause for source in _sources for cause in source(within)]
    found += _found_by_queries(within, names_at)
    return sorted(found, key=lambda cause: (cause.stage != Stage.GAP, -cause.severity, -cause.count))


def waits_at(found: "QuerySet[Any, Any]", within: Sequence[Range], since: str, late: Q) -> "QuerySet[Any, Any]":
    """Rows with a ``path`` as ``Waiting`` wants them: counted by place and by whether they are late.

    The place is the compound, or the community for ranges above; ``since`` names the moment a row waits from.
    """
    placed = found.order_by().annotate(
        place=Left("path", summed_at(within)), late=ExpressionWrapper(late, BooleanField())
    )
    counted = placed.values("place", "late").annotate(count=Count("path"), since=Min(since))
    rows: QuerySet[Any, Any] = counted.values_list(*WAITS)
    return rows


def waiting_at(within: Sequence[Range], kinds: str) -> dict[str, int]:
    """How much waits at each place, by the registered queries whose kind ends with ``kinds``; one statement at most."""
    counted: dict[str, int] = defaultdict(int)
    for _kind, row in _waits(within, [one for one in _waiting if one.kind.endswith(kinds)]):
        counted[row.place] += row.count
    return dict(counted)


def _found_by_queries(within: Sequence[Range], names_at: Names) -> Iterator[Cause]:
    rows: dict[tuple[str, bool], list[Waits]] = defaultdict(list)
    for kind, row in _waits(within, _waiting):
        rows[kind, row.late].append(row)
    kinds = {one.kind: one for one in _waiting}
    names = names_at({row.place for those in rows.values() for row in those}) if rows else {}
    for (kind, late), those in rows.items():
        yield _cause(kinds[kind], those, names, late=late)


def _waits(within: Sequence[Range], asked: Sequence[Waiting]) -> Iterator[tuple[str, Waits]]:
    """What queries find for the actor of the running scope, each row with the kind of its query; one statement."""
    actor = scope.current()
    asked = [one for one in asked if actor is not None and actor.may(one.permission)]
    if not asked or not within:
        return
    first, *others = [_numbered(number, one.rows(within)) for number, one in enumerate(asked)]
    for *values, number in first.union(*others, all=True) if others else first:
        yield asked[number].kind, Waits(*values)


def _numbered(number: int, rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    numbered: QuerySet[Any, Any] = rows.annotate(number=Value(number, IntegerField())).values_list(*WAITS, "number")
    return numbered.order_by()


def _cause(kind: Waiting, rows: Sequence[Waits], names: Mapping[str, str], *, late: bool) -> Cause:
    places = [GapPlace(row.place, names.get(row.place, ""), row.count, row.since) for row in rows]
    return Cause(
        kind=kind.kind,
        stage=Stage.GAP if late else Stage.TO_DO,
        title=kind.title,
        unit=kind.unit,
        places=sorted(places, key=lambda place: -place.count),
        action_label=kind.action_label,
        url=kind.url(rows[0].place if len(rows) == 1 else ""),
        severity=kind.severity,
    )
