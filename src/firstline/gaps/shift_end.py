"""Whoever goes off duty keeps nothing: what they had goes on to who is on duty there, or back to whoever answers.

Off duty is who signed out after having taken it, or is away by the table since. Somebody who takes things without ever
signing in keeps them until they run out.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max

from firstline.accounts.selectors import names_of
from firstline.gaps.gap_page import TAKE
from firstline.gaps.handing_over import pass_on
from firstline.gaps.models import Gap, GapEvent, What
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.gaps.telling import tell_given_back, tell_taker
from firstline.kernel import bulk, ports
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.response.answering.selectors import away_since
from firstline.workforce.models import Step
from firstline.workforce.selectors import latest_signs, on_duty_at


class _Off(NamedTuple):
    """Since when somebody is off duty, and where they were on duty last ("": nowhere)."""

    since: datetime
    place: str


def hand_on(actor: Actor, rules: RulesInForce, now: datetime) -> int:
    """Take from whoever is off duty what they still have; how much. In the sweep's transaction."""
    having = Gap.objects.filter(closed_at=None, taken_by_id__isnull=False, taken_until__gt=now)
    holders = having.order_by().values_list("taken_by_id", flat=True).distinct()
    off = _off_duty({one for one in holders if one}, now)
    if not off:
        return 0
    left = _left_behind(list(having.filter(taken_by_id__in=off).order_by("pk")), off)
    relief = {place: [one for one in there if one not in off] for place, there in _relief(off, now).items()}
    passed: dict[uuid.UUID, list[Gap]] = defaultdict(list)
    returned: list[Gap] = []
    takers = {person_id: ports.actor_of_person(person_id) for there in relief.values() for person_id in there}
    for gap in left:
        there = relief.get(off[gap.taken_by_id].place, []) if gap.taken_by_id else []
        taker = next((one for one in there if takers[one].may(TAKE, gap.path)), None)
        (passed[taker] if taker else returned).append(gap)
    names = names_of(passed.keys())
    for person_id, gaps in passed.items():
        pass_on(actor, gaps, person_id, names[person_id], by_person_id=None)
        tell_taker(actor, gaps, person_id)
    _give_back(returned, rules, now)
    tell_given_back(actor, returned)
    return len(left)


def _off_duty(people: set[uuid.UUID], now: datetime) -> dict[uuid.UUID, _Off]:
    if not people:
        return {}
    signs, away = latest_signs(people, now), away_since(people, now)
    found = {}
    for person_id in people:
        sign = signs.get(person_id)
        ends = [away[person_id]] if person_id in away else []
        if sign is not None and sign.step == Step.OUT:
            ends.append(sign.happened_at)
        if ends:
            found[person_id] = _Off(max(ends), sign.path if sign else "")
    return found


def _left_behind(gaps: Sequence[Gap], off: dict[uuid.UUID, _Off]) -> list[Gap]:
    """What was taken before the shift was over; what somebody takes afterwards is theirs."""
    told = GapEvent.objects.filter(gap__in=gaps, what__in=[What.TAKEN, What.HANDED_OVER])
    taken = dict(told.order_by().values_list("gap_id").annotate(Max("at")))
    return [gap for gap in gaps if gap.taken_by_id and taken[gap.pk] <= off[gap.taken_by_id].since]


def _relief(off: dict[uuid.UUID, _Off], now: datetime) -> dict[str, list[uuid.UUID]]:
    return on_duty_at({one.place for one in off.values() if one.place}, now)


def _give_back(gaps: Sequence[Gap], rules: RulesInForce, now: datetime) -> None:
    """The clocks go on; what should have climbed meanwhile is raised by the same sweep, after this."""
    rows = [
        {"id": uuid7(), "gap_id": gap.pk, "path": gap.path, "what": What.GIVEN_BACK, "at": now}
        | {"tier": gap.tier, "count": gap.count}
        for gap in gaps
    ]
    bulk.insert(GapEvent, rows)
    taken = taken_of(gaps)
    for gap in gaps:
        gap.taken_by_id = gap.taken_until = None
        rules.put_clock(gap, taken[gap.pk], gap.opened_at)
    Gap.objects.bulk_update(gaps, ["taken_by_id", "taken_until", "climbs_at"])
