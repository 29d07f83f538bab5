"""Reading messages: one's own box, and the robots of one's places."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.notify.gaps import READ_ROBOTS
from firstline.notify.models import Channel, Delivery, Endpoint, Message, Preference, Receipt, Robot

READ = "notify.read"
# So many of one kind and day stand one by one; the rest is one line behind a number.
ONE_BY_ONE = 7
OF_A_KIND = 200
READ_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which messages: all, or those of one kind and day."""

    kind: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of the box, the day it came, and among how many of its kind and day it stands (0: not asked)."""

    receipt: Receipt
    day: date
    among: int = 0

    @property
    def message(self) -> Message:
        return self.receipt.message


def unread(actor: Actor) -> list[Kept]:
    """What the actor has not read: the severest of each kind and day."""
    by = [F("day"), F("message__kind")]
    first = [F("message__severity").desc(), F("at").desc()]
    waiting = _box(actor).filter(read_at=None)
    numbered = waiting.annotate(
        number=Window(RowNumber(), partition_by=by, order_by=first), among=Window(Count("*"), partition_by=by)
    )
    found = numbered.filter(number__lte=ONE_BY_ONE).order_by("-day", "-message__severity", "-at")
    return [Kept(one, one.day, one.among) for one in found]


def lately_read(actor: Actor) -> list[Kept]:
    """What the actor has read, latest first."""
    found = _box(actor).filter(read_at__isnull=False).order_by("-at")[:READ_SHOWN]
    return [Kept(one, one.day) for one in found]


def of_a_kind(actor: Actor, chosen: Chosen) -> list[Kept]:
    """The severest messages of one kind and day, read or not; ``OF_A_KIND`` at most."""
    found = _box(actor).filter(message__kind=chosen.kind, at__date=chosen.day)
    return [Kept(one, one.day) for one in found.order_by("-message__severity", "-at")[:OF_A_KIND]]


def receipt_for(actor: Actor, message_id: uuid.UUID) -> Receipt:
    """One message of the actor's own box. Raises NotFound."""
    mine = Receipt.objects.filter(receiver_id=actor.person_id, to_robot=False, message_id=message_id)
    if (found := mine.select_related("message").first()) is None:
        raise NotFound
    return found


def preference_of(actor: Actor) -> Preference:
    """What the actor chose, or the defaults."""
    chosen = Preference.objects.filter(pk=actor.person_id).first()
    return chosen or Preference(person_id=actor.person_id)


def robots(actor: Actor) -> list[Robot]:
    """The robots of the actor's places that were not removed, by place."""
    within = _within(actor.ranges(READ_ROBOTS))
    return list(Robot.objects.filter(within, removed_at=None).order_by("path", "added_at"))


def robot_for(actor: Actor, robot_id: uuid.UUID) -> Robot:
    """One robot of the actor's places. Raises NotFound."""
    within = _within(actor.ranges(READ_ROBOTS))
    if (found := Robot.objects.filter(within, pk=robot_id, removed_at=None).first()) is None:
        raise NotFound
    return found


def standing_of(receivers: Collection[uuid.UUID]) -> dict[uuid.UUID, Endpoint]:
    """How robots stand, of those that were tried."""
    found = Endpoint.objects.filter(receiver_id__in=receivers, channel=Channel.ROBOT)
    return {one.receiver_id: one for one in found}


def last_deliveries(receivers: Collection[uuid.UUID]) -> dict[uuid.UUID, Delivery]:
    """The latest delivery of each robot."""
    found = Delivery.objects.filter(receiver_id__in=receivers).order_by("receiver_id", "-at").distinct("receiver_id")
    return {one.receiver_id: one for one in found}


def people_not_reached(actor: Actor) -> list[Endpoint]:
    """Addresses of people that take nothing, where the actor sees their gap."""
    within = _within(actor.ranges(READ_ROBOTS))
    found = Endpoint.objects.filter(within, failing_since__isnull=False).exclude(channel=Channel.ROBOT)
    return list(found.order_by("failing_since")[:OF_A_KIND])


def _box(actor: Actor) -> "QuerySet[Any, Any]":
    mine = Receipt.objects.filter(receiver_id=actor.person_id, to_robot=False)
    return mine.annotate(day=TruncDate("at")).select_related("message")


def _within(ranges: Sequence[Range]) -> Q:
    condition = Q(pk__in=[])
    for one in ranges:
        condition |= Q(path__gte=one.lo, path__lt=one.hi)
    return condition


def robot_places() -> set[str]:
    """Every place at which a robot is at work."""
    return set(Robot.objects.filter(removed_at=None, paused_at=None).values_list("path", flat=True).distinct())
