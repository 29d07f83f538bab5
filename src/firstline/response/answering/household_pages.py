"""Five people round one household: the list of a community, those not complete first, and one of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from firstline.accounts.selectors import details_of
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError
from firstline.kernel.paths import subtree
from firstline.places.names import door_name
from firstline.response.answering import households
from firstline.response.answering.assign_page import candidates
from firstline.response.answering.households import five_named, household_for, households_within
from firstline.response.answering.inputs import Said
from firstline.response.answering.place_page import table_at
from firstline.response.models import FiveRole, KeyHousehold, KeyHouseholdMember


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the five: what it is called, who it is, since when; "" while nobody is."""

    role: str
    called: str
    name: str
    post: str
    since: datetime | None
    person_url: str


@dataclass(frozen=True, slots=True)
class Household:
    """A household with its five seats in their order."""

    id: uuid.UUID
    url: str
    door: str
    compound: str
    door_url: str
    since: datetime
    until: datetime | None
    seats: list[Seat]

    @property
    def missing(self) -> int:
        """How many of the five nobody is."""
        return sum(not seat.name for seat in self.seats)


def households_page(actor: Actor, at: str) -> dict[str, Any]:
    """The households of the reader's places, or of one of them, the least complete first."""
    within = actor.ranges(households.READ)
    if at and any(at in one for one in within):
        within = [subtree(at)]
    found = sorted((shown(one) for one in households_within(within)), key=lambda one: (-one.missing, one.since))
    return {
        "section": "response:answers",
        "rows": found,
        "missing": sum(one.missing > 0 for one in found),
        "may_keep": actor.may("response.keep_household"),
    }


def household_page(actor: Actor, household_id: uuid.UUID, **more: Any) -> dict[str, Any]:
    """One household; why five people see to it is shown, and the look is on record. Raises NotFound."""
    household = household_for(actor, household_id)
    reason = households.reason_of(household)
    ledger.look(
        actor,
        households.READ,
        path=household.path,
        subject=household,
        fields=["reason"],
        key_id=household.emergency.key_id if household.emergency.key.destroyed_at is None else None,
    )
    return {
        "section": "response:answers",
        "household": shown(household),
        "reason": reason,
        "past": [_past(one, five_named(household.path)) for one in household.members.all() if one.valid_until],
        "may_change": household.until is None and actor.may("response.name_five", household.path),
        **more,
    }


def household_in_doubt(
    actor: Actor, household_id: uuid.UUID, role: FiveRole, said: Said, doubt: FirstlineError
) -> dict[str, Any]:
    """The same after a name that several have, or nobody: who is meant, or what puts a new one on record."""
    path = household_for(actor, household_id).path
    return household_page(
        actor,
        household_id,
        mistake=str(doubt),
        said=said,
        choose=True,
        candidates=candidates(actor, said.name),
        role=role,
        called=five_named(path)[role],
        home=table_at(path),
    )


def shown(household: KeyHousehold) -> Household:
    """A household as pages show it."""
    door = household.door
    called = five_named(household.path)
    now = {FiveRole(one.role): one for one in household.members.all() if one.valid_until is None}
    return Household(
        household.pk,
        reverse("response:household", args=[household.pk]),
        door_name(door.building.label, door.unit, door.room),
        door.building.compound.place.name,
        reverse("census:door", args=[door.pk]),
        household.since,
        household.until,
        [_seat(role, called[role], now.get(role)) for role in FiveRole],
    )


def _seat(role: FiveRole, called: str, member: KeyHouseholdMember | None) -> Seat:
    if member is None or member.person.left_at is not None:
        return Seat(role.value, called, "", "", None, "")
    details = details_of(member.person)
    url = reverse("response:answering_person", args=[member.person_id])
    return Seat(role.value, called, details.name, details.post, member.valid_from, url)


def _past(member: KeyHouseholdMember, called: dict[FiveRole, str]) -> dict[str, Any]:
    return {
        "called": called[FiveRole(member.role)],
        "name": details_of(member.person).name,
        "from": member.valid_from,
        "until": member.valid_until,
    }
