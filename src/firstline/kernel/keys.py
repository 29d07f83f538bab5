"""Which data keys there are: made here, checked at every start."""

import functools
import uuid

from firstline.kernel import crypto
from firstline.kernel.errors import KeyMissing
from firstline.kernel.ids import uuid7
from firstline.kernel.models import DataKey


def make_key(purpose: DataKey.Purpose) -> DataKey:
    """A new key: its file first, then its row, so that no row ever names a key that was not written."""
    key_id = uuid7()
    return DataKey.objects.create(id=key_id, purpose=purpose, check_value=crypto.create_key(key_id, purpose))


@functools.lru_cache(maxsize=1)
def organisation_key() -> uuid.UUID:
    """The id of the standing key of this organisation's own people and contacts; made at the first need."""
    found = DataKey.objects.filter(purpose=DataKey.Purpose.ORGANISATION).first()
    return (found or make_key(DataKey.Purpose.ORGANISATION)).id


def check_all() -> None:
    """Raise KeyMissing unless every key on record is at hand and is the one that sealed the data."""
    for key in DataKey.objects.order_by("created_at"):
        if crypto.check_value(key.id) != bytes(key.check_value):
            raise KeyMissing(key=f"{key.id}.key")
