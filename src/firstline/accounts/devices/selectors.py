"""Reading devices: the one that sends a request and what it may at a moment, and those of a supervisor's places."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet

from firstline.accounts.devices.hats import Hat
from firstline.accounts.devices.silence import at_risk, silent
from firstline.accounts.devices.terms import Given, Terms
from firstline.accounts.devices.until import a_shift_ago
from firstline.accounts.giving import may_give
from firstline.accounts.models import Device, DeviceGrant, Invitation, Person, RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.kernel import clock, prepared
from firstline.kernel.actors import Actor, Grant
from firstline.kernel.errors import NotFound
from firstline.places.selectors import in_ranges

READ = "accounts.read_devices"
_GRANTS = Prefetch("grants", DeviceGrant.objects.order_by("valid_from", "id"))


class _Given(msgspec.Struct):
    path: str
    hats: tuple[Hat, ...]
    valid_from: datetime
    valid_until: datetime | None


class _Role(msgspec.Struct):
    role: Role
    path: str
    valid_from: datetime
    valid_until: datetime | None


def device_with_terms(device_id: uuid.UUID) -> Device | None:
    """A device with all that was ever given to it and to its person, in one statement: every request asks for it."""
    with prepared.cursor() as cursor:
        cursor.execute(_WITH_TERMS, [device_id])
        row = cursor.fetchone()
    if row is None:
        return None
    *values, given, roles = row
    device = Device.from_db(connection.alias, [field.attname for field in Device._meta.concrete_fields], values)
    device.terms = Terms(
        tuple(
            Given(one.path, one.hats, one.valid_from, one.valid_until)
            for one in msgspec.json.decode(given, type=list[_Given])
        ),
        tuple(
            Grant(one.role, one.path, PERMISSIONS[one.role], one.valid_from, one.valid_until)
            for one in msgspec.json.decode(roles, type=list[_Role])
        ),
    )
    return device


def grants_of(device: Device, at: datetime | None = None) -> list[Given]:
    """What a device was given, oldest first; with ``at`` only what was in force then."""
    terms = terms_of(device)
    return list(terms.given) if at is None else terms.in_force(at)


def device_actor(device: Device, at: datetime | None = None) -> Actor:
    """A device as an actor as of ``at`` (default: now): its grants and the roles of its person of that moment, both.

    The grants it has do not end, so that what was made yesterday passes today's checks; somebody whom no grant or no
    role covered then has none. A revoked device is not refused here: whoever takes its commands asks ``revoked_at``.
    """
    moment = at or clock.now()
    return Actor(device.person_id, f"device-{device.pk.hex[-8:]}", terms_of(device).grants(moment), device.pk)


def terms_of(device: Device) -> Terms:
    """All that a device and its person were ever given, read at most once for one object."""
    if device.terms is None:
        read = device_with_terms(device.pk)
        device.terms = read.terms if read is not None else None
    return device.terms or Terms((), ())


@dataclass(frozen=True, slots=True)
class Known:
    """A device with what its silence means (see ``silence``)."""

    device: Device
    silent: bool
    at_risk: bool


def devices_of(actor: Actor) -> list[Known]:
    """The devices at the actor's places with all that was given to them; whoever sees them sees no resident."""
    return _known(Device.objects.filter(in_ranges(actor.ranges(READ))).order_by("last_contact_at", "id"))


def device_known(actor: Actor, device_id: uuid.UUID) -> Known:
    """One of them. Raises NotFound when there is none, or it is elsewhere."""
    found = _known(Device.objects.filter(in_ranges(actor.ranges(READ)), pk=device_id))
    if not found:
        raise NotFound
    return found[0]


def device_to_change(actor: Actor, device_id: uuid.UUID, *, needs: str) -> Device:
    """A device at the actor's places, locked. Raises NotFound."""
    found = Device.objects.select_for_update().filter(in_ranges(actor.ranges(needs)), pk=device_id).first()
    if found is None:
        raise NotFound
    return found


def invitation_for(actor: Actor, invitation_id: uuid.UUID) -> Invitation:
    """An invitation to the actor's places. Raises NotFound."""
    found = Invitation.objects.filter(in_ranges(actor.ranges("accounts.invite_device")), pk=invitation_id)
    if (invitation := found.select_related("person", "device").first()) is None:
        raise NotFound
    return invitation


def open_grants(device: Device) -> list[DeviceGrant]:
    """What of a device's grants has not ended, oldest first; locked, since whoever asks is about to change them."""
    lasting = Q(valid_until=None) | Q(valid_until__gt=clock.now())
    return list(DeviceGrant.objects.select_for_update().filter(lasting, device=device).order_by("valid_from", "id"))


def people_to_enrol(actor: Actor) -> list[Person]:
    """Those whose roles at the actor's places are the actor's to give, in the order of places; the actor comes last."""
    now, act = clock.now(), "accounts.invite_device"
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    worn = RoleGrant.objects.filter(lasting, in_ranges(actor.ranges(act)), valid_from__lte=now)
    theirs = {
        grant.person_id: grant.person
        for grant in worn.select_related("person").order_by("path", "id")
        if grant.person_id == actor.person_id or may_give(actor, Role(grant.role), act=act, path=grant.path)
    }
    return sorted(theirs.values(), key=lambda person: person.pk == actor.person_id)


def _known(devices: "QuerySet[Device]") -> list[Known]:
    now = clock.now()
    shift_ago = a_shift_ago(now)
    asked = {"is_silent": silent(now, shift_ago), "is_at_risk": at_risk(shift_ago)}
    said = {name: ExpressionWrapper(which, BooleanField()) for name, which in asked.items()}
    rows: Any = devices.select_related("person").prefetch_related(_GRANTS).annotate(**said)
    return [Known(row, row.is_silent, row.is_at_risk) for row in rows]


# By hand, for every request of every device asks it.
_WITH_TERMS = f"""
SELECT {", ".join(f'device."{field.column}"' for field in Device._meta.concrete_fields)},
       coalesce((SELECT json_agg(one ORDER BY one.valid_from, one.id) FROM (
           SELECT id, path, hats, valid_from, valid_until FROM {DeviceGrant._meta.db_table}
            WHERE device_id = device.id) AS one), '[]')::text,
       coalesce((SELECT json_agg(one ORDER BY one.valid_from, one.id) FROM (
           SELECT id, role, path, valid_from, valid_until FROM {RoleGrant._meta.db_table}
            WHERE person_id = device.person_id) AS one), '[]')::text
  FROM {Device._meta.db_table} AS device WHERE device.id = %s
"""  # noqa: S608  # our own tables
