"""Telling people of gaps: whoever answers when one opens or climbs, whoever decides when one is said to be wrong.

What opens in one sweep, of one kind and for one person, is one message, however many places it lies at: it says how
much, and leads to the gap, or to the list of them. Only where a robot stands below, what lies there is one by itself,
so that its group hears of it.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from firstline.accounts.selectors import who_may
from firstline.gaps.models import Gap, Reach
from firstline.kernel import bulk, gap_sources, paths, wording
from firstline.kernel.actors import Actor
from firstline.kernel.ports import Subject
from firstline.notify import kinds
from firstline.notify.actions import Telling, tell_many
from firstline.notify.selectors import robot_places
from firstline.response.answering.selectors import answerers_at, line_above

# How what is told of a kind reads, by what happened.
_TITLES = {
    "late": _("{title}: the time has run out"),
    "climbed": _("{title}: nobody answered, it is yours now"),
    "disputed": _("{title}: somebody says it is wrong, you decide"),
}
HANDED_OVER, GIVEN_BACK = "gaps.handed_over", "gaps.given_back"
_TEXT = _("{title} ({unit}: %(count)d)")
_SPACE = uuid.UUID("5b0a4c1e-7d0f-5a3e-9f43-1d6b4f0c9a52")
_SUBJECT = Gap._meta.label_lower
# So many messages at once are made of what the database has put together.
_AT_ONCE = 10_000


class _Told(NamedTuple):
    """What is one message: of ``gaps`` between two paths, ``much`` in all; ``first`` is the id and tier of one."""

    person_id: uuid.UUID | None
    kind: str
    climbed: bool
    gaps: int
    much: int
    severity: int
    lowest: str
    highest: str
    first: str


def register_kinds() -> None:
    """Say how messages about each kind of gap read, and what the ledger calls it.

    Called in ``ready()``, after all who register kinds.
    """
    kinds.register(HANDED_OVER, _("Handed over to you"), _("%(count)d things are yours now"), group=False)
    returned = _("%(count)d things that somebody had are nobody's now")
    kinds.register(GIVEN_BACK, _("A shift is over"), returned, group=False)
    for name, kind in gap_sources.kinds().items():
        text = format_lazy(_TEXT, title=kind.title, unit=kind.unit)
        for happened, title in _TITLES.items():
            kinds.register(_message(happened, name), format_lazy(title, title=kind.title), text)
    wording.register(acts={}, values={"kind": {name: kind.title for name, kind in gap_sources.kinds().items()}})


def tell_raised(actor: Actor) -> None:
    """Tell whoever answers at the level they have reached of what stands in ``sweep_raised``; in the sweep's
    transaction.

    Who stands above themselves is told once, on the lower level. A gap nobody answers for is told to the robots of its
    place.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACES)
        who, listed = bulk.records(_receivers(cursor.fetchall())), reverse("gaps:list")
        cursor.execute(_TOLD, {"who": who})
        while rows := cursor.fetchmany(_AT_ONCE):
            tell_many(actor, [_telling_of(_Told(*row), listed) for row in rows])


def _receivers(raised: Sequence[tuple[str, int, bool]]) -> list[dict[str, Any]]:
    """Who is told at each place, by level and by what happened, and under which place of a robot."""
    found, robots = [], robot_places()
    answering = {
        reach: answerers_at({place for place, tier, _climbed in raised if tier in {reach, reach + 1}}, reach.level)
        for reach in Reach
    }
    for place, tier, climbed in raised:
        answerer = answering[Reach(tier)].get(place)
        below = answering[Reach(tier - 1)].get(place) if climbed else None
        if answerer is not None and below is not None and below.person_id == answerer.person_id:
            continue
        group = max((one for one in paths.ancestors(paths.community_of(place)) if one in robots), key=len, default="")
        person_id = answerer.person_id if answerer else None
        found.append({"place": place, "tier": tier, "climbed": climbed, "person_id": person_id, "robots": group})
    return found


def tell_decider(actor: Actor, gap: Gap) -> None:
    """Tell the nearest of those who answer and may decide, else all who may, that a gap is said to be wrong."""
    if gap.kind not in gap_sources.kinds():
        # Of an app that is gone: the next sweep closes it.
        return
    may = who_may("gaps.settle_dispute", gap.path).keys() - {actor.person_id}
    line = [rung.answerer.person_id for rung in line_above(gap.path) if rung.answerer]
    nearest = [person_id for person_id in line if person_id in may][:1]
    url, about = reverse("gaps:gap", args=[gap.pk]), Subject(_SUBJECT, gap.pk)
    kind, to = _message("disputed", gap.kind), nearest or sorted(may)
    tell_many(actor, [Telling(kind, gap.path, to, {"count": gap.count}, url, gap.severity, about)])


def tell_taker(actor: Actor, gaps: Sequence[Gap], person_id: uuid.UUID) -> None:
    """Tell somebody that what another had is theirs now; one message, however much it is."""
    url = f"{reverse('gaps:list')}?show=mine"
    worst = max(gap.severity for gap in gaps)
    tell_many(actor, [Telling(HANDED_OVER, gaps[0].path, [person_id], {"count": len(gaps)}, url, worst)])


def tell_given_back(actor: Actor, gaps: Sequence[Gap]) -> None:
    """Tell whoever answers at the level they have reached that nobody has these any more; one message a person."""
    shares: dict[uuid.UUID, list[Gap]] = defaultdict(list)
    for reach in Reach:
        there = [gap for gap in gaps if gap.tier == reach]
        answering = answerers_at({gap.path for gap in there}, reach.level)
        for gap in there:
            if answerer := answering.get(gap.path):
                shares[answerer.person_id].append(gap)
    url = f"{reverse('gaps:list')}?show=nobody"
    tell_many(
        actor,
        [
            Telling(GIVEN_BACK, share[0].path, [one], {"count": len(share)}, url, max(gap.severity for gap in share))
            for one, share in shares.items()
        ],
    )


def _telling_of(told: _Told, listed: str) -> Telling:
    first_id, tier = told.first.split()
    place = paths.common(told.lowest, told.highest)
    several = f"{listed}?{urlencode({'kind': told.kind, 'at': place})}"
    return Telling(
        kind=_message("climbed" if told.climbed else "late", told.kind),
        path=place,
        to=[told.person_id] if told.person_id else [],
        words={"count": told.much},
        url=several if told.gaps > 1 else reverse("gaps:gap", args=[first_id]),
        severity=told.severity,
        subject=Subject(_SUBJECT, uuid.UUID(first_id)),
        # Of a gap and the level it has reached: what was told already is not told anew.
        id=uuid.uuid5(_SPACE, f"{first_id} {tier} {told.person_id}"),
    )


def _message(happened: str, kind: str) -> str:
    return f"gaps.{happened}.{kind}"


_PLACES = "SELECT DISTINCT place, tier, climbed FROM sweep_raised"

_TOLD = """
SELECT person_id, kind, climbed, count(*), sum(count), max(severity), min(path), max(path),
       min((id::text || ' ' || tier) COLLATE "C") AS first
  FROM sweep_raised
  JOIN json_to_recordset(%(who)s) AS who (place text, tier smallint, climbed boolean, person_id uuid, robots text)
       USING (place, tier, climbed)
 GROUP BY person_id, kind, climbed, robots
 ORDER BY first
"""
