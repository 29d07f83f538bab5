"""Writing devices: invite one, give it for longer or elsewhere, revoke it, ask it to wipe itself."""

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstline.accounts.devices.errors import (
    BorrowedTooLong,
    DeviceOver,
    EndsInThePast,
    HatsMissing,
    LabelUnfit,
    NoRoleThere,
    PersonNotYours,
)
from firstline.accounts.devices.hats import WORN_FOR, Hat
from firstline.accounts.devices.invitations import GOOD_FOR, hash_of, new_code
from firstline.accounts.devices.selectors import device_to_change, open_grants
from firstline.accounts.devices.terms import narrower
from firstline.accounts.devices.until import LENT
from firstline.accounts.giving import may_give
from firstline.accounts.models import Device, DeviceGrant, Invitation, Person
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person, details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import place_at

_LABEL = re.compile(r"[0-9A-Za-z-]{0,12}")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made, with its code: the only time it is known."""

    invitation: Invitation
    code: str


@action("accounts.invite_device")
def invite_device(
    actor: Actor,
    *,
    person_id: uuid.UUID,
    path: str,
    hats: Collection[Hat],
    until: datetime | None = None,
    borrowed: bool = False,
    label: str = "",
    may_be_volatile: bool = False,
) -> Invited:
    """Let a phone be enrolled for somebody, once and within ten minutes, for hats at a place until a moment.

    Raises HatsMissing, LabelUnfit, EndsInThePast, BorrowedTooLong, PersonNotYours, NoRoleThere, NotFound (elsewhere).
    """
    if not hats:
        raise HatsMissing
    if not _LABEL.fullmatch(label):
        raise LabelUnfit
    _require_end(until, borrowed=borrowed)
    person = _person_there(actor, person_id, path, hats)
    code, now = new_code(), clock.now()
    invitation = Invitation.objects.create(
        code_hash=hash_of(code),
        person=person,
        path=path,
        hats=sorted(set(hats)),
        until=until,
        borrowed=borrowed,
        label=label,
        may_be_volatile=may_be_volatile,
        made_at=now,
        made_by_id=actor.person_id,
        expires_at=now + GOOD_FOR,
    )
    said = {"person": details_of(person).name, **_terms(invitation.hats, until), "borrowed": borrowed}
    ledger.record(path=path, subject=invitation, after=said)
    return Invited(invitation, code)


@action("accounts.extend_device")
def extend_device(actor: Actor, *, device_id: uuid.UUID, until: datetime | None) -> Device:
    """Give a device for longer, or shorter, as it is. What had ended begins anew now; the time between stays outside.

    Raises DeviceOver, EndsInThePast, BorrowedTooLong, NotFound.
    """
    device = _in_use(actor, device_id, needs="accounts.extend_device")
    _require_end(until, borrowed=device.borrowed)
    grants = open_grants(device)
    if grants:
        before = _terms(grants[0].hats, grants[0].valid_until)
        DeviceGrant.objects.filter(pk__in=[grant.pk for grant in grants]).update(valid_until=until)
        hats = grants[0].hats
    else:
        before = None
        hats = device.grants.order_by("valid_from", "id").values_list("hats", flat=True)[::-1][0]
        _give(actor, device, device.path, hats, until)
    ledger.record(path=device.path, subject=device, before=before, after=_terms(hats, until))
    return device


@action("accounts.move_device")
def move_device(actor: Actor, *, device_id: uuid.UUID, path: str) -> Device:
    """Give a device for another place from now on, until when it was given. What it holds from before is judged
    by what it was given then.

    Raises DeviceOver, PersonNotYours, NoRoleThere, NotFound (no such device or place, or elsewhere).
    """
    device = _in_use(actor, device_id, needs="accounts.move_device")
    grants, now = open_grants(device), clock.now()
    if not grants:
        raise DeviceOver
    hats, until, before = grants[0].hats, grants[0].valid_until, device.path
    actor.require("accounts.move_device", path)
    _person_there(actor, device.person_id, path, [Hat(hat) for hat in hats], act="accounts.move_device")
    _end(grants, now)
    _give(actor, device, path, hats, until)
    device.path = path
    device.save(update_fields=["path"])
    ledger.record(path=path, subject=device, before={"places": [before]}, after={"places": [path]})
    return device


@action("accounts.revoke_device")
def revoke_device(actor: Actor, *, device_id: uuid.UUID) -> Device:
    """Take everything from a device now and for good. What it still sends is kept aside until somebody admits it.

    Raises DeviceOver (it was revoked before), NotFound.
    """
    device = device_to_change(actor, device_id, needs="accounts.revoke_device")
    if device.revoked_at is not None:
        raise DeviceOver
    device.revoked_at, device.revoked_by_id = clock.now(), actor.person_id
    device.save(update_fields=["revoked_at", "revoked_by_id"])
    _end(open_grants(device), device.revoked_at)
    ledger.record(path=device.path, subject=device, after={"waiting": device.waiting})
    return device


@action("accounts.ask_wipe")
def ask_wipe(actor: Actor, *, device_id: uuid.UUID) -> Device:
    """Ask a device to delete all it holds, once everything it has recorded was taken; it hears so at its next contact.

    Raises DeviceOver (it is wiped), NotFound.
    """
    device = device_to_change(actor, device_id, needs="accounts.ask_wipe")
    if device.wiped_at is not None:
        raise DeviceOver
    device.wipe_asked_at, device.wipe_asked_by_id = clock.now(), actor.person_id
    device.save(update_fields=["wipe_asked_at", "wipe_asked_by_id"])
    ledger.record(path=device.path, subject=device, after={"waiting": device.waiting})
    return device


@action("accounts.end_wipe")
def end_wipe(actor: Actor, *, device_id: uuid.UUID) -> Device:
    """Take back that a device was asked to wipe itself. Raises DeviceOver (it has done so), NotFound."""
    device = device_to_change(actor, device_id, needs="accounts.end_wipe")
    if device.wiped_at is not None:
        raise DeviceOver
    device.wipe_asked_at = device.wipe_asked_by_id = None
    device.save(update_fields=["wipe_asked_at", "wipe_asked_by_id"])
    ledger.record(path=device.path, subject=device)
    return device


@action("accounts.settle_loss")
def settle_loss(actor: Actor, *, device_id: uuid.UUID) -> Device:
    """Say that what a device held unsent was looked into: it was done again, or there is no more to be had of it.

    Raises NotFound.
    """
    device = device_to_change(actor, device_id, needs="accounts.settle_loss")
    device.loss_settled_at, device.loss_settled_by_id = clock.now(), actor.person_id
    device.save(update_fields=["loss_settled_at", "loss_settled_by_id"])
    ledger.record(path=device.path, subject=device, after={"waiting": device.waiting})
    return device


def _in_use(actor: Actor, device_id: uuid.UUID, *, needs: str) -> Device:
    device = device_to_change(actor, device_id, needs=needs)
    if device.revoked_at is not None or device.wiped_at is not None:
        raise DeviceOver
    return device


def _person_there(
    actor: Actor, person_id: uuid.UUID, path: str, hats: Collection[Hat], *, act: str = "accounts.invite_device"
) -> Person:
    """Somebody with a role for these hats at that place, all of whose roles there are the actor's to give.

    A phone acts in its person's name, so whoever could give it to a superior would wear the superior's roles.
    """
    actor.require(act, path)
    person = Person.objects.filter(pk=person_id).first()
    if person is None or place_at(path) is None:
        raise NotFound
    now = clock.now()
    there = [
        grant
        for grant in actor_of_person(person_id).grants
        if grant.covers(None, None, now) and narrower(grant.path, path) is not None
    ]
    if person_id != actor.person_id and not all(may_give(actor, Role(one.role), act=act, path=path) for one in there):
        raise PersonNotYours
    worn = frozenset().union(*(grant.permissions for grant in there))
    # A hat without a role under it takes what is done at the doors all day and keeps it aside in the evening.
    if not all(WORN_FOR[hat] in worn for hat in hats):
        raise NoRoleThere(name=details_of(person).name)
    return person


def _require_end(until: datetime | None, *, borrowed: bool) -> None:
    now = clock.now()
    if until is not None and until <= now:
        raise EndsInThePast
    if borrowed and (until is None or until > now + LENT):
        raise BorrowedTooLong


def _give(actor: Actor, device: Device, path: str, hats: list[str], until: datetime | None) -> None:
    DeviceGrant.objects.create(
        device=device, path=path, hats=hats, valid_from=clock.now(), valid_until=until, given_by_id=actor.person_id
    )


def _end(grants: Collection[DeviceGrant], at: datetime) -> None:
    DeviceGrant.objects.filter(pk__in=[grant.pk for grant in grants]).update(valid_until=at)


def _terms(hats: Collection[str], until: datetime | None) -> dict[str, Any]:
    return {"hats": list(hats), "valid_until": until.isoformat() if until else None}
