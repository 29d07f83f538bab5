"""What the call sheet and the page of one call stand on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.census.campaigns import Part, campaigns_within
from firstline.census.door_page import Asked, Known, door_page
from firstline.census.models import CallClaim
from firstline.census.page_parts import undo_of
from firstline.census.phone.calling import Due, Sheet, dead_numbers, sheet
from firstline.census.phone.selectors import called, households, in_hand
from firstline.census.phone.words import buttons, times, why
from firstline.census.results import Result
from firstline.census.walk.selectors import TAKE
from firstline.census.words import why_refused
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.places.models import Door
from firstline.places.names import door_name
from firstline.registry.looks import numbers_at
from firstline.registry.masks import masked_phone
from firstline.registry.mentions import Seen

# So many households go from page to page as those to ring next; after them the sheet is drawn up anew.
_QUEUED = 20
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One household of the sheet; nobody is named before it is in somebody's hand."""

    name: str
    compound: str
    outcome: str
    why: str
    at: datetime | None
    who: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number to dial: ``masked`` is how the record calls it; ``dead`` ones lead nowhere and are not dialled."""

    text: str
    masked: str
    dead: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody who may answer."""

    name: str
    detail: str
    sources: list[str]
    numbers: list[Number]


def calls_page(actor: Actor) -> dict[str, Any]:
    """Who is to be rung now and later in the actor's places."""
    at = clock.now()
    parts = campaigns_within(actor.ranges(TAKE))
    found, hands = drawn_up(parts, at), in_hand(parts, at)
    names = names_of(set(hands.values()))
    free = [due for due in found.now if hands.get(due.door.id) in {None, actor.person_id}]
    taken = [due for due in found.now if hands.get(due.door.id) not in {None, actor.person_id}]
    return {
        "section": "census:calls",
        "at_work": bool(parts),
        "at": at,
        "now": [_entry(due) for due in free[:_SHOWN]],
        "now_count": len(free),
        "later": [_entry(due) for due in found.later[:_SHOWN]],
        "later_count": len(found.later),
        "taken": [_entry(due, names.get(hands[due.door.id], "")) for due in taken],
        "channels_url": reverse("census:channels"),
    }


def drawn_up(parts: Sequence[Part], at: datetime) -> Sheet:
    """The sheet of some places."""
    rules = parts[0].campaign.rules if parts else None
    return sheet(households(parts), rules, at) if rules else Sheet()


def queue_of(actor: Actor) -> list[uuid.UUID]:
    """The households to ring next, those in somebody else's hand left out."""
    at = clock.now()
    parts = campaigns_within(actor.ranges(TAKE))
    hands = in_hand(parts, at)
    return [due.door.id for due in drawn_up(parts, at).now if hands.get(due.door.id) in {None, actor.person_id}][
        :_QUEUED
    ]


def call_page(actor: Actor, door: Door, asked: Asked, *, claim: CallClaim, number: str, saved: str) -> dict[str, Any]:
    """One household in hand: whom to ring, what was tried, what came of it. Seeing the numbers is put on record."""
    base = door_page(actor, door, asked)
    known: Known = base["known"]
    people = _people(numbers_at(actor, door), dead_numbers(map(called, known.counting)), number)
    later = asked.result == Result.CALL_LATER
    return base | {
        "section": "census:calls",
        "door": base["door"] | {"back_url": reverse("census:calls")},
        "people": people,
        "numbers": any(not one.dead for person in people for one in person.numbers),
        "until": claim.until,
        "record_url": reverse("census:call", args=[door.pk]),
        "buttons": buttons(),
        "ask": why_refused() if asked.result == Result.REFUSED else None,
        "times": times(clock.now(), known.campaign.rules) if later else [],
        "number": number,
        "undo": undo_of(actor, saved, "calls"),
        "door_url": reverse("census:door", args=[door.pk]),
    }


def _people(seen: Sequence[Seen], dead: set[str], number: str) -> list[Callee]:
    """Those with a number first; the first number that is not dead is the one to dial, unless another was chosen."""
    found: list[Callee] = []
    chosen = number
    for one in seen:
        numbers = []
        for known in one.numbers:
            if not known.dial:
                continue
            masked = masked_phone(known.dial)
            chosen = chosen or ("" if masked in dead else masked)
            numbers.append(Number(known.dial, masked, masked in dead, masked == chosen and masked not in dead))
        found.append(Callee(one.name, one.detail, one.sources, numbers))
    return sorted(found, key=lambda one: not one.numbers)


def _entry(due: Due, who: str = "") -> Entry:
    door = due.door
    return Entry(
        name=door_name(door.building, door.unit, door.room),
        compound=door.compound,
        outcome=door.outcome or "untried",
        why=_("Asked to be called then") if due.agreed else why(door),
        at=due.at,
        who=who,
    )
