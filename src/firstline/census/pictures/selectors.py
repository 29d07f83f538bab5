"""Reading what the pictures show: doors settled by day and channel, and doors to go to this evening."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.utils import timezone

from firstline.census.campaigns import Part, led_by
from firstline.census.models import Attempt, DoorState
from firstline.census.next_steps import Slot, Step
from firstline.census.rates.selectors import belongs
from firstline.census.results import DONE
from firstline.kernel import clock
from firstline.kernel.paths import Range
from firstline.places.models import Building, Door
from firstline.places.models import Frame as How
from firstline.places.selectors import in_ranges

_MOMENTS: "ArrayField[list[datetime], list[datetime]]" = ArrayField(DateTimeField())
# Steps that somebody's feet take; the others are waited for, or made by telephone.
_WALKED = frozenset(Step) - {Step.NONE, Step.AWAIT_CALL, Step.CALL_AGAIN}
# Not before their day: the form needs the night to be filled in, the seal a few days to say anything.
_ON_THEIR_DAY = frozenset({Step.FETCH_FORM, Step.CHECK_SEAL})


class Frame(NamedTuple):
    """Known doors, and of how many buildings somebody has walked all."""

    doors: int
    buildings: int
    walked: int

    @property
    def all_walked(self) -> bool:
        return 0 < self.walked == self.buildings


class Settled(NamedTuple):
    """How many doors a channel settled on a day; the first day holds whatever was settled before it too."""

    day: date
    channel: str
    doors: int


class ToGo(NamedTuple):
    """Doors of a building to go to for one reason; ``step`` and ``outcome`` are None where nobody has been."""

    compound_id: uuid.UUID
    compound: str
    building_id: uuid.UUID
    label: str
    path: str
    step: str | None
    outcome: str | None
    doors: int


def frame_of(within: Iterable[Range]) -> Frame:
    """The doors of ranges as their buildings count them; one statement."""
    found = Building.objects.filter(in_ranges(within, "place__path")).aggregate(
        doors=Sum("door_count", default=0), buildings=Count("pk"), walked=Count("pk", filter=Q(frame=How.WALKED))
    )
    return Frame(**found)


def settled_by_channel(parts: Sequence[Part], days: Sequence[date]) -> list[Settled]:
    """Doors settled by day and channel, from the index alone, however many attempts there are."""
    starts = [timezone.make_aware(datetime.combine(day, time.min)) for day in days]
    number = Func("since", Value(starts, _MOMENTS), function="width_bucket", output_field=IntegerField())
    found = (
        DoorState.objects.filter(led_by(parts), outcome__in=sorted(DONE))
        .annotate(number=number)
        .values_list("number", "channel")
        .annotate(doors=Count("*"))
    )
    # In no order: asked for one, the database would sort a county's doors to count them.
    return [Settled(days[max(at - 1, 0)], channel, doors) for at, channel, doors in found.order_by()]


def to_go_tonight(parts: Sequence[Part]) -> list[ToGo]:
    """Doors that want somebody this evening, counted by building, reason and outcome; one statement.

    Also where nobody has been. Buildings stand in walking order.
    """
    found = _wanted_tonight(parts).values(*_BUILDING, *_STANDS).annotate(doors=Count("pk"))
    walked = found.order_by("building__compound__place__position", "building__compound__place__path", *_WALK, *_STANDS)
    return [ToGo(*row) for row in walked.values_list(*_BUILDING, *_STANDS, "doors")]


def tried_and_wanted_tonight(parts: Sequence[Part]) -> "QuerySet[DoorState]":
    """Where those of them stand to which somebody has been; the rest are untried. Nothing without a campaign."""
    return DoorState.objects.filter(led_by(parts)).filter(_wants_somebody("door_id"))


def _wanted_tonight(parts: Sequence[Part]) -> "QuerySet[Door]":
    return (
        Door.objects.standing()
        .filter(in_ranges(part.within for part in parts))
        .annotate(state=FilteredRelation("states", condition=belongs(parts, "states")))
        .filter(Q(state__step=None) | _wants_somebody("pk", "state__"))
    )


def _wants_somebody(door: str, state: str = "") -> Q:
    """That the next step at a door where somebody has been is one of the evening or of any time, or that a promised
    call is overdue. A time agreed upon, a form and a seal wait for their day.

    ``door`` names the door's id and ``state`` leads to its state, as the asking query has them.
    """
    now = clock.now()
    tomorrow = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=1), time.min))
    agreed = Attempt.objects.filter(
        door_id=OuterRef(door),
        campaign_id=OuterRef(f"{state}campaign_id"),
        again_at=OuterRef(f"{state}due_at"),
        void=None,
    )
    # Said without a "not": negated, a condition on the joined state would become a subquery a door.
    due = Q((f"{state}due_at", None)) | Q((f"{state}due_at__lt", tomorrow))
    any_day = Q(~Exists(agreed), (f"{state}step__in", _WALKED - _ON_THEIR_DAY))
    walked = Q((f"{state}slot__in", (Slot.ANY, Slot.EVENING))) & (Q(due, (f"{state}step__in", _WALKED)) | any_day)
    return walked | Q((f"{state}step", Step.AWAIT_CALL), (f"{state}due_at__lt", now))


_BUILDING = (
    "building__compound_id",
    "building__compound__place__name",
    "building_id",
    "building__label",
    "building__place__path",
)
_STANDS = ("state__step", "state__outcome")
_WALK = ("building__place__position", "building__place__path")
