"""Reading the ledger: one day of it at a time, within the reader's places."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Func, Q, QuerySet, TextField
from django.db.models.functions import Substr
from django.utils import timezone

from firstline.audit.models import LedgerEntry
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMPOUND_LENGTH, subtree

READ = "audit.read_ledger"
PAGE = 50

_POSITION = Func(template="pg_snapshot_xmin(pg_current_snapshot())::text", output_field=TextField())


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the ledger is asked for. ``before`` is the entry after which to go on, latest first."""

    day: date
    looks: bool | None = None
    person: uuid.UUID | None = None
    action: str = ""
    place: str = ""
    before: tuple[datetime, uuid.UUID] | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What that day holds, so that only what leads somewhere can be chosen."""

    acts: int
    looks: int
    people: dict[uuid.UUID, str]
    actions: list[str]
    places: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one day, latest first, and whether there are more.

    ``position`` is the commit-safe one at which they were read: whatever lies below it is committed or gone for ever.
    """

    rows: Sequence[LedgerEntry]
    more: bool
    position: str


def entries(actor: Actor, chosen: Chosen) -> Page:
    """One page of what is chosen."""
    found = _chosen(actor, chosen).order_by("-at", "-id")
    if chosen.before is not None:
        at, entry_id = chosen.before
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=entry_id))
    # In the same statement, so that it is the position of these rows and of no later moment.
    rows = list(found.annotate(position=_POSITION)[: PAGE + 1])
    return Page(rows[:PAGE], len(rows) > PAGE, rows[0].position if rows else "")


def facets(actor: Actor, chosen: Chosen) -> Facets:
    """What can be chosen on that day, in one statement; the counts are of what is chosen otherwise."""
    grouped = (
        _readable(actor)
        .filter(_on(chosen.day))
        # A place is chosen as a compound or what lies above it; doors would be thousands.
        .values_list("actor_id", "actor_label", "action", "is_look", Substr("path", 1, COMPOUND_LENGTH))
        .annotate(entries=Count("id"))
        .order_by()
    )
    kinds: Counter[bool] = Counter()
    people, actions, places = {}, set(), set()
    fits = _fitting(chosen)
    for actor_id, label, action, is_look, place, count in grouped:
        people[actor_id] = label
        actions.add(action)
        places.add(place)
        if fits(actor_id, action, place):
            kinds[is_look] += count
    return Facets(kinds[False], kinds[True], people, sorted(actions), sorted(places))


def day_before(actor: Actor, chosen: Chosen) -> date | None:
    """The nearest earlier day that has entries of the same choice."""
    earlier = _chosen(actor, chosen, any_day=True).filter(at__lt=_bounds(chosen.day)[0]).order_by("-at")
    return _day_of(earlier.values_list("at", flat=True).first())


def day_after(actor: Actor, chosen: Chosen) -> date | None:
    """The nearest later day that has entries of the same choice."""
    later = _chosen(actor, chosen, any_day=True).filter(at__gte=_bounds(chosen.day)[1]).order_by("at")
    return _day_of(later.values_list("at", flat=True).first())


def _readable(actor: Actor) -> QuerySet[LedgerEntry]:
    mine = Q(pk__in=[])
    for one in actor.ranges(READ):
        mine |= Q(path__gte=one.lo, path__lt=one.hi)
    return LedgerEntry.objects.filter(mine)


def _chosen(actor: Actor, chosen: Chosen, *, any_day: bool = False) -> QuerySet[LedgerEntry]:
    found = _readable(actor)
    if not any_day:
        found = found.filter(_on(chosen.day))
    if chosen.looks is not None:
        found = found.filter(is_look=chosen.looks)
    if chosen.person is not None:
        found = found.filter(actor_id=chosen.person)
    if chosen.action:
        found = found.filter(action=chosen.action)
    if chosen.place:
        below = subtree(chosen.place)
        found = found.filter(path__gte=below.lo, path__lt=below.hi)
    return found


def _fitting(chosen: Chosen) -> Callable[[uuid.UUID, str, str], bool]:
    below = subtree(chosen.place)

    def fits(actor_id: uuid.UUID, action: str, place: str) -> bool:
        return chosen.person in {None, actor_id} and chosen.action in {"", action} and place in below

    return fits


def _on(day: date) -> Q:
    begins, ends = _bounds(day)
    return Q(at__gte=begins, at__lt=ends)


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = timezone.make_aware(datetime.combine(day, time.min))
    return begins, begins + timedelta(days=1)


def _day_of(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
