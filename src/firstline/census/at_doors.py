"""What the census knows of many doors at once, each part in one statement: what a device takes along."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from firstline.census.models import Attempt, AttemptNote, AttemptVoid, DoorState, ShareDoor, Sheet
from firstline.census.paper.numbers import number_of
from firstline.census.paper.steps import OUT, StepKind
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges

# The campaign that leads at each door, by the door's id.
Leading = Mapping[uuid.UUID, uuid.UUID]


class Latest(NamedTuple):
    """One of the latest attempts at a door; ``again_at``: a time agreed upon; ``note``: as its visitor wrote it."""

    id: uuid.UUID
    at: datetime
    precision: str
    channel: str
    result: str
    by_person_id: uuid.UUID
    voided: bool
    again_at: datetime | None
    note: str


class Stands(NamedTuple):
    """Where a door stands, as its state keeps it."""

    outcome: str
    since: datetime
    attempts: int
    step: str
    slot: str
    due_at: datetime | None
    not_by: uuid.UUID | None


class Held(NamedTuple):
    """A sheet that is out at a door, or fetched there and not typed in yet."""

    number: str
    kind: str
    state: str


def standing_at(leading: Leading) -> dict[uuid.UUID, Stands]:
    """Where doors stand in the campaigns that lead there, by door; a door nobody has been at is left out."""
    found = DoorState.objects.filter(campaign__in=set(leading.values()), door__in=list(leading))
    rows = found.values_list(
        "campaign_id", "door_id", "outcome", "since", "attempts", "step", "slot", "due_at", "not_by"
    )
    return {door_id: Stands._make(state) for campaign_id, door_id, *state in rows if leading[door_id] == campaign_id}


def latest_attempts(leading: Leading, each: int) -> dict[uuid.UUID, list[Latest]]:
    """The latest attempts at doors in the campaigns that lead there, also those taken back, the newest first.

    At most ``each`` a door. Their notes are opened: whoever hands them on records the look.
    """
    found: dict[uuid.UUID, list[Latest]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [list(leading), list(leading.values()), each])
        for door_id, *said, sealed in cursor.fetchall():
            found[door_id].append(Latest._make([*said, _note(said[0], sealed)]))
    return found


def mine_on(
    person_id: uuid.UUID, day: date, campaigns: Collection[uuid.UUID], within: Range
) -> dict[uuid.UUID, set[str]]:
    """The doors of a range that are somebody's to walk on a day, each with the parts of the day (``Shift``)."""
    shared = ShareDoor.objects.filter(in_ranges([within]), campaign_id__in=campaigns, day=day)
    latest = shared.order_by("door_id", "slot", "-recorded_at", "-id").distinct("door_id", "slot")
    mine: dict[uuid.UUID, set[str]] = defaultdict(set)
    for door_id, slot, holder in latest.values_list("door_id", "slot", "person_id"):
        if holder == person_id:
            mine[door_id].add(slot)
    return mine


def sheets_at(door_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Held]]:
    """The sheets that are open at doors, the latest first (``paper.selectors.at_door`` for many)."""
    found = Sheet.objects.filter(door__in=door_ids, state__in=sorted({*OUT, StepKind.FETCHED}))
    sheets: dict[uuid.UUID, list[Held]] = defaultdict(list)
    for door_id, serial, kind, state in found.order_by("-since", "-serial").values_list(
        "door_id", "serial", "kind", "state"
    ):
        if door_id is not None:
            sheets[door_id].append(Held(number_of(serial), kind, state))
    return sheets


def _note(attempt_id: uuid.UUID, sealed: Any) -> str:
    try:
        noted: AttemptNote = Attempt.opened(attempt_id, sealed)
    except KeyDestroyed as destroyed:
        return destroyed.instead
    return noted.note


# By hand: five of each of many doors is a question the ORM cannot ask in one statement that an index answers.
_LATEST = f"""
SELECT asked.door_id, latest.id, latest.happened_at, latest.happened_precision, latest.channel, latest.result,
       latest.by_person_id, void.id IS NOT NULL, latest.again_at, latest.sealed
  FROM unnest(%s::uuid[], %s::uuid[]) AS asked (door_id, campaign_id)
 CROSS JOIN LATERAL (
        SELECT * FROM {Attempt._meta.db_table} AS attempt
         WHERE attempt.door_id = asked.door_id AND attempt.campaign_id = asked.campaign_id
         ORDER BY attempt.happened_at DESC, attempt.id DESC LIMIT %s) AS latest
  LEFT JOIN {AttemptVoid._meta.db_table} AS void ON void.attempt_id = latest.id
 ORDER BY asked.door_id, latest.happened_at DESC, latest.id DESC
"""  # noqa: S608  # names of our own tables
