"""Which data keys there are: made here, checked at every start."""

import uuid

from django.db import IntegrityError, transaction

from firstline.kernel import crypto
from firstline.kernel.errors import KeyMissing
from firstline.kernel.ids import uuid7
from firstline.kernel.models import DataKey

# The organisation's key never changes in the life of a process, once its row is committed.
_standing: dict[DataKey.Purpose, uuid.UUID] = {}


def make_key(purpose: DataKey.Purpose) -> DataKey:
    """A new key: its file first, then its row, so that no row ever names a key that was not written."""
    key_id = uuid7()
    return DataKey.objects.create(id=key_id, purpose=purpose, check_value=crypto.create_key(key_id, purpose))


def organisation_key() -> uuid.UUID:
    """The id of the standing key of this organisation's own people and contacts; made at the first need."""
    purpose = DataKey.Purpose.ORGANISATION
    if (known := _standing.get(purpose)) is not None:
        return known
    key_id = _find(purpose) or _make_once(purpose)
    # Only once it is durable: a key whose row was rolled back is no key.
    transaction.on_commit(lambda: remember_standing_key(key_id))
    return key_id


def remember_standing_key(key_id: uuid.UUID) -> None:
    """Spare the database the question from here on; the key's row must be on record."""
    _standing[DataKey.Purpose.ORGANISATION] = key_id


def forget_standing_key() -> None:
    """Ask the database anew which key stands (after a restore, or when a test's database was emptied)."""
    _standing.clear()


def check_all() -> None:
    """Raise KeyMissing unless every key on record is at hand and is the one that sealed the data."""
    for key in DataKey.objects.order_by("created_at"):
        if crypto.check_value(key.id) != bytes(key.check_value):
            raise KeyMissing(key=f"{key.id}.key")


def _find(purpose: DataKey.Purpose) -> uuid.UUID | None:
    return DataKey.objects.filter(purpose=purpose).values_list("id", flat=True).first()


def _make_once(purpose: DataKey.Purpose) -> uuid.UUID:
    try:
        with transaction.atomic():
            return make_key(purpose).id
    except IntegrityError:
        # Another process made it a moment ago; its row is committed now, or the insert would still wait.
        if (found := _find(purpose)) is None:
            raise
        return found
