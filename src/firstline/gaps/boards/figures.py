"""Sums of open gaps within one place, made by the database; the rows behind them never travel."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from firstline.gaps.escalation import COUNTY
from firstline.gaps.models import CountyState, Gap
from firstline.kernel import clock, prepared
from firstline.kernel.paths import Range
from firstline.places.models import PlaceKind, PostKind
from firstline.places.tree import standing_below
from firstline.response.models import Duty

COUNTY_LENGTH, TOWNSHIP_LENGTH = 6, 9
DAY = timedelta(days=1)
# A county that nobody has looked through for so long is not up to date, and its board says so.
STALE = timedelta(minutes=1)


class Sum(NamedTuple):
    """Open gaps of one kind at one place; of all kinds ("") or at all places (""). ``reached``: how many of them have
    climbed to the level that asks. ``causes`` says of how many kinds (of places, where those are summed) these are.
    """

    place: str
    kind: str
    open: int
    day_old: int
    at_county: int
    taken: int
    reached: int
    oldest: datetime
    oldest_reached: datetime | None
    severity: int
    causes: int


class Named(NamedTuple):
    """Checkpoints, and villages with a first secretary, within a place; of each how many there are and are named."""

    checkpoints: int
    headed: int
    villages: int
    secretaries: int


def sums(within: Range, *, length: int, level: int) -> list[Sum]:
    """What is open in a range by the first ``length`` characters of the path; one statement.

    A post counts at the place it stands at; what is set aside is left out. ``level`` is 1..3, as ``Gap.tier``.
    """
    return _asked(_BY_PLACE, within, length=length, level=level)


def sums_and_gravest(within: Range, *, length: int, level: int, gravest: int) -> tuple[list[Sum], list[Sum]]:
    """The same, with ``causes`` counting those that have reached the level, and the gravest of these; one statement."""
    rows = _asked(_BY_PLACE_AND_GRAVEST, within, length=length, level=level, gravest=gravest)
    return [row for row in rows if not row.kind], [row for row in rows if row.kind]


def sums_by_kind(within: Range, *, length: int, level: int) -> list[Sum]:
    """What is open in a range by kind; ``causes`` counts the places, told apart by ``length``. One statement."""
    return _asked(_BY_KIND, within, length=length, level=level)


def _asked(statement: str, within: Range, **given: int) -> list[Sum]:
    now = clock.now()
    values: dict[str, Any] = {"lo": within.lo, "hi": within.hi, "now": now, "day": now - DAY, "county": COUNTY}
    with prepared.cursor() as cursor:
        cursor.execute(statement, values | given)
        return [Sum(*row) for row in cursor.fetchall()]


def named(within: Range) -> Named:
    """How many checkpoints have a head and villages a first secretary, by the table of who answers; one statement."""
    given: dict[str, Any] = {"lo": within.lo, "hi": within.hi, "now": clock.now(), "checkpoint": PostKind.CHECKPOINT}
    given |= {"village": PlaceKind.COMMUNITY, "secretary": Duty.FIRST_SECRETARY}
    with prepared.cursor() as cursor:
        cursor.execute(_NAMED, given)
        return Named(*cursor.fetchone())


def places_within(within: Range) -> list[tuple[str, str]]:
    """Path and name of every standing place of the two levels below a place, in the order of the tree."""
    below = {
        COUNTY_LENGTH: {PlaceKind.TOWNSHIP, PlaceKind.COMMUNITY},
        TOWNSHIP_LENGTH: {PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.SCATTERED},
    }.get(len(within.lo), {PlaceKind.COMPOUND, PlaceKind.SCATTERED})
    return standing_below(within, below)


def gaps_alone(asked: Iterable[tuple[str, str]], level: int) -> dict[tuple[str, str], list[uuid.UUID]]:
    """The ids of the gaps behind a few sums, by place and kind; one statement."""
    wanted = list(asked)
    if not wanted:
        return {}
    condition = Q(pk__in=[])
    for place, kind in wanted:
        condition |= Q(kind=kind, path__gte=place, path__lt=f"{place}~")
    found: dict[tuple[str, str], list[uuid.UUID]] = {}
    open_now = Gap.objects.filter(condition, closed_at=None, tier__gte=level)
    for pk, path, kind in open_now.order_by("opened_at").values_list("pk", "path", "kind"):
        for place, asked_kind in wanted:
            if kind == asked_kind and path.startswith(place):
                found.setdefault((place, kind), []).append(pk)
    return found


def county_state(path: str) -> CountyState | None:
    """How new the board of a place's county is; None before the first sweep. One statement."""
    return CountyState.objects.filter(path=path[:COUNTY_LENGTH]).first()


# The part of a path that says where, without what a post adds to the place it stands at.
_PLACE = """
CASE WHEN %(length)s <= 12 THEN left(split_part(path, '/', 1), %(length)s) ELSE left(path, %(length)s) END
"""
_FIGURES = """
count(*) AS open, count(*) FILTER (WHERE opened_at <= %(day)s) AS day_old,
count(*) FILTER (WHERE tier = %(county)s) AS at_county, count(*) FILTER (WHERE taken_until > %(now)s) AS taken,
count(*) FILTER (WHERE tier >= %(level)s) AS reached, min(opened_at) AS oldest,
min(opened_at) FILTER (WHERE tier >= %(level)s) AS oldest_reached, max(severity) AS severity
"""
_OPEN = """
FROM gaps_gap
WHERE path >= %(lo)s AND path < %(hi)s AND closed_at IS NULL
  AND (set_aside_until IS NULL OR set_aside_until <= %(now)s)
"""
_BY_PLACE = f"SELECT {_PLACE} AS place, '' AS kind, {_FIGURES}, 1 {_OPEN} GROUP BY place ORDER BY place"
# Rows are gone through once; what is made of the few hundred sums costs nothing beside that.
_SUMMED = (
    f"WITH summed AS MATERIALIZED (SELECT {_PLACE} AS place, kind AS cause, {_FIGURES} {_OPEN} GROUP BY place, cause)"
)
_ADDED_UP = """
sum(open)::bigint, sum(day_old)::bigint, sum(at_county)::bigint, sum(taken)::bigint, sum(reached)::bigint, min(oldest),
min(oldest_reached), max(severity)
"""
_BY_PLACE_AND_GRAVEST = f"""
{_SUMMED}
(SELECT place, '', {_ADDED_UP}, count(*) FILTER (WHERE reached > 0) FROM summed GROUP BY place ORDER BY place)
UNION ALL
(SELECT place, cause, open, day_old, at_county, taken, reached, oldest, oldest_reached, severity, 1
   FROM summed WHERE reached > 0 ORDER BY severity DESC, oldest_reached, place, cause LIMIT %(gravest)s)
"""  # noqa: S608  # our own text; values are parameters
_BY_KIND = f"""
{_SUMMED}
SELECT '', cause, {_ADDED_UP}, count(*) FROM summed GROUP BY cause ORDER BY cause
"""  # noqa: S608  # as above

_NAMED = """
WITH answering AS MATERIALIZED (
    SELECT DISTINCT path, duty FROM response_responsibility
     WHERE path >= %(lo)s AND path < %(hi)s AND valid_from <= %(now)s
       AND (valid_until IS NULL OR valid_until > %(now)s))
SELECT count(*) FILTER (WHERE NOT village),
       count(*) FILTER (WHERE NOT village AND path IN (SELECT path FROM answering)),
       count(*) FILTER (WHERE village),
       count(*) FILTER (WHERE village AND path IN (SELECT path FROM answering WHERE duty = %(secretary)s))
  FROM (SELECT path, false FROM places_post WHERE path >= %(lo)s AND path < %(hi)s AND kind = %(checkpoint)s
        UNION ALL
        SELECT path, true FROM places_place
         WHERE path >= %(lo)s AND path < %(hi)s AND kind = %(village)s AND closed_on IS NULL) AS asked (path, village)
"""
