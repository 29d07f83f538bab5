"""What is late beside what is open: the difference is found, and written, by the database in whole sets.

The tables of a sweep are its session's own, and empty again when its transaction ends. They are analysed, as the
database must know how long a list is to join it in reasonable time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from firstline.gaps.clocks import HELD, KNOWN, reached
from firstline.gaps.escalation import COMMUNITY_LENGTH, COUNTY, TOWNSHIP, TOWNSHIP_LENGTH, VILLAGE
from firstline.kernel import gap_sources
from firstline.kernel.ids import numbered, uuid7


@contextmanager
def whole_sets() -> Iterator[None]:
    """Statements in this block join whole sets, whatever the database believes of their size."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_SETS)
    yield
    with connection.cursor() as cursor:
        cursor.execute(_AS_BEFORE)


def find_late() -> int:
    """Ask everybody what is late, into ``sweep_late``; how much it is."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
    gap_sources.write_late("sweep_late")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sweep_late")
        cursor.execute("SELECT count(*) FROM sweep_late")
        return int(cursor.fetchone()[0])


def compare() -> None:
    """Put what is late and not open, or open and not late, or otherwise than it stands, into ``sweep_difference``."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE)
        cursor.execute("ANALYZE sweep_difference")


def reconcile(now: datetime, given: Mapping[str, Any]) -> tuple[int, int]:
    """Open what is late and has no open gap, bring counts up to date, close what is late no more.

    How many are new, and how many are closed. The new ones stand in ``sweep_raised``. ``given``: ``clocks.given`` and
    the places people are ``named`` at.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT)
        cursor.execute(_CLOSE, {"now": now, "event": uuid7()})
        closed = cursor.rowcount
        cursor.execute(_OPEN, {**given, **_LEVELS, "now": now, "gap": uuid7(), "event": uuid7()})
        return int(cursor.rowcount), int(closed)


_LEVELS = {
    "village": VILLAGE,
    "township": TOWNSHIP,
    "county": COUNTY,
    "township_length": TOWNSHIP_LENGTH,
    "community_length": COMMUNITY_LENGTH,
}

# How many gaps are open the database may believe to be none, minutes after a storm; then it would go through all that
# is late once for each of them. The memory is that of one sort or one join: a sweep has a few, one after another.
_IN_SETS = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '48MB'"

# What is planned while the table was small looks through all of it for each event's gap: also what the database keeps
# planned to check that the gap is there.
_AS_BEFORE = "SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT; DISCARD PLANS"

_TABLES = """
CREATE TEMPORARY TABLE IF NOT EXISTS sweep_late (
    kind text, path text COLLATE "C", count integer, since timestamptz, late_from timestamptz) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS sweep_difference (
    gap_id uuid, kind text, path text COLLATE "C", count integer, since timestamptz, late_from timestamptz
) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE IF NOT EXISTS sweep_raised (
    id uuid, kind text, path text COLLATE "C", place text COLLATE "C", tier smallint, climbed boolean, count integer,
    severity smallint) ON COMMIT DELETE ROWS;
DELETE FROM sweep_late;
DELETE FROM sweep_difference;
DELETE FROM sweep_raised;
"""

# New has no gap_id, closed has no late_from, recounted has both. In the order of places, in which gaps lie as well.
_COMPARE = """
INSERT INTO sweep_difference (gap_id, kind, path, count, since, late_from)
SELECT open.id, coalesce(late.kind, open.kind), coalesce(late.path, open.path) AS place,
       late.count, late.since, late.late_from
  FROM (SELECT id, kind, path, count, since FROM gaps_gap WHERE closed_at IS NULL) AS open
  FULL JOIN sweep_late AS late ON late.kind = open.kind AND late.path = open.path
 WHERE (open.count, open.since) IS DISTINCT FROM (late.count, late.since)
 ORDER BY place
"""

_RECOUNT = """
UPDATE gaps_gap AS gap SET count = found.count, since = found.since
  FROM sweep_difference AS found
 WHERE gap.id = found.gap_id AND found.late_from IS NOT NULL
"""

_CLOSE = f"""
WITH met AS (
    UPDATE gaps_gap AS gap
       SET closed_at = %(now)s, climbs_at = NULL, taken_by_id = NULL, taken_until = NULL, disputed = false
      FROM sweep_difference AS found
     WHERE gap.id = found.gap_id AND found.late_from IS NULL
    RETURNING gap.id, gap.path, gap.tier, gap.count, gap.opened_at
)
INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count, seconds)
SELECT {numbered("event")}, id, path, 'closed', %(now)s, tier, count,
       least(extract(epoch FROM %(now)s - opened_at), 2147483647)::integer
  FROM met
"""  # noqa: S608  # of our own parts; every value travels in a parameter

# The places that messages are put together by: nobody stands nearer to a compound where nobody is named.
PLACE = """
CASE WHEN path LIKE '%%/%%/%%' OR path = ANY(%(named)s::text[]) THEN path ELSE split_part(path, '/', 1) END
"""

# What lies at a township or a county waits for no village. What came back goes on at the level it had reached.
_OPEN = f"""
WITH opened AS (
    INSERT INTO gaps_gap (id, kind, path, severity, count, since, opened_at, found_at, first_tier, tier, climbs_at,
                          disputed, previous_id)
    SELECT {numbered("gap")},
           fresh.kind, fresh.path, known.severity, fresh.count, fresh.since, fresh.late_from, %(now)s,
           lowest.tier, clock.tier, clock.climbs_at, false, before.id
      FROM sweep_difference AS fresh
      JOIN {KNOWN} ON known.kind = fresh.kind
      JOIN {HELD} ON held.severity = known.severity AND fresh.path >= held.lo AND fresh.path < held.hi
      LEFT JOIN LATERAL (
            SELECT spell.id, spell.tier FROM gaps_gap AS spell
             WHERE spell.kind = fresh.kind AND spell.path = fresh.path
               AND spell.closed_at > %(now)s - make_interval(mins => held.relapse)
             ORDER BY spell.closed_at DESC LIMIT 1) AS before ON true
      CROSS JOIN LATERAL (
            SELECT greatest(known.first_tier, before.tier,
                            CASE WHEN length(fresh.path) < %(township_length)s THEN %(county)s
                                 WHEN length(fresh.path) < %(community_length)s THEN %(township)s
                                 ELSE %(village)s END) AS tier) AS lowest
      {reached(opened_at="fresh.late_from", first_tier="lowest.tier", tier="lowest.tier")}
     WHERE fresh.gap_id IS NULL
    RETURNING id, kind, path, tier, first_tier, count, severity, previous_id
), told AS (
    INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count)
    SELECT {numbered("event")},
           id, path, CASE WHEN previous_id IS NULL THEN 'opened' ELSE 'relapsed' END, %(now)s, tier, count
      FROM opened
)
INSERT INTO sweep_raised (id, kind, path, place, tier, climbed, count, severity)
SELECT id, kind, path, {PLACE}, tier, tier > first_tier, count, severity FROM opened
"""  # noqa: S608
