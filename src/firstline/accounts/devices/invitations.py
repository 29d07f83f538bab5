"""Codes by which a phone comes in: 100 bits, good once and for ten minutes, kept as a keyed hash."""

import secrets
import uuid
from datetime import timedelta

from firstline.accounts.models import Invitation
from firstline.kernel import clock, crypto
from firstline.kernel.keys import organisation_key, organisation_keys

GOOD_FOR = timedelta(minutes=10)
# Crockford's base32: no I, L, O, U, so that a code can be read out.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 20
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def new_code() -> str:
    """20 characters, five bits each."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def hash_of(code: str) -> bytes:
    """What is kept of a code."""
    return _hash(code, organisation_key())


def invitation_by(code: str) -> Invitation | None:
    """The invitation a code belongs to, whether or not it is still good."""
    hashes = [_hash(code, key) for key in organisation_keys()]
    return Invitation.objects.select_related("person", "device").filter(code_hash__in=hashes).first()


def is_good(invitation: Invitation) -> bool:
    """Whether a phone may still come in by it."""
    return invitation.used_at is None and clock.now() < invitation.expires_at


def _hash(code: str, key_id: uuid.UUID) -> bytes:
    return crypto.token("device.invitation", code.upper().translate(_READ_AS), key_id=key_id)
