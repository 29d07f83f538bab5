"""Reading the ledger: some days of it, page by page, within the reader's places."""

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
    """What of the ledger is asked for: from ``since`` (None: of that day alone) to ``day``, both included.

    ``place`` is a place and what lies below it, ``subject`` what an act or a look was about. ``before`` is the entry
    after which to go on, latest first.
    """

    day: date
    since: date | None = None
    looks: bool | None = None
    person: uuid.UUID | None = None
    action: str = ""
    place: str = ""
    subject: uuid.UUID | None = None
    before: tuple[datetime, uuid.UUID] | None = None

    @property
    def first_day(self) -> date:
        """The first of the days; never after the last one."""
        return min(self.since or self.day, self.day)


@dataclass(frozen=True, slots=True)
class Facets:
    """What those days hold, so that only what leads somewhere can be chosen."""

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


def acted_at(kind: str, since: datetime) -> set[str]:
    """Where somebody acted since a moment, of the acts whose name begins so; looks are none. Whoever asks."""
    acts = LedgerEntry.objects.filter(at__gt=since, is_look=False, action__startswith=kind)
    return set(acts.order_by().values_list("path", flat=True).distinct())


def entries(actor: Actor, chosen: Chosen) -> Page:
    """One page of what is chosen."""
    found = _chosen(actor, chosen).order_by("-at", "-id")
    if chosen.before is not None:
        at, entry_id = chosen.before
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=entry_id))
    # In the same statement, so that it is the position of these rows and of no later moment.
    rows = list(found.annotate(position=_POSITION)[: PAGE + 1])
    return Page(rows[:PAGE], len(rows) > PAGE, rows[0].position if rows else "")


def count(actor: Actor, chosen: Chosen) -> int:
    """How many entries are chosen, on all pages."""
    return _chosen(actor, chosen).count()


def entries_before(
    actor: Actor, chosen: Chosen, at: datetime, last: LedgerEntry | None, many: int
) -> list[LedgerEntry]:
    """The next ``many`` entries of what is chosen, latest first: those until ``at``, or those after ``last``."""
    found = _chosen(actor, chosen).order_by("-at", "-id").filter(at__lte=at)
    if last is not None:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    return list(found[:many])


def facets(actor: Actor, chosen: Chosen) -> Facets:
    """What can be chosen in those days, in one statement; the counts are of what is chosen otherwise."""
    # A door is told apart only where one is asked for; else they would be thousands.
    length = max(COMPOUND_LENGTH, len(chosen.place))
    grouped = (
        _about(_readable(actor), chosen)
        .filter(_during(chosen))
        .values_list("actor_id", "actor_label", "action", "is_look", Substr("path", 1, length))
        .annotate(entries=Count("id"))
        .order_by()
    )
    kinds: Counter[bool] = Counter()
    people, actions, places = {}, set(), set()
    fits = _fitting(chosen)
    for actor_id, label, action, is_look, place, count in grouped:
        people[actor_id] = label
        actions.add(action)
        # A place is chosen as a compound or what lies above it, or the one that is chosen already.
        places.add(place if place == chosen.place else place[:COMPOUND_LENGTH])
        if fits(actor_id, action, place):
            kinds[is_look] += count
    return Facets(kinds[False], kinds[True], people, sorted(actions), sorted(places))


def day_before(actor: Actor, chosen: Chosen) -> date | None:
    """The nearest earlier day that has entries of the same choice."""
    earlier = _chosen(actor, chosen, any_day=True).filter(at__lt=_bounds(chosen.first_day)[0]).order_by("-at")
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
        found = found.filter(_during(chosen))
    found = _about(found, chosen)
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


def _about(found: QuerySet[LedgerEntry], chosen: Chosen) -> QuerySet[LedgerEntry]:
    return found if chosen.subject is None else found.filter(subject_id=chosen.subject)


def _during(chosen: Chosen) -> Q:
    return Q(at__gte=_bounds(chosen.first_day)[0], at__lt=_bounds(chosen.day)[1])


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = timezone.make_aware(datetime.combine(day, time.min))
    return begins, begins + timedelta(days=1)


def _day_of(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
