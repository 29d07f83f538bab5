"""The sweep: what has run out of time becomes a gap, what the facts have met is closed, what waited too long climbs.

Set-based, and safe to run twice, side by side or after a kill: what is found is compared with what is open in one
statement, and a second sweep at the same time does nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from firstline.gaps.escalation import climb_from, tier_at
from firstline.gaps.models import Gap, GapEvent, Sweep, What
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.gaps.signals import gaps_changed
from firstline.kernel import bulk, clock, gap_sources, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.gap_sources import Known, Late, Waiting
from firstline.kernel.ids import uuid7

_LOCK = "firstline:gaps.sweep"


class Swept(NamedTuple):
    """What one sweep found and did, in figures."""

    due: int
    opened: int
    closed: int
    climbed: int

    @property
    def changed(self) -> bool:
        return bool(self.opened or self.closed or self.climbed)


@action("gaps.sweep")
def sweep(actor: Actor) -> Swept:
    """Compare everything that is late with the gaps that are open. One entry in the ledger, if anything changed."""
    now = clock.now()
    if not _alone():
        ledger.repeated(path="")
        return Swept(0, 0, 0, 0)
    late, rules = gap_sources.late_everywhere(), RulesInForce(now)
    opened, closed = _reconcile(late, rules, now)
    climbed = _climb(rules, now)
    swept = Swept(len(late), opened, closed, climbed)
    _keep_county_states(now)
    if not swept.changed:
        ledger.repeated(path="")
        return swept
    row = Sweep.objects.create(at=now, **swept._asdict())
    ledger.record(path="", subject=row, after=swept._asdict())
    gaps_changed.send(sender=Sweep, sweep=row, actor=actor)
    return swept


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
        return bool(cursor.fetchone()[0])


def _reconcile(late: Sequence[Late], rules: RulesInForce, now: datetime) -> tuple[int, int]:
    """Open what is late and has no open gap, bring counts up to date, close what is late no more."""
    kinds = gap_sources.kinds()
    due = bulk.records([_due(one, kinds, rules, now) for one in late])
    with connection.cursor() as cursor:
        cursor.execute(_RECONCILE, {"due": due, "now": now})
        opened, closed = cursor.fetchone()
    return int(opened), int(closed)


def _due(one: Late, kinds: Mapping[str, Waiting | Known], rules: RulesInForce, now: datetime) -> dict[str, object]:
    kind, held = kinds[one.kind], rules.at(one.path)
    band = held.band_of(kind.severity)
    tier = tier_at(one.late_from, kind.first_tier, band, (), now)
    return {
        "id": uuid7(),
        "kind": one.kind,
        "path": one.path,
        "severity": kind.severity,
        "count": one.count,
        "since": one.since,
        "opened_at": one.late_from,
        "first_tier": kind.first_tier,
        "tier": tier,
        "climbs_at": climb_from(one.late_from, kind.first_tier, tier, band, ()),
        "relapse_from": now - timedelta(minutes=held.relapse_minutes),
    }


def _climb(rules: RulesInForce, now: datetime) -> int:
    """Raise what has waited too long; how many. Those whose clock stood meanwhile get a later moment."""
    ripe = list(Gap.objects.filter(closed_at=None, climbs_at__lte=now).order_by("pk").select_for_update(no_key=True))
    taken, events = taken_of(ripe), []
    for gap in ripe:
        before = gap.tier
        rules.put_clock(gap, taken[gap.pk], now)
        if gap.tier > before:
            events.append(GapEvent(gap=gap, path=gap.path, what=What.CLIMBED, at=now, tier=gap.tier, count=gap.count))
    Gap.objects.bulk_update(ripe, ["tier", "climbs_at"], batch_size=2_000)
    GapEvent.objects.bulk_create(events, batch_size=5_000)
    return len(events)


def _keep_county_states(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTIES, {"now": now})


# Whatever a gap says was known when it was opened; afterwards only how much of it there is changes here. What came back
# is given the present moment to climb at, so that its clock is put right below.
_RECONCILE = """
WITH due AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(due)s) AS given (
        id uuid, kind text, path text, severity smallint, count integer, since timestamptz, opened_at timestamptz,
        first_tier smallint, tier smallint, climbs_at timestamptz, relapse_from timestamptz)
), standing AS MATERIALIZED (
    SELECT id, kind, path, tier, count, opened_at FROM gaps_gap WHERE closed_at IS NULL
), recounted AS (
    UPDATE gaps_gap AS gap SET count = due.count, since = due.since
      FROM due
     WHERE gap.closed_at IS NULL AND gap.kind = due.kind AND gap.path = due.path COLLATE "C"
       AND (gap.count, gap.since) IS DISTINCT FROM (due.count, due.since)
), met AS (
    UPDATE gaps_gap AS gap
       SET closed_at = %(now)s, climbs_at = NULL, taken_by_id = NULL, taken_until = NULL, disputed = false
      FROM standing
      LEFT JOIN due ON due.kind = standing.kind AND due.path COLLATE "C" = standing.path
     WHERE gap.id = standing.id AND due.id IS NULL
    RETURNING gap.id, gap.path, gap.tier, gap.count, gap.opened_at
), fresh AS MATERIALIZED (
    SELECT due.*, before.id AS previous_id, before.tier AS reached
      FROM due
      LEFT JOIN standing ON standing.kind = due.kind AND standing.path = due.path COLLATE "C"
      LEFT JOIN LATERAL (
            SELECT spell.id, spell.tier FROM gaps_gap AS spell
             WHERE spell.kind = due.kind AND spell.path = due.path COLLATE "C"
               AND spell.closed_at > due.relapse_from
             ORDER BY spell.closed_at DESC LIMIT 1) AS before ON true
     WHERE standing.id IS NULL
), opened AS (
    INSERT INTO gaps_gap (id, kind, path, severity, count, since, opened_at, found_at, first_tier, tier, climbs_at,
                          disputed, previous_id)
    SELECT id, kind, path, severity, count, since, opened_at, %(now)s, greatest(first_tier, coalesce(reached, 0)),
           greatest(tier, coalesce(reached, 0)), CASE WHEN reached IS NULL THEN climbs_at ELSE %(now)s END, false,
           previous_id
      FROM fresh
    RETURNING id, path, tier, count, previous_id
), told AS (
    INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count, seconds)
    SELECT gen_random_uuid(), id, path, 'closed', %(now)s, tier, count,
           least(extract(epoch FROM %(now)s - opened_at), 2147483647)::integer FROM met
    UNION ALL
    SELECT gen_random_uuid(), id, path, CASE WHEN previous_id IS NULL THEN 'opened' ELSE 'relapsed' END, %(now)s, tier,
           count, NULL FROM opened
)
SELECT (SELECT count(*) FROM opened), (SELECT count(*) FROM met)
"""

_COUNTIES = """
INSERT INTO gaps_countystate (path, swept_at, changed_at)
SELECT path, %(now)s, %(now)s FROM places_place WHERE kind = 'county' ORDER BY path
    ON CONFLICT (path) DO UPDATE
   SET swept_at = excluded.swept_at,
       changed_at = CASE WHEN EXISTS (
                        SELECT FROM gaps_gapevent AS event
                         WHERE event.path >= excluded.path AND event.path < excluded.path || '~'
                           AND event.at = excluded.swept_at)
                    THEN excluded.swept_at ELSE gaps_countystate.changed_at END
"""
