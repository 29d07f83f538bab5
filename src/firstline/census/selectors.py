"""Reading the census: where doors stand, what was tried at them, which one comes next."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from firstline.census.models import Attempt, AttemptPhoto, DoorState
from firstline.census.results import DONE, Outcome
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Building, Door
from firstline.places.selectors import in_ranges

READ = "census.read"
_MOMENTS: "ArrayField[list[datetime], list[datetime]]" = ArrayField(DateTimeField())


class Standing(NamedTuple):
    """A door of the frame and where it stands in a campaign; ``stored`` is None where nobody has been."""

    id: uuid.UUID
    building_id: uuid.UUID
    unit: str
    floor: int | None
    room: str
    position: int
    stored: str | None
    attempts: int | None

    @property
    def outcome(self) -> str:
        return self.stored or Outcome.UNTRIED.value


class Recent(NamedTuple):
    """An attempt of today at some door of a compound."""

    id: uuid.UUID
    at: datetime
    recorded_at: datetime
    precision: str
    channel: str
    result: str
    persons_met: int
    by_person_id: uuid.UUID
    door_id: uuid.UUID


def standings(campaign_id: uuid.UUID, within: Range) -> list[Standing]:
    """Every dwelling of a range with its state, in walking order, in one statement."""
    doors = Door.objects.standing().filter(path__gte=within.lo, path__lt=within.hi)
    found = doors.annotate(state=FilteredRelation("states", condition=Q(states__campaign=campaign_id)))
    rows = found.order_by("building__place__position", "building__place__path", "position", "path").values_list(
        "id",
        "building_id",
        "unit",
        "floor",
        "room",
        "position",
        "state__outcome",
        "state__attempts",
    )
    return list(map(Standing._make, rows))


def attempts_at(campaign_id: uuid.UUID, door: Door) -> list[Attempt]:
    """All attempts at a door, the oldest first, with the ids of their pictures; those taken back have a ``void``."""
    pictures = ArraySubquery(AttemptPhoto.objects.filter(attempt=OuterRef("pk")).order_by("id").values("pk"))
    found = Attempt.objects.filter(campaign_id=campaign_id, door=door).select_related("void")
    return list(found.annotate(picture_ids=pictures).order_by("happened_at", "id"))


def attempt_for(actor: Actor, attempt_id: uuid.UUID, *, needs: str = READ) -> Attempt:
    """An attempt the actor may reach, with its door and void. Raises NotFound."""
    reachable = Attempt.objects.filter(in_ranges(actor.ranges(needs)), pk=attempt_id)
    attempt = reachable.select_related("void", "door__building__compound").first()
    if attempt is None:
        raise NotFound
    return attempt


def own_recent_attempt(actor: Actor, attempt_id: uuid.UUID, *, seconds: int) -> Attempt | None:
    """An attempt that this actor recorded within the last seconds and that still counts: what an undo bar offers."""
    found = Attempt.objects.filter(
        pk=attempt_id,
        by_person_id=actor.person_id,
        void__isnull=True,
        recorded_at__gt=clock.now() - timedelta(seconds=seconds),
    )
    return found.select_related("door__building").first()


def recent_attempts(campaign_id: uuid.UUID, within: Range, *, at_most: int) -> list[Recent]:
    """Today's attempts of a range that count, the latest first."""
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    found = Attempt.objects.filter(
        campaign_id=campaign_id, path__gte=within.lo, path__lt=within.hi, happened_at__gte=today
    ).order_by("-happened_at", "-id")
    rows = found.values_list(
        "id",
        "happened_at",
        "recorded_at",
        "happened_precision",
        "channel",
        "result",
        "persons_met",
        "by_person_id",
        "door_id",
        "void__id",
    )
    # Those taken back are few: left out here, the database need not look at every attempt of the day for one.
    latest: Iterable[tuple[Any, ...]] = rows[: 2 * at_most]
    return [Recent._make(row) for *row, void in latest if void is None][:at_most]


def next_door(campaign_id: uuid.UUID, building: Building, after: int = 0) -> Door | None:
    """The next door of a building with work left, in walking order after a position, then from the start again."""
    ahead = Case(When(position__gt=after, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        _left(campaign_id, Door.objects.standing().filter(building=building))
        .order_by(ahead, "position", "path")
        .first()
    )


def settled_by_day(campaign_id: uuid.UUID, within: Range, *, days: int) -> list[tuple[date, int]]:
    """Doors settled on each of the last days, oldest first, the last one being today; days without any count 0."""
    return settled_by_day_and(DoorState.objects.none(), campaign_id, within, days=days)[0]


def settled_by_day_and(
    others: QuerySet[DoorState], campaign_id: uuid.UUID, within: Range, *, days: int
) -> tuple[list[tuple[date, int]], int]:
    """The same, and how many ``others`` there are, in one statement: a home page shows both."""
    today = timezone.localdate(clock.now())
    listed = [today - timedelta(days=back) for back in reversed(range(days))]
    # Comparing moments costs a fraction of asking each one for its day.
    starts = [timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in listed]
    found = (
        DoorState.objects.filter(
            campaign_id=campaign_id,
            path__gte=within.lo,
            path__lt=within.hi,
            outcome__in=sorted(DONE),
            since__gte=starts[0],
        )
        .annotate(number=Func("since", Value(starts, _MOMENTS), function="width_bucket", output_field=IntegerField()))
        .values_list("number")
        .annotate(doors=Count("*"))
    )
    # No day has the number 0: nothing from before the first is counted.
    besides = others.order_by().annotate(number=Value(0)).values_list("number").annotate(doors=Count("*"))
    counts = dict(found.union(besides, all=True))
    return [(day, counts.get(number, 0)) for number, day in enumerate(listed, 1)], counts.get(0, 0)


def attempts_by_round(campaign_id: uuid.UUID, within: Iterable[Range], starts: Sequence[datetime]) -> dict[int, int]:
    """Attempts that count, by the number of the round they fall into (1 is the first of ``starts``)."""
    found = Attempt.objects.filter(in_ranges(within), campaign_id=campaign_id, void=None)
    numbered = found.annotate(
        number=Func("happened_at", Value(list(starts), _MOMENTS), function="width_bucket", output_field=IntegerField())
    )
    return dict(numbered.values_list("number").annotate(attempts=Count("pk")))


def _left(campaign_id: uuid.UUID, doors: QuerySet[Door]) -> QuerySet[Door]:
    state = FilteredRelation("states", condition=Q(states__campaign=campaign_id))
    return doors.annotate(state=state).filter(Q(state__outcome=None) | ~Q(state__outcome__in=sorted(DONE)))
