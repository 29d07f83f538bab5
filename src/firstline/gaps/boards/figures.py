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
    """The open gaps of one kind at one place. ``reached``: how many of them have climbed to the level that asks."""

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


class Named(NamedTuple):
    """Checkpoints, and villages with a first secretary, within a place; of each how many there are and are named."""

    checkpoints: int
    headed: int
    villages: int
    secretaries: int


def sums(within: Range, *, length: int, level: int, by_kind: bool = True) -> list[Sum]:
    """What is open in a range by the first ``length`` characters of the path and by kind ("": all); one statement.

    A post counts at the place it stands at; what is set aside is left out. ``level`` is 1..3, as ``Gap.tier``.
    """
    now = clock.now()
    given: dict[str, Any] = {
        "lo": within.lo,
        "hi": within.hi,
        "now": now,
        "day": now - DAY,
        "level": level,
        "county": COUNTY,
    }
    with prepared.cursor() as cursor:
        cursor.execute(_SUMS, given | {"length": length, "county": COUNTY, "by_kind": by_kind})
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


_SUMS = """
SELECT CASE WHEN %(length)s <= 12 THEN left(split_part(path, '/', 1), %(length)s) ELSE left(path, %(length)s) END
       AS place,
       CASE WHEN %(by_kind)s THEN kind ELSE '' END AS cause, count(*), count(*) FILTER (WHERE opened_at <= %(day)s),
       count(*) FILTER (WHERE tier = %(county)s),
       count(*) FILTER (WHERE taken_until > %(now)s), count(*) FILTER (WHERE tier >= %(level)s), min(opened_at),
       min(opened_at) FILTER (WHERE tier >= %(level)s), max(severity)
  FROM gaps_gap
 WHERE path >= %(lo)s AND path < %(hi)s AND closed_at IS NULL
   AND (set_aside_until IS NULL OR set_aside_until <= %(now)s)
 GROUP BY place, cause
 ORDER BY place, cause
"""

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
