"""The order in which doors are walked, and which of them want somebody now. Pure: no database, no clock."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone

from firstline.census.next_steps import Slot, Step
from firstline.census.rules import Rules
from firstline.places.models import Shape

# Steps that somebody's feet take; the others are waited for, or made by telephone.
_WALKED = frozenset(Step) - {Step.NONE, Step.AWAIT_CALL, Step.CALL_AGAIN}
# Not before their day: the form needs the night to be filled in, the seal a few days to say anything.
_ON_THEIR_DAY = frozenset({Step.FETCH_FORM, Step.CHECK_SEAL})


class OpenDoor(NamedTuple):
    """A door with something left to do in a campaign. ``outcome`` and what follows are None where nobody has been."""

    id: uuid.UUID
    path: str
    building_id: uuid.UUID
    building: str
    shape: str
    compound_id: uuid.UUID
    compound: str
    unit: str
    floor: int | None
    room: str
    position: int
    outcome: str | None = None
    attempts: int | None = None
    step: str | None = None
    slot: str | None = None
    due_at: datetime | None = None
    not_by: uuid.UUID | None = None


class Now(NamedTuple):
    """The moment a list is asked for, and the time of day it is for."""

    at: datetime
    slot: Slot
    rules: Rules

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def slot_at(moment: datetime, rules: Rules) -> Slot:
    """Day or evening, by the clock."""
    return Slot.EVENING if timezone.localtime(moment).hour >= rules.evening_from else Slot.DAY


def wanted(door: OpenDoor, now: Now, *, agreed: bool) -> bool:
    """Whether somebody should go there in this slot of today. ``agreed``: its time was agreed upon with the household.

    Where a call back was promised nobody goes until its time is over.
    """
    if door.step is None:
        return True
    if door.step == Step.AWAIT_CALL:
        return is_overdue(door, now)
    if door.step not in _WALKED or door.slot not in {Slot.ANY, now.slot}:
        return False
    if (agreed or door.step in _ON_THEIR_DAY) and door.due_at is not None:
        return timezone.localdate(door.due_at) <= now.today
    return True


def is_overdue(door: OpenDoor, now: Now) -> bool:
    """Whether the time its step was to be done by has passed."""
    return door.due_at is not None and door.due_at < now.at


def in_walking_order(doors: Iterable[OpenDoor]) -> list[OpenDoor]:
    """Doors that come compound by compound, building by building, as they are walked: stairwell by stairwell, each from
    the top; courtyards along their row.
    """
    walked: list[OpenDoor] = []
    for _building, found in groupby(doors, key=lambda door: door.building_id):
        walked += _within_building(list(found))
    return walked


def _within_building(doors: Sequence[OpenDoor]) -> list[OpenDoor]:
    along = sorted(doors, key=lambda door: door.position)
    if along[0].shape != Shape.FLATS or all(door.floor is None for door in along):
        return along
    units = {unit: rank for rank, unit in enumerate(dict.fromkeys(door.unit for door in along))}
    return sorted(along, key=lambda door: (units[door.unit], -(door.floor or 0), door.position))
