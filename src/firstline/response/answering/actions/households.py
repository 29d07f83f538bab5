"""Five people round one household: which household, who they are, and what they are called."""

import uuid

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import door_for
from firstline.response.answering.errors import (
    HouseholdReleased,
    PersonGone,
    ReasonMissing,
    RoleNameMissing,
)
from firstline.response.answering.households import household_locked
from firstline.response.answering.selectors import where_exists
from firstline.response.models import (
    FiveRole,
    FiveRoleName,
    HouseholdReason,
    KeyHousehold,
    KeyHouseholdMember,
    ReasonContents,
)
from firstline.response.selectors import emergency_at


@action("response.keep_household")
def keep_household(actor: Actor, *, door_id: uuid.UUID, reason: str) -> KeyHousehold:
    """Say that five people see to the household behind a door; why is sealed under the emergency's key.

    Raises ReasonMissing, HouseholdKeptAlready, EmergencyMissing, NotFound.
    """
    if not (reason := reason.strip()):
        raise ReasonMissing
    door = door_for(actor, door_id, needs="response.keep_household")
    emergency = emergency_at(door.path)
    household = KeyHousehold.objects.create(
        path=door.path, door=door, emergency=emergency, recorded_by_id=actor.person_id
    )
    why = HouseholdReason(household=household, path=door.path)
    why.seal(ReasonContents(reason), emergency.key_id)
    why.save(force_insert=True)
    ledger.record(path=door.path, subject=household, after={"reason": reason}, key_id=emergency.key_id)
    return household


@action("response.name_five")
def name_five(actor: Actor, *, household_id: uuid.UUID, role: FiveRole, person_id: uuid.UUID) -> KeyHouseholdMember:
    """Name one of the five round a household; whoever was it before is it until now.

    Raises HouseholdReleased, PersonGone, NotFound.
    """
    household = household_locked(actor, household_id, needs="response.name_five")
    if household.until is not None:
        raise HouseholdReleased
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    if person.left_at is not None:
        raise PersonGone(name=details_of(person).name)
    now = clock.now()
    before = household.members.select_related("person").filter(role=role, valid_until=None).first()
    if before is not None and before.person_id == person.pk:
        ledger.repeated(path=household.path)
        return before
    if before is not None:
        before.valid_until = now
        before.save(update_fields=["valid_until"])
    member = KeyHouseholdMember.objects.create(
        path=household.path,
        household=household,
        role=role,
        person=person,
        valid_from=now,
        recorded_by_id=actor.person_id,
    )
    ledger.record(
        path=household.path,
        subject=household,
        before={"five": str(role), "person": details_of(before.person).name} if before else None,
        after={"five": str(role), "person": details_of(person).name},
    )
    return member


@action("response.release_household")
def release_household(actor: Actor, *, household_id: uuid.UUID) -> KeyHousehold:
    """Say that a household needs the five no more; what was stays on record. Raises HouseholdReleased, NotFound."""
    household = household_locked(actor, household_id, needs="response.release_household")
    if household.until is not None:
        raise HouseholdReleased
    household.until = clock.now()
    household.save(update_fields=["until"])
    household.members.filter(valid_until=None).update(valid_until=household.until)
    ledger.record(path=household.path, subject=household, after={"valid_until": household.until.isoformat()})
    return household


@action("response.name_five_role")
def name_five_role(actor: Actor, *, path: str, role: FiveRole, name: str) -> FiveRoleName:
    """Say what one of the five is called at a place and below it. Raises RoleNameMissing, NotFound (no such place)."""
    if not (name := name.strip()):
        raise RoleNameMissing
    if not where_exists([path]):
        raise NotFound
    said = FiveRoleName.objects.create(path=path, role=role, name=name, said_by_id=actor.person_id)
    ledger.record(path=path, subject=said, after={"five": str(role), "name": name})
    return said
