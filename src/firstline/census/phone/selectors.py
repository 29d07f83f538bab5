"""Reading calls: who can be rung in somebody's places, whose hand each is in, and what was tried."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from firstline.census.campaigns import Part, campaigns_within
from firstline.census.channels.selectors import channels_within
from firstline.census.models import Attempt, CallClaim, DoorState
from firstline.census.next_steps import Step
from firstline.census.phone.calling import DEAD, Called, Household, dead_numbers
from firstline.census.results import Channel, Result
from firstline.census.walk.selectors import TAKE, open_doors
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.paths import Range, subtree
from firstline.places.models import Door
from firstline.places.selectors import in_ranges
from firstline.registry.ringing import known_within

# The number that was rung stands first in a call's note, masked: 139****5678.
_NUMBER = re.compile(r"\d{3}\*+\d{4}")


def households(parts: Sequence[Part]) -> list[Household]:
    """Every door with something left to do and a telephone number, in walking order."""
    numbers: dict[uuid.UUID, Sequence[str]] = {}
    by_phone: set[uuid.UUID] = set()
    for one in channels_within(parts):
        numbers |= one.phones
        by_phone |= {one.compound.pk} if Channel.PHONE in one.channels else set()
    found = []
    for part in parts:
        calls = calls_made(part.campaign.pk, [part.within])
        found += [
            Household(door, numbers[door.id], door.compound_id in by_phone, calls[door.id])
            for door in open_doors(part.campaign.pk, [part.within])
            if door.id in numbers
        ]
    return found


def calls_made(campaign_id: uuid.UUID, within: Iterable[Range]) -> dict[uuid.UUID, list[Called]]:
    """The calls made to each door that were not taken back, the oldest first."""
    found: dict[uuid.UUID, list[Called]] = defaultdict(list)
    by_phone = Q(channel=Channel.PHONE) | Q(result=Result.CALL_LATER)
    attempts = Attempt.objects.filter(by_phone, in_ranges(within), campaign_id=campaign_id, void=None)
    for attempt in attempts.order_by("happened_at", "id"):
        found[attempt.door_id].append(called(attempt))
    return found


def called(attempt: Attempt) -> Called:
    """An attempt as a call; which number was rung matters only where it leads nowhere."""
    number = _number_of(attempt) if attempt.result in DEAD else ""
    return Called(attempt.happened_at, attempt.result, number, attempt.again_at)


def _number_of(attempt: Attempt) -> str:
    """The number that was rung in a call, masked; empty where nobody noted it."""
    try:
        said = _NUMBER.match(attempt.open().note)
    except KeyDestroyed:
        return ""
    return said[0] if said else ""


def may_answer(door: Door) -> bool:
    """Whether the door has a number left that is not known to lead nowhere."""
    within = [subtree(door.path)]
    known = known_within(within).get(door.pk)
    campaigns = campaigns_within(within)
    calls = calls_made(campaigns[0].campaign.pk, within)[door.pk] if campaigns else []
    return bool(known and set(known.phones) - dead_numbers(calls))


def in_hand(parts: Sequence[Part], at: datetime) -> dict[uuid.UUID, uuid.UUID]:
    """Whose hand a door is in at this moment, by door."""
    claims = CallClaim.objects.filter(
        in_ranges(part.within for part in parts), campaign__in=[part.campaign.pk for part in parts], until__gt=at
    )
    return dict(claims.values_list("door_id", "person_id"))


def claim_of(actor: Actor, door: Door, at: datetime) -> CallClaim | None:
    """The actor's own hand on a door, while it lasts."""
    return CallClaim.objects.filter(door=door, person_id=actor.person_id, until__gt=at).first()


def still_open(actor: Actor, door_ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of some doors that nothing has settled meanwhile, in the order given."""
    if not door_ids:
        return []
    campaigns = [part.campaign.pk for part in campaigns_within(actor.ranges(TAKE))]
    settled = DoorState.objects.filter(campaign__in=campaigns, door__in=door_ids, step=Step.NONE)
    gone = set(settled.values_list("door_id", flat=True))
    return [door_id for door_id in door_ids if door_id not in gone]
