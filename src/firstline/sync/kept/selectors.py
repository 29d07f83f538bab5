"""Reading kept commands: what waits at somebody's places, by phone and cause."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges
from firstline.sync.models import OPEN, Kept, KeptState

READ, DECIDE = "sync.read_kept", "sync.decide_kept"
# What is held comes free by itself, mostly within the evening; only what stays concerns anybody.
HELD_TOO_LONG = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Group:
    """Commands of one phone that are kept for one cause: one line, and one decision."""

    device_id: uuid.UUID
    person_id: uuid.UUID
    state: str
    code: str
    count: int
    path: str
    first_at: datetime
    last_at: datetime


def waiting(within: Sequence[Range]) -> QuerySet[Kept]:
    """What waits for somebody in ranges: all that is open, of the held only what is held too long."""
    found = Kept.objects.filter(in_ranges(within), state__in=OPEN)
    return found.exclude(state=KeptState.HELD, since__gt=clock.now() - HELD_TOO_LONG)


def groups_for(actor: Actor) -> list[Group]:
    """What waits at the actor's places, the largest first; one statement."""
    rows = (
        waiting(actor.ranges(READ))
        .order_by()
        .values("device_id", "person_id", "state", "code")
        .annotate(count=Count("pk"), path=Min("path"), first_at=Min("made_at"), last_at=Max("made_at"))
    )
    return sorted((Group(**row) for row in rows), key=lambda one: (-one.count, one.first_at))


def samples_for(actor: Actor, state: str, *, each: int) -> dict[tuple[uuid.UUID, str], list[Kept]]:
    """The first commands of each group of a state, in the order they were made, by device and code."""
    found: dict[tuple[uuid.UUID, str], list[Kept]] = {}
    for one in waiting(actor.ranges(READ)).filter(state=state).order_by("made_at", "seq", "id")[:2_000].iterator():
        shown = found.setdefault((one.device_id, one.code), [])
        if len(shown) < each:
            shown.append(one)
    return found


def open_of(actor: Actor, *, device_id: uuid.UUID, state: str, code: str) -> list[uuid.UUID]:
    """The ids of a group's commands that the actor decides about, in the order they were made."""
    found = waiting(actor.ranges(DECIDE)).filter(device_id=device_id, state=state, code=code)
    return list(found.order_by("made_at", "seq", "id").values_list("pk", flat=True))


def set_aside_at(actor: Actor, *, device_id: uuid.UUID, at: datetime) -> list[Kept]:
    """What of a phone was set aside by one press, locked."""
    found = Kept.objects.filter(in_ranges(actor.ranges(DECIDE)), Q(state=KeptState.SET_ASIDE))
    return list(found.filter(device_id=device_id, since=at).select_for_update(of=("self",)).order_by("pk"))


def locked(actor: Actor, ids: Collection[uuid.UUID]) -> list[Kept]:
    """Kept commands that are still open, in the order they were made, for the running transaction alone."""
    found = Kept.objects.filter(in_ranges(actor.ranges(DECIDE)), pk__in=ids, state__in=OPEN)
    rows = list(found.select_for_update(of=("self",)).order_by("pk"))
    return sorted(rows, key=lambda one: (one.made_at, one.seq))
