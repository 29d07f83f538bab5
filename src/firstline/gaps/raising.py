"""What has waited too long climbs: in one statement where nobody ever had it, by the pure functions where somebody had.

Those whose clock stood meanwhile, or whose rules were changed, get a later moment.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from firstline.gaps.clocks import HELD, held_by, reached
from firstline.gaps.comparing import PLACE
from firstline.gaps.models import STOPS, Gap
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.kernel import bulk
from firstline.kernel.ids import numbered, uuid7

# So many gaps at once are read into the process.
_AT_ONCE = 2_000


def climb(rules: RulesInForce, now: datetime, named: str) -> int:
    """Raise what has waited too long; how many climbed. They stand in ``sweep_raised``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT severity FROM gaps_gap WHERE closed_at IS NULL AND climbs_at <= %s", [now])
        severities = {row[0] for row in cursor.fetchall()}
    if not severities:
        return 0
    given = {"now": now, "named": named, "stops": list(STOPS)}
    held = bulk.records(held_by(rules, severities))
    climbed = _raise(_BY_THE_DATABASE, {**given, "held": held})
    for gaps in _stopped(now):
        taken = taken_of(gaps)
        rows = []
        for gap in gaps:
            before = gap.tier
            rules.put_clock(gap, taken[gap.pk], now)
            rows.append({"id": gap.pk, "tier": gap.tier, "climbs_at": gap.climbs_at, "before": before})
        climbed += _raise(_BY_THE_FUNCTIONS, {**given, "rows": bulk.records(rows)})
    return climbed


def _raise(statement: str, given: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**given, "event": uuid7()})
        return int(cursor.rowcount)


def _stopped(now: datetime) -> Iterator[list[Gap]]:
    """What is ripe still: somebody stopped its clock at some time."""
    ripe = Gap.objects.filter(closed_at=None, climbs_at__lte=now).order_by("pk").select_for_update(no_key=True)
    last = uuid.UUID(int=0)
    while gaps := list(ripe.filter(pk__gt=last)[:_AT_ONCE]):
        last = gaps[-1].pk
        yield gaps


# Asked once more of the row itself: whoever takes it at this moment stops its clock before this is written.
_RAISE = f"""
WITH raised AS (
    UPDATE gaps_gap AS gap SET tier = ripe.tier, climbs_at = ripe.climbs_at
      FROM ({{ripe}}) AS ripe
     WHERE gap.id = ripe.id AND gap.closed_at IS NULL AND gap.climbs_at <= %(now)s
    RETURNING gap.id, gap.kind, gap.path, gap.tier, gap.count, gap.severity, ripe.before
), told AS (
    INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count)
    SELECT {numbered("event")}, id, path, 'climbed', %(now)s, tier, count FROM raised WHERE tier > before
)
INSERT INTO sweep_raised (id, kind, path, place, tier, climbed, count, severity)
SELECT id, kind, path, {PLACE}, tier, true, count, severity FROM raised WHERE tier > before
"""  # noqa: S608  # of our own parts; every value travels in a parameter

_BY_THE_DATABASE = _RAISE.format(
    ripe=f"""
    SELECT late.id, late.tier AS before, clock.tier, clock.climbs_at
      FROM gaps_gap AS late
      JOIN {HELD} ON held.severity = late.severity AND late.path >= held.lo AND late.path < held.hi
      {reached(opened_at="late.opened_at", first_tier="late.first_tier", tier="late.tier")}
     WHERE late.closed_at IS NULL AND late.climbs_at <= %(now)s
       AND NOT EXISTS (SELECT FROM gaps_gapevent WHERE gap_id = late.id AND what = ANY(%(stops)s))"""  # noqa: S608
)

_BY_THE_FUNCTIONS = _RAISE.format(
    ripe="""
    SELECT * FROM json_to_recordset(%(rows)s) AS found (id uuid, tier smallint, climbs_at timestamptz, before smallint)
"""
)
