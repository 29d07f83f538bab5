"""The sweep: what has run out of time becomes a gap, what the facts have met is closed, what waited too long climbs.

Safe to run twice, side by side or after a kill: it only ever compares what is found with what is open, writes whole
sets, and does nothing while another runs.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from firstline.gaps.escalation import climb_from, level_of, tier_at
from firstline.gaps.models import Gap, GapEvent, Sweep, What
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.gaps.telling import tell_of
from firstline.kernel import bulk, clock, gap_sources, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.gap_sources import Known, Late, Waiting
from firstline.kernel.ids import uuid7

_LOCK = "firstline:gaps.sweep"


class _Standing(NamedTuple):
    """A gap that is open, as far as a sweep can change it."""

    id: uuid.UUID
    much: int
    since: datetime


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
    fresh, closed = _reconcile(late, rules, now)
    raised = _climb(rules, now)
    opened, climbed = len(fresh), len(raised)
    swept = Swept(len(late), opened, closed, climbed)
    _keep_county_states(now)
    if not swept.changed:
        ledger.repeated(path="")
        return swept
    row = Sweep.objects.create(at=now, **swept._asdict())
    ledger.record(path="", subject=row, after=swept._asdict())
    tell_of(actor, [*fresh, *raised])
    return swept


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
        return bool(cursor.fetchone()[0])


def _reconcile(late: Sequence[Late], rules: RulesInForce, now: datetime) -> tuple[list[uuid.UUID], int]:
    """Open what is late and has no open gap, bring counts up to date, close what is late no more.

    Returns which are new, and how many are closed.
    """
    # Compared here: the database, which cannot know how long the list is, would join it the slow way.
    open_now = Gap.objects.filter(closed_at=None).values_list("kind", "path", "pk", "count", "since")
    standing = {
        (kind, path): _Standing(pk, count, since)
        for kind, path, pk, count, since in open_now.iterator(chunk_size=20_000)
    }
    kinds = gap_sources.kinds()
    fresh: list[dict[str, Any]] = []
    recounted: list[dict[str, Any]] = []
    for one in late:
        gap = standing.pop((one.kind, one.path), None)
        if gap is None:
            fresh.append(_due(one, kinds[one.kind], rules, now))
        elif (gap.much, gap.since) != (one.count, one.since):
            recounted.append({"id": gap.id, "count": one.count, "since": one.since})
    met = [{"id": gap.id} for gap in standing.values()]
    with connection.cursor() as cursor:
        for statement, rows in ((_RECOUNT, recounted), (_OPEN, fresh), (_CLOSE, met)):
            if rows:
                cursor.execute(statement, {"rows": bulk.records(rows), "now": now})
    return [one["id"] for one in fresh], len(met)


def _due(one: Late, kind: Waiting | Known, rules: RulesInForce, now: datetime) -> dict[str, Any]:
    held = rules.at(one.path)
    band = held.band_of(kind.severity)
    # What lies at a township or a county waits for no village.
    first_tier = max(kind.first_tier, level_of(one.path))
    tier = tier_at(one.late_from, first_tier, band, (), now)
    return {
        "id": uuid7(),
        "kind": one.kind,
        "path": one.path,
        "severity": kind.severity,
        "count": one.count,
        "since": one.since,
        "opened_at": one.late_from,
        "first_tier": first_tier,
        "tier": tier,
        "climbs_at": climb_from(one.late_from, first_tier, tier, band, ()),
        "relapse_from": now - timedelta(minutes=held.relapse_minutes),
    }


def _climb(rules: RulesInForce, now: datetime) -> list[uuid.UUID]:
    """Raise what has waited too long; which climbed. Those whose clock stood meanwhile get a later moment."""
    ripe = list(Gap.objects.filter(closed_at=None, climbs_at__lte=now).order_by("pk").select_for_update(no_key=True))
    taken = taken_of(ripe)
    rows: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for gap in ripe:
        before = gap.tier
        rules.put_clock(gap, taken[gap.pk], now)
        rows.append({"id": gap.pk, "tier": gap.tier, "climbs_at": gap.climbs_at})
        if gap.tier > before:
            told = {"id": uuid7(), "gap_id": gap.pk, "path": gap.path, "what": What.CLIMBED, "at": now}
            events.append(told | {"tier": gap.tier, "count": gap.count})
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_RAISE, {"rows": bulk.records(rows)})
    bulk.insert(GapEvent, events)
    return [event["gap_id"] for event in events]


def _keep_county_states(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTIES, {"now": now})


_RECOUNT = """
UPDATE gaps_gap AS gap SET count = found.count, since = found.since
  FROM json_to_recordset(%(rows)s) AS found (id uuid, count integer, since timestamptz)
 WHERE gap.id = found.id
"""

# What came back is given the present moment to climb at, so that its clock is put right at once.
_OPEN = """
WITH opened AS (
    INSERT INTO gaps_gap (id, kind, path, severity, count, since, opened_at, found_at, first_tier, tier, climbs_at,
                          disputed, previous_id)
    SELECT due.id, due.kind, due.path, severity, count, since, opened_at, %(now)s,
           greatest(first_tier, coalesce(before.tier, 0)), greatest(due.tier, coalesce(before.tier, 0)),
           CASE WHEN before.id IS NULL THEN climbs_at ELSE %(now)s END, false, before.id
      FROM json_to_recordset(%(rows)s) AS due (
           id uuid, kind text, path text, severity smallint, count integer, since timestamptz, opened_at timestamptz,
           first_tier smallint, tier smallint, climbs_at timestamptz, relapse_from timestamptz)
      LEFT JOIN LATERAL (
            SELECT spell.id, spell.tier FROM gaps_gap AS spell
             WHERE spell.kind = due.kind AND spell.path = due.path COLLATE "C" AND spell.closed_at > due.relapse_from
             ORDER BY spell.closed_at DESC LIMIT 1) AS before ON true
    RETURNING id, path, tier, count, previous_id
)
INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count)
SELECT gen_random_uuid(), id, path, CASE WHEN previous_id IS NULL THEN 'opened' ELSE 'relapsed' END, %(now)s, tier,
       count
  FROM opened
"""

_CLOSE = """
WITH met AS (
    UPDATE gaps_gap AS gap
       SET closed_at = %(now)s, climbs_at = NULL, taken_by_id = NULL, taken_until = NULL, disputed = false
      FROM json_to_recordset(%(rows)s) AS found (id uuid)
     WHERE gap.id = found.id
    RETURNING gap.id, gap.path, gap.tier, gap.count, gap.opened_at
)
INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count, seconds)
SELECT gen_random_uuid(), id, path, 'closed', %(now)s, tier, count,
       least(extract(epoch FROM %(now)s - opened_at), 2147483647)::integer
  FROM met
"""

_RAISE = """
UPDATE gaps_gap AS gap SET tier = found.tier, climbs_at = found.climbs_at
  FROM json_to_recordset(%(rows)s) AS found (id uuid, tier smallint, climbs_at timestamptz)
 WHERE gap.id = found.id
"""

# What people say of gaps has moments of its own; it is looked for a little way back, as it may be committed late.
_COUNTIES = """
INSERT INTO gaps_countystate (path, swept_at, changed_at)
SELECT path, %(now)s, %(now)s FROM places_place WHERE kind = 'county' ORDER BY path
    ON CONFLICT (path) DO UPDATE
   SET swept_at = excluded.swept_at,
       changed_at = CASE WHEN EXISTS (
                        SELECT FROM gaps_gapevent AS event
                         WHERE event.path >= excluded.path AND event.path < excluded.path || '~'
                           AND event.at > gaps_countystate.swept_at - interval '30 seconds')
                    THEN excluded.swept_at ELSE gaps_countystate.changed_at END
"""
