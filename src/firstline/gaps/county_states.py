"""In which counties a board shows something else than at the last sweep: gaps, doors, places, or who answers.

More may be marked than changed, which costs one more board; nothing that changed may be left out.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models.functions import Left

from firstline.audit.selectors import acted_at
from firstline.gaps.models import CountyState, GapEvent
from firstline.kernel import bulk, changes
from firstline.kernel.changes import Position
from firstline.kernel.paths import COUNTY_LENGTH
from firstline.response.answering.selectors import moved

# What is stamped at a moment may be committed after the sweep that follows it: it is looked for so far back. Lists of
# people take their time.
_SAID_WITHIN, _GAPS_WITHIN = timedelta(minutes=2), timedelta(seconds=30)


def keep(now: datetime, position: Position) -> None:
    """Write down that every county was looked through now, and where anything changed since it last was.

    ``position`` was read before anything else was.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"now": now, "changed": bulk.array(_changed(now, position)), **position._asdict()})


def _changed(now: datetime, position: Position) -> set[str]:
    """The first characters of paths below which something changed; "" is everywhere."""
    last = CountyState.objects.order_by("swept_at").first()
    if last is None or last.seen_generation != position.generation:
        return {""}
    since = last.swept_at - _SAID_WITHIN
    # Those of the last sweep itself were told with it.
    events = GapEvent.objects.filter(at__gt=last.swept_at - _GAPS_WITHIN).exclude(at=last.swept_at)
    gaps = events.order_by().values_list(Left("path", COUNTY_LENGTH), flat=True).distinct()
    said = {path[:COUNTY_LENGTH] for path in moved(since, now) | acted_at("places.", since)}
    touched = changes.lately(Position(last.seen_generation, last.seen_txid), COUNTY_LENGTH)
    return touched | said | set(gaps)


_KEEP = """
INSERT INTO gaps_countystate (path, swept_at, changed_at, seen_generation, seen_txid)
SELECT path, %(now)s, %(now)s, %(generation)s, %(txid)s FROM places_place WHERE kind = 'county' ORDER BY path
    ON CONFLICT (path) DO UPDATE
   SET swept_at = excluded.swept_at, seen_generation = excluded.seen_generation, seen_txid = excluded.seen_txid,
       changed_at = CASE WHEN EXISTS (SELECT FROM unnest(%(changed)s::text[]) AS at (start)
                                       WHERE starts_with(excluded.path, start))
                    THEN excluded.swept_at ELSE gaps_countystate.changed_at END
"""
