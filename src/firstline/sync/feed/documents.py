"""Documents of doors: what a device takes along of each, for many doors in few statements (section 9 of the protocol).

Only what somebody at the door needs: no document numbers, of phones the last digits.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.utils import timezone

from firstline.accounts.roles import PERMISSIONS, Role
from firstline.accounts.selectors import names_of
from firstline.census import at_doors
from firstline.census.at_doors import Held, Latest, Stands
from firstline.census.campaigns import find_campaign
from firstline.census.models import Campaign, Shift
from firstline.census.next_steps import Slot, Step, evening_end
from firstline.census.results import Outcome
from firstline.census.rules import Rules
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range
from firstline.places.models import DoorSuccession
from firstline.registry.expected import Expected, expected_at

READ_NAMES = "registry.read_mentions"
TRIED = 5
# Who may also go where the director is asked for; a device keeps the role it was given by.
_DIRECTING = frozenset(role.value for role in Role if "census.share_walk" in PERMISSIONS[role])


class Row(NamedTuple):
    """A door as places know it; one that is no dwelling any more has no document."""

    id: uuid.UUID
    building_id: uuid.UUID
    path: str
    unit: str
    floor: int | None
    room: str
    label: str
    position: int
    ended_at: datetime | None


class State(msgspec.Struct):
    """Where a door stands. ``since``, ``due`` and ``until`` in milliseconds.

    ``not_me``: somebody else should go. ``mine`` is the part of today in which the door is this person's to walk, until
    then; on another day it says nothing.
    """

    outcome: str = Outcome.UNTRIED.value
    since: int | None = None
    attempts: int = 0
    step: str = Step.VISIT.value
    slot: str = Slot.ANY.value
    due: int | None = None
    not_me: bool = False
    mine: str = ""
    until: int | None = None


class Tried(msgspec.Struct):
    """An attempt; ``by`` is a name, ``again_at`` a time agreed upon."""

    id: uuid.UUID
    at: int
    precision: str
    channel: str
    result: str
    by: str
    note: str
    void: bool
    again_at: int | None


class SheetHeld(msgspec.Struct):
    number: str
    kind: str
    state: str


class Document(msgspec.Struct):
    """All that a device is told of one door; it replaces what it was told before."""

    id: uuid.UUID
    building: uuid.UUID
    path: str
    unit: str
    floor: int | None
    room: str
    label: str
    position: int
    state: State
    tried: list[Tried]
    people: list[Expected]
    sheets: list[SheetHeld]

    @property
    def is_personal(self) -> bool:
        """Whether residents stand in it: by name, or in what a visitor noted."""
        return bool(self.people) or any(one.note for one in self.tried)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of the doors of a page."""

    campaigns: Mapping[uuid.UUID, Campaign]
    standing: Mapping[uuid.UUID, Stands]
    latest: Mapping[uuid.UUID, Sequence[Latest]]
    people: Mapping[uuid.UUID, list[Expected]]
    sheets: Mapping[uuid.UUID, Sequence[Held]]
    mine: Mapping[uuid.UUID, set[str]]
    names: Mapping[uuid.UUID, str]


def documents_of(actor: Actor, doors: Sequence[Row]) -> list[Document]:
    """The documents of doors in the order of their paths, for one who may record at them; eight statements at most.

    Notes and people are read only where the actor may know residents. Whoever hands them out records the look.
    """
    if not doors:
        return []
    known = _known(actor, doors)
    return [_document(actor, door, known) for door in doors]


def _known(actor: Actor, doors: Sequence[Row]) -> _Known:
    ids = [door.id for door in doors]
    campaigns = _campaigns(doors)
    leading = {door_id: campaign.pk for door_id, campaign in campaigns.items()}
    latest = at_doors.latest_attempts(leading, TRIED) if leading else {}
    return _Known(
        campaigns=campaigns,
        standing=at_doors.standing_at(leading),
        latest=latest,
        people=_people(actor, doors),
        sheets=at_doors.sheets_at(ids),
        mine=_mine(actor, doors, set(leading.values())),
        names=names_of({one.by_person_id for attempts in latest.values() for one in attempts}),
    )


def _campaigns(doors: Sequence[Row]) -> dict[uuid.UUID, Campaign]:
    by_building: dict[uuid.UUID, Campaign | None] = {}
    for door in doors:
        if door.building_id not in by_building:
            by_building[door.building_id] = find_campaign(door.path.rpartition("/")[0])
    return {door.id: campaign for door in doors if (campaign := by_building[door.building_id]) is not None}


def _people(actor: Actor, doors: Sequence[Row]) -> dict[uuid.UUID, list[Expected]]:
    """Who is expected at doors, also by what was said at doors that became them."""
    told = {door.id: [door.id] for door in doors if actor.may(READ_NAMES, door.path)}
    origins = DoorSuccession.objects.filter(successor__in=list(told), predecessor__ended_at__isnull=False)
    # A home that became two is told at both.
    for predecessor, successor in origins.values_list("predecessor_id", "successor_id"):
        told.setdefault(predecessor, []).append(successor)
    return expected_at(told)


def _mine(actor: Actor, doors: Sequence[Row], campaigns: set[uuid.UUID]) -> Mapping[uuid.UUID, set[str]]:
    paths = [door.path for door in doors]
    within = Range(min(paths), max(paths) + "~")
    return at_doors.mine_on(actor.person_id, timezone.localdate(clock.now()), campaigns, within)


def _document(actor: Actor, door: Row, known: _Known) -> Document:
    notes = actor.may(READ_NAMES, door.path)
    return Document(
        id=door.id,
        building=door.building_id,
        path=door.path,
        unit=door.unit,
        floor=door.floor,
        room=door.room,
        label=door.label,
        position=door.position,
        state=_state(actor, door, known),
        tried=[_tried(one, known.names, notes=notes) for one in known.latest.get(door.id, ())],
        people=known.people.get(door.id, []),
        sheets=[SheetHeld(*sheet) for sheet in known.sheets.get(door.id, ())],
    )


def _state(actor: Actor, door: Row, known: _Known) -> State:
    campaign = known.campaigns.get(door.id)
    mine, until = _turn(known.mine.get(door.id, set()), campaign.rules if campaign else Rules())
    stands = known.standing.get(door.id)
    if stands is None:
        return State(mine=mine, until=until)
    directs = any(grant.role in _DIRECTING and grant.covers(None, door.path, clock.now()) for grant in actor.grants)
    return State(
        outcome=stands.outcome,
        since=_ms(stands.since),
        attempts=stands.attempts,
        step=stands.step,
        slot=stands.slot,
        due=_ms(stands.due_at),
        not_me=stands.not_by == actor.person_id or (stands.step == Step.SEND_DIRECTOR and not directs),
        mine=mine,
        until=until,
    )


def _turn(slots: set[str], rules: Rules) -> tuple[str, int | None]:
    """The part of today that a door is somebody's in and when that ends: the day until evening, then the evening."""
    now = clock.now()
    evening = evening_end(now, Rules(evening_until=rules.evening_from), 0)
    ends = {Shift.DAY.value: evening, Shift.EVENING.value: evening_end(now, rules, 0)}
    for slot, end in ends.items():
        if slot in slots and now < end:
            return slot, _ms(end)
    return "", None


def _tried(one: Latest, known: Mapping[uuid.UUID, str], *, notes: bool) -> Tried:
    return Tried(
        id=one.id,
        at=round(one.at.timestamp() * 1000),
        precision=one.precision,
        channel=one.channel,
        result=one.result,
        by=known.get(one.by_person_id, ""),
        note=one.note if notes else "",
        void=one.voided,
        again_at=_ms(one.again_at),
    )


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)
