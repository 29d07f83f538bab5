"""How long it took until gaps were closed by the fact, by kind and by the level they had reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.gaps.models import Reach
from firstline.gaps.selectors import READ
from firstline.kernel import clock, gap_sources
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range

_USUAL_DAYS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """How long one kind took at one level: in half of the cases at most ``median``, in nine of ten ``ninety``."""

    title: str | Promise
    level: str | Promise
    closed: int
    median: timedelta
    ninety: timedelta

    @property
    def half_within(self) -> str:
        return _hours(self.median)

    @property
    def nine_of_ten_within(self) -> str:
        return _hours(self.ninety)


def history_page(actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """What was closed from one day to another (the last week, unless both are days), the slowest first."""
    today = timezone.localdate(clock.now())
    last = _day(asked.get("until", ""), today)
    first = min(_day(asked.get("from", ""), last - timedelta(days=_USUAL_DAYS - 1)), last)
    rows = times_to_close(actor.ranges(READ), _begin_of(first), _begin_of(last + timedelta(days=1)))
    return {
        "section": "gaps:home",
        "first": first,
        "last": last,
        "rows": rows,
        "closed": sum(row.closed for row in rows),
    }


def times_to_close(within: Sequence[Range], since: datetime, until: datetime) -> list[Span]:
    """Times to close in ranges, of what was closed from ``since`` to before ``until``; the largest median first."""
    given: dict[str, Any] = {
        "los": [one.lo for one in within],
        "his": [one.hi for one in within],
        "since": since,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, given)
        found = cursor.fetchall()
    known = gap_sources.kinds()
    return [
        Span(
            known[kind].title if kind in known else kind,
            Reach(tier).label,
            closed,
            timedelta(seconds=median),
            timedelta(seconds=ninety),
        )
        for kind, tier, closed, median, ninety in found
    ]


def _hours(span: timedelta) -> str:
    return _("%(hours)s h") % {"hours": localize(round(span / timedelta(hours=1), 1))}


def _day(given: str, otherwise: date) -> date:
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    return day if day is not None and 2000 <= day.year < 9000 else otherwise


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


# Interpolated, as PostgreSQL's percentile_cont is: of one and three hours the median is two.
_TIMES = """
SELECT gap.kind, event.tier, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY event.seconds) AS median,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY event.seconds)
  FROM unnest(%(los)s::text[], %(his)s::text[]) AS part (lo, hi)
  JOIN gaps_gapevent AS event ON event.path >= part.lo COLLATE "C" AND event.path < part.hi COLLATE "C"
  JOIN gaps_gap AS gap ON gap.id = event.gap_id
 WHERE event.what = 'closed' AND event.at >= %(since)s AND event.at < %(until)s
 GROUP BY gap.kind, event.tier
 ORDER BY median DESC, gap.kind, event.tier
"""
