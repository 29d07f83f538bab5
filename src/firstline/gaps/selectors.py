"""Reading gaps: what is open within places, one gap with its story, and what was open at a past moment."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from firstline.gaps.models import Gap, GapEvent, What
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges

READ = "gaps.read"


def open_gaps(within: Iterable[Range], at: datetime | None = None) -> "QuerySet[Gap]":
    """What is open in ranges now, without what is set aside; or what was open at a past moment."""
    if at is not None:
        return _open_at(within, at)
    counted = Q(set_aside_until=None) | Q(set_aside_until__lte=clock.now())
    return Gap.objects.filter(in_ranges(within), counted, closed_at=None)


def _open_at(within: Iterable[Range], at: datetime) -> "QuerySet[Gap]":
    lasting = Q(closed_at=None) | Q(closed_at__gt=at)
    decided = GapEvent.objects.filter(gap=OuterRef("pk"), what=What.SET_ASIDE, at__lte=at, until__gt=at)
    found = Gap.objects.filter(in_ranges(within), lasting, opened_at__lte=at)
    return found.filter(~Exists(decided))


def gap_for(actor: Actor, gap_id: uuid.UUID, *, needs: str = READ) -> Gap:
    """A gap in the actor's places, open or closed. Raises NotFound."""
    found = Gap.objects.filter(in_ranges(actor.ranges(needs)), pk=gap_id).select_related("previous").first()
    if found is None:
        raise NotFound
    return found


def locked(actor: Actor, gap_id: uuid.UUID, *, needs: str) -> Gap:
    """A gap in the actor's places, for the running action alone. Raises NotFound."""
    found = Gap.objects.filter(in_ranges(actor.ranges(needs)), pk=gap_id).select_for_update(no_key=True).first()
    if found is None:
        raise NotFound
    return found


def story_of(gap: Gap) -> list[GapEvent]:
    """Everything that happened to a gap and, before it, to those it is a relapse of; the oldest first."""
    line = [gap.pk]
    while (before := gap.previous) is not None:
        line.append(before.pk)
        gap = before
    return list(GapEvent.objects.filter(gap__in=line).select_related("note").order_by("at", "received_at", "id"))
