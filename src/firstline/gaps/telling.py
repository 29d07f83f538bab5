"""Telling people of gaps: whoever answers when one opens or climbs, whoever decides when one is said to be wrong.

What opens in one sweep, of one kind, in one community and for one person, is one message: it says how much, and leads
to the gap, or to the list of them.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from firstline.accounts.selectors import who_may
from firstline.gaps.models import Gap, Reach
from firstline.kernel import gap_sources, paths, wording
from firstline.kernel.actors import Actor
from firstline.kernel.ports import Subject
from firstline.notify import kinds
from firstline.notify.actions import Telling, tell_many
from firstline.response.answering.selectors import answerers_at, line_above

# How what is told of a kind reads, by what happened.
_TITLES = {
    "late": _("{title}: the time has run out"),
    "climbed": _("{title}: nobody answered, it is yours now"),
    "disputed": _("{title}: somebody says it is wrong, you decide"),
}
HANDED_OVER = "gaps.handed_over"
_TEXT = _("{title} ({unit}: %(count)d)")
_SPACE = uuid.UUID("5b0a4c1e-7d0f-5a3e-9f43-1d6b4f0c9a52")


class _Told(NamedTuple):
    """What is one message."""

    person_id: uuid.UUID | None
    happened: str
    kind: str
    community: str


def register_kinds() -> None:
    """Say how messages about each kind of gap read, and what the ledger calls it.

    Called in ``ready()``, after all who register kinds.
    """
    kinds.register(HANDED_OVER, _("Handed over to you"), _("%(count)d things are yours now"), group=False)
    for name, kind in gap_sources.kinds().items():
        text = format_lazy(_TEXT, title=kind.title, unit=kind.unit)
        for happened, title in _TITLES.items():
            kinds.register(_message(happened, name), format_lazy(title, title=kind.title), text)
    wording.register(acts={}, values={"kind": {name: kind.title for name, kind in gap_sources.kinds().items()}})


def tell_of(actor: Actor, gap_ids: Iterable[uuid.UUID]) -> None:
    """Tell whoever answers at the level they have reached of gaps that opened or climbed; in the sweep's transaction.

    Who stands above themselves is told once, on the lower level. A gap nobody answers for is told to the robots of its
    place.
    """
    shared: dict[_Told, list[Gap]] = defaultdict(list)
    gaps = list(Gap.objects.in_bulk(list(gap_ids)).values())
    answering = {
        reach: answerers_at({gap.path for gap in gaps if gap.tier in {reach, reach + 1}}, reach.level)
        for reach in Reach
        if gaps
    }
    for gap in sorted(gaps, key=lambda gap: (gap.path, gap.kind)):
        answerer = answering[Reach(gap.tier)].get(gap.path)
        below = answering[Reach(gap.tier - 1)].get(gap.path) if gap.tier > gap.first_tier else None
        if answerer is not None and below is not None and below.person_id == answerer.person_id:
            continue
        happened = "climbed" if gap.tier > gap.first_tier else "late"
        person_id = answerer.person_id if answerer else None
        shared[_Told(person_id, happened, gap.kind, paths.community_of(gap.path))].append(gap)
    tell_many(actor, [_telling(told, about) for told, about in shared.items()])


def tell_decider(actor: Actor, gap: Gap) -> None:
    """Tell the nearest of those who answer and may decide, else all who may, that a gap is said to be wrong."""
    if gap.kind not in gap_sources.kinds():
        # Of an app that is gone: the next sweep closes it.
        return
    may = who_may("gaps.settle_dispute", gap.path).keys() - {actor.person_id}
    line = [rung.answerer.person_id for rung in line_above(gap.path) if rung.answerer]
    nearest = [person_id for person_id in line if person_id in may][:1]
    told = _Told(None, "disputed", gap.kind, gap.path)
    tell_many(actor, [_telling(told, [gap], nearest or sorted(may), uuid.uuid4())])


def tell_taker(actor: Actor, gaps: list[Gap], person_id: uuid.UUID) -> None:
    """Tell somebody that what another had is theirs now; one message, however much it is."""
    url = f"{reverse('gaps:list')}?show=mine"
    worst = max(gap.severity for gap in gaps)
    tell_many(actor, [Telling(HANDED_OVER, gaps[0].path, [person_id], {"count": len(gaps)}, url, worst)])


def _telling(told: _Told, about: list[Gap], to: list[uuid.UUID] | None = None, key: uuid.UUID | None = None) -> Telling:
    first, several = about[0], len(about) > 1
    if to is None:
        to = [told.person_id] if told.person_id else []
    listed = f"{reverse('gaps:list')}?{urlencode({'kind': told.kind, 'at': told.community})}"
    return Telling(
        kind=_message(told.happened, told.kind),
        path=told.community if several else first.path,
        to=to,
        words={"count": sum(gap.count for gap in about)},
        url=listed if several else reverse("gaps:gap", args=[first.pk]),
        severity=max(gap.severity for gap in about),
        subject=Subject(Gap._meta.label_lower, first.pk),
        # Of the gaps and the level they have reached: a sweep that is run again says nothing anew.
        id=key or uuid.uuid5(_SPACE, f"{first.pk} {first.tier} {told.person_id}"),
    )


def _message(happened: str, kind: str) -> str:
    return f"gaps.{happened}.{kind}"
