"""What a phone does itself: come in by an invitation, and say that it has wiped itself."""

import uuid
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.db import IntegrityError, transaction

from firstline.accounts.devices.errors import EnrolmentCodeWrong, KeyUnfit, NoRoleThere, StorageNotPersistent
from firstline.accounts.devices.invitations import invitation_by, is_good
from firstline.accounts.devices.selectors import device_actor, open_grants
from firstline.accounts.models import Device, DeviceGrant, Invitation
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor, Grant

ENROL, WIPED = "accounts.enrol_device", "accounts.confirm_wipe"


def enrol(code: str, *, public_key: bytes, client: str, persistent: bool) -> Device:
    """Enrol a phone by the code of an invitation. The same phone asking once more is answered as the first time.

    ``public_key`` is an SPKI in DER. Raises EnrolmentCodeWrong, StorageNotPersistent, NoRoleThere, KeyUnfit.
    """
    invitation = invitation_by(code)
    if invitation is None:
        raise EnrolmentCodeWrong
    invited = Actor(invitation.person_id, "device", (_own(invitation.path, ENROL),))
    return enrol_device(
        invited, invitation_id=invitation.pk, public_key=public_key, client=client, persistent=persistent
    )


@action(ENROL)
def enrol_device(actor: Actor, *, invitation_id: uuid.UUID, public_key: bytes, client: str, persistent: bool) -> Device:
    """Make the device of an invitation, with its grant. Raises as ``enrol``; what is refused leaves it unused."""
    # The row is the lock: of two phones that scanned one code, the first one has it.
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("person", "device")
    invitation = locked.get(pk=invitation_id)
    if (made := invitation.device) is not None:
        if bytes(made.public_key) != public_key or clock.now() > invitation.expires_at:
            raise EnrolmentCodeWrong
        ledger.repeated(path=invitation.path)
        return made
    if not is_good(invitation):
        raise EnrolmentCodeWrong
    if not persistent and not invitation.may_be_volatile:
        raise StorageNotPersistent
    _require_key(public_key)
    device = _make(invitation, public_key, client, persistent=persistent)
    if not device_actor(device).grants:
        # Since the code was made the person's role has ended.
        raise NoRoleThere(name=details_of(invitation.person).name)
    said = {"person": details_of(invitation.person).name, "client": client, "persistent": persistent}
    ledger.record(path=device.path, subject=device, after=said)
    return device


@action(WIPED)
def confirm_wipe(actor: Actor, *, device: Device) -> Device:
    """Keep that a device has deleted all it held, as it says itself; it is given nothing from now on."""
    device.wiped_at = clock.now()
    device.save(update_fields=["wiped_at"])
    DeviceGrant.objects.filter(pk__in=[grant.pk for grant in open_grants(device)]).update(valid_until=device.wiped_at)
    ledger.record(path=device.path, subject=device, after={"waiting": device.waiting})
    return device


def wiped_itself(device: Device) -> Device:
    """The same, by the device: revoked or lapsed, it may always say so. Said once more it changes nothing."""
    if device.wiped_at is not None:
        return device
    return confirm_wipe(
        Actor(device.person_id, f"device-{device.pk.hex[-8:]}", (_own(device.path, WIPED),), device.pk), device=device
    )


def _make(invitation: Invitation, public_key: bytes, client: str, *, persistent: bool) -> Device:
    now = clock.now()
    device = Device(
        person=invitation.person,
        path=invitation.path,
        public_key=public_key,
        enrolled_at=now,
        borrowed=invitation.borrowed,
        label=invitation.label,
        client=client,
        last_contact_at=now,
        persistent=persistent,
    )
    try:
        with transaction.atomic():
            device.save(force_insert=True)
    except IntegrityError as problem:
        # One key, one device: a key that came in before is not this phone's alone.
        raise KeyUnfit from problem
    DeviceGrant.objects.create(
        device=device,
        path=invitation.path,
        hats=invitation.hats,
        valid_from=now,
        valid_until=invitation.until,
        given_by_id=invitation.made_by_id,
    )
    invitation.used_at, invitation.device = now, device
    invitation.save(update_fields=["used_at", "device"])
    return device


def _require_key(public_key: bytes) -> None:
    try:
        key = load_der_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise KeyUnfit from problem
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise KeyUnfit


def _own(path: str, act: str) -> Grant:
    """What a phone may about itself, whatever its person may."""
    return Grant("device", path, frozenset({act}), datetime.min.replace(tzinfo=clock.now().tzinfo))
