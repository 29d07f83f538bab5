"""Reading details of our own people: of one who may be put right, and what stood there before."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from firstline.accounts.details.actions import PUT_RIGHT
from firstline.accounts.models import FormerDetails, Person, PersonDetails
from firstline.accounts.selectors import details_of, names_of
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import in_ranges


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood of somebody until a moment, and who put it right."""

    until: datetime
    details: PersonDetails
    by: str


def person_to_put_right(actor: Actor, person_id: uuid.UUID) -> Person:
    """Somebody who belongs to the actor's places. Raises NotFound."""
    person = Person.objects.filter(in_ranges(actor.ranges(PUT_RIGHT), "home_path"), pk=person_id).first()
    if person is None:
        raise NotFound
    return person


def looked_at(actor: Actor, person: Person) -> tuple[PersonDetails, list[Stood]]:
    """Somebody's details, and what stood there before, the latest first; the look is on record."""
    details = details_of(person)
    ledger.look(actor, "accounts.read_details", path=person.home_path, subject=person, fields=["phone", "email"])
    former = list(FormerDetails.objects.filter(person=person).order_by("-id"))
    names = names_of([one.by_person_id for one in former])
    return details, [Stood(one.until, _opened(one), names.get(one.by_person_id, "")) for one in former]


def own_details(actor: Actor) -> PersonDetails:
    """The actor's own details; nobody's look at themselves is recorded. Raises NotFound for the console."""
    person = Person.objects.filter(pk=actor.person_id).first()
    if person is None:
        raise NotFound
    return details_of(person)


def former_of(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[PersonDetails]]:
    """What stood of each of these people before it was put right."""
    found: dict[uuid.UUID, list[PersonDetails]] = defaultdict(list)
    for one in FormerDetails.objects.filter(person_id__in=set(person_ids)).order_by("id"):
        found[one.person_id].append(_opened(one))
    return found


def _opened(one: FormerDetails) -> PersonDetails:
    return cast("PersonDetails", one.open())
