"""The sweep: what has run out of time becomes a gap, what the facts have met is closed, what waited too long climbs.

Safe to run twice, side by side or after a kill: it only ever compares what is found with what is open, writes whole
sets, and does nothing while another runs.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from firstline.gaps import clocks, comparing, county_states
from firstline.gaps.models import Sweep
from firstline.gaps.raising import climb
from firstline.gaps.rules import RulesInForce
from firstline.gaps.shift_end import hand_on
from firstline.gaps.telling import tell_raised
from firstline.kernel import bulk, changes, clock, gap_sources, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.response.answering.selectors import places_named

_LOCK = "firstline:gaps.sweep"


class Swept(NamedTuple):
    """What one sweep found and did, in figures."""

    due: int
    opened: int
    closed: int
    climbed: int
    handed_on: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.opened or self.closed or self.climbed or self.handed_on)


@action("gaps.sweep")
def sweep(actor: Actor) -> Swept:
    """Compare everything that is late with the gaps that are open. One entry in the ledger, if anything changed."""
    now = clock.now()
    if not _alone():
        ledger.repeated(path="")
        return Swept(0, 0, 0, 0)
    position = changes.watermark()
    swept = _sweep(actor, now)
    county_states.keep(now, position)
    if not swept.changed:
        ledger.repeated(path="")
        return swept
    row = Sweep.objects.create(at=now, **swept._asdict())
    ledger.record(path="", subject=row, after=swept._asdict())
    tell_raised(actor)
    return swept


def _sweep(actor: Actor, now: datetime) -> Swept:
    rules, named = RulesInForce(now), bulk.array(places_named())
    _lock_what_is_taken()
    due = comparing.find_late()
    with comparing.whole_sets():
        comparing.compare()
        opened, closed = comparing.reconcile(now, {**clocks.given(rules, gap_sources.kinds()), "named": named})
    handed_on = hand_on(actor, rules, now)
    with comparing.whole_sets():
        climbed = climb(rules, now, named)
    return Swept(due, opened, closed, climbed, handed_on)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
        return bool(cursor.fetchone()[0])


def _lock_what_is_taken() -> None:
    """Whoever hands over several at once locks them in this order too, so neither waits for the other for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM gaps_gap WHERE taken_by_id IS NOT NULL ORDER BY id FOR NO KEY UPDATE")
