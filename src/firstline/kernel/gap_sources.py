"""The protocol by which apps say what is missing. The gaps app collects, names who answers, and shows it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.functional import Promise

from firstline.kernel import clock, scope
from firstline.kernel.given import Written, written
from firstline.kernel.paths import COMPOUND_LENGTH, Range, subtree, summed_at


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


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits at a place: how much of it, since when; whether it is late already."""

    place: str
    count: int
    since: datetime
    late: bool


# Which campaign, by its id, is at work in which part of some ranges.
Leading = Callable[[Sequence[Range]], Sequence[tuple[Range, UUID]]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cause that a query finds. All of a page's queries go to the database as one statement, however many there are.

    ``rows`` gives what waits, wherever it lies, by ``each_waits``. It is called once in the life of a process: a
    moment, a reader or a rule of the place is a ``Given`` in it. Which ranges are asked about is added outside; with
    ``led_by`` a row counts where its campaign leads. ``url`` is the page behind the number, given the one place where
    it lies, or "" for several. Who holds ``permission`` nowhere is not shown it. ``closes`` says by which fact it ends,
    ``first_tier`` which of the three levels answers first (1 the village's).
    """

    kind: str
    title: str | Promise
    unit: str | Promise
    action_label: str | Promise
    severity: int
    permission: str
    rows: Callable[[], "QuerySet[Any, Any]"]
    url: Callable[[str], str]
    led_by: Leading | None = None
    closes: str | Promise = ""
    first_tier: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """A cause that a ``GapSource`` finds late, as ``Waiting`` describes those that queries find."""

    kind: str
    title: str | Promise
    unit: str | Promise
    action_label: str | Promise
    severity: int
    permission: str
    url: Callable[[str], str]
    closes: str | Promise = ""
    first_tier: int = 1
    due_after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Late:
    """How much of a cause has run out of time at one compound (or at a place above compounds): since when it waits,
    and from when it is late."""

    kind: str
    path: str
    count: int
    since: datetime
    late_from: datetime


NEVER = Cast(Value(None), DateTimeField())

Names = Callable[[Iterable[str]], Mapping[str, str]]

_sources: dict[GapSource, tuple[Known, ...]] = {}
_waiting: list[Waiting] = []


def register(source: GapSource, *late: Known) -> None:
    """Add a source; called in ``ready()``. ``late``: those of its causes that also run out of time."""
    _sources[source] = late


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


def kinds() -> dict[str, Waiting | Known]:
    """Every cause that can run out of time, by its kind: how it is called, the page behind it, who may see that."""
    found: list[Waiting | Known] = [*_waiting, *(known for late in _sources.values() for known in late)]
    return {one.kind: one for one in found}


def write_late(table: str) -> None:
    """Put whatever has run out of time in the scope of whoever asks into a table with the columns of ``Late``: of each
    cause and compound one row.

    What queries find never leaves the database.
    """
    whole = [subtree("")]
    _write_late_of_queries(table, whole)
    for source, late in _sources.items():
        if late:
            copy_late(table, _late_of(source(whole), {one.kind: one for one in late}))


def copy_late(table: str, rows: Iterable[Late]) -> None:
    """Put rows into such a table."""
    columns = ", ".join(Late.__slots__)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for one in rows:
            copy.write_row((one.kind, one.path, one.count, one.since, one.late_from))


def _late_of(found: Iterable[Cause], known: Mapping[str, Known]) -> list[Late]:
    """What a source finds late; of several things at one place one row."""
    rows: dict[tuple[str, str], Late] = {}
    for cause in found:
        if cause.stage != Stage.GAP or cause.kind not in known:
            continue
        for place in cause.places:
            since = place.since or clock.now()
            late = Late(cause.kind, place.path, place.count, since, since + known[cause.kind].due_after)
            before = rows.get((cause.kind, place.path))
            rows[cause.kind, place.path] = late if before is None else _both(before, late)
    return list(rows.values())


def _both(one: Late, other: Late) -> Late:
    since, late_from = min(one.since, other.since), min(one.late_from, other.late_from)
    return replace(one, count=one.count + other.count, since=since, late_from=late_from)


def each_waits(
    found: "QuerySet[Any, Any]", since: str, late_from: Combinable, *, campaign: str = ""
) -> "QuerySet[Any, Any]":
    """Rows with a ``path`` as ``Waiting`` wants them, one for each thing that waits.

    ``since`` names the moment a row waits from, ``late_from`` is the one from which it is late, ``campaign`` names the
    id of its campaign where that matters.
    """
    late = ExpressionWrapper(late_from, DateTimeField())
    rows: QuerySet[Any, Any] = found.order_by().values_list("path", F(since), late, *([campaign] if campaign else []))
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
    parts = [_counted(number, one, within) for number, one in enumerate(asked)]
    with connection.cursor() as cursor:
        # Queries of our own around queries the ORM wrote; every value travels in a parameter.
        cursor.execute(" UNION ALL ".join(text for text, _given in parts), [value for _text, g in parts for value in g])
        rows = cursor.fetchall()
    for number, *values in rows:
        yield asked[number].kind, Waits(*values)


def _write_late_of_queries(table: str, whole: Sequence[Range]) -> None:
    parts, now = [], clock.now()
    for one in _waiting:
        rows = _written(one.rows)
        inside, bounds = _inside(one, whole)
        text = _LATE.format(rows=rows.text, campaign=", campaign_id" if one.led_by else "", inside=inside)
        parts.append((text, [one.kind, COMPOUND_LENGTH, *rows.given(whole), now, *bounds]))
    if not parts:
        return
    columns, found = ", ".join(Late.__slots__), " UNION ALL ".join(text for text, _given in parts)
    with connection.cursor() as cursor:
        # The name of a table is our own code's; every value travels in a parameter.
        cursor.execute(f"INSERT INTO {table} ({columns}) {found}", [value for _text, g in parts for value in g])


def _counted(number: int, one: Waiting, within: Sequence[Range]) -> tuple[str, list[Any]]:
    """A cause's rows counted by place and by whether they are late, with all parameters.

    The place is the compound, or the community for ranges above.
    """
    rows = _written(one.rows)
    inside, bounds = _inside(one, within)
    return (
        _COUNTED.format(rows=rows.text, campaign=", campaign_id" if one.led_by else "", inside=inside),
        [number, summed_at(within), clock.now(), *rows.given(within), *bounds],
    )


def _inside(one: Waiting, within: Sequence[Range]) -> tuple[str, list[Any]]:
    bounds: list[list[Any]]
    if one.led_by is None:
        text, bounds = "(path >= %s AND path < %s)", [[part.lo, part.hi] for part in within]
    else:
        text = "(path >= %s AND path < %s AND campaign_id = %s)"
        bounds = [[part.lo, part.hi, campaign_id] for part, campaign_id in one.led_by(within)]
    return " OR ".join([text] * len(bounds)) or "false", [value for those in bounds for value in those]


@cache
def _written(rows: Callable[[], "QuerySet[Any, Any]"]) -> Written:
    return written(rows())


# Nothing is grouped or cut inside of ``rows``: the database takes the two apart, and an index sees the ranges.
_COUNTED = """
SELECT %s, left(path, %s) AS place, count(*), min(since), coalesce(late_from <= %s, false) AS late
  FROM ({rows}) AS waits (path, since, late_from{campaign})
 WHERE {inside}
 GROUP BY place, late
"""


_LATE = """
SELECT %s, left(path, %s) AS place, count(*), min(since), min(late_from)
  FROM ({rows}) AS waits (path, since, late_from{campaign})
 WHERE late_from <= %s AND ({inside})
 GROUP BY place
"""


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
