"""Which data keys there are: made here, followed by newer ones, destroyed; checked at every start."""

import functools
import time
import uuid
from collections.abc import Collection
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime

from firstline.kernel import clock, crypto
from firstline.kernel.errors import KeyMissing
from firstline.kernel.ids import uuid7
from firstline.kernel.models import DataKey


class _Standing(NamedTuple):
    key_id: uuid.UUID
    # Every key the organisation ever had: what an earlier one sealed is the organisation's too.
    all_ids: frozenset[uuid.UUID]
    until: float


# Another process may rotate the key; so long, at most, this one goes on sealing under the one before, which opens too.
_REMEMBERED_SECONDS = 60.0
_standing: dict[DataKey.Purpose, _Standing] = {}
_ORGANISATION = DataKey.Purpose.ORGANISATION


def make_key(purpose: DataKey.Purpose, *, follows: DataKey | None = None) -> DataKey:
    """A new key: its file first, then its row, so that no row ever names a key that was not written."""
    key_id = uuid7()
    check_value = crypto.create_key(key_id, purpose)
    return DataKey.objects.create(id=key_id, purpose=purpose, check_value=check_value, follows=follows)


def organisation_key() -> uuid.UUID:
    """The id of the standing key of this organisation's own people and contacts; made at the first need."""
    known = _standing.get(_ORGANISATION)
    if known is not None and time.monotonic() < known.until:
        return known.key_id
    key_id = _find() or _make_once()
    # Only once it is durable: a key whose row was rolled back is no key.
    transaction.on_commit(lambda: remember_standing_key(key_id))
    return key_id


def organisation_keys() -> list[uuid.UUID]:
    """The organisation's keys that are not destroyed, the one in use first: a token made before a rotation is found."""
    line = line_of(DataKey.objects.get(pk=organisation_key()))
    return [key.pk for key in line if key.destroyed_at is None]


def is_organisations(key_id: uuid.UUID) -> bool:
    """Whether this is, or was, the standing key of the organisation."""
    if key_id == organisation_key():
        return True
    known = _standing.get(_ORGANISATION)
    return key_id in (known.all_ids if known and known.all_ids else _read_all())


def remember_standing_key(key_id: uuid.UUID) -> None:
    """Spare the database the question for a while; the key's row must be on record."""
    _standing[_ORGANISATION] = _Standing(key_id, frozenset(), time.monotonic() + _REMEMBERED_SECONDS)


def forget_standing_key() -> None:
    """Ask the database anew which key stands (after a rotation, a restore, or when a test's database was emptied)."""
    _standing.clear()


def rotate(old: DataKey) -> DataKey:
    """Retire a key and make the one that seals from now on. What the old one sealed stays readable under it."""
    old.retired_at = clock.now()
    old.save(update_fields=["retired_at"])
    new = make_key(DataKey.Purpose(old.purpose), follows=old)
    transaction.on_commit(forget_standing_key)
    return new


def line_of(key: DataKey) -> list[DataKey]:
    """A key and all it follows, newest first. A key that was never rotated costs no statement."""
    line = [key]
    while line[-1].follows_id is not None:
        line.append(DataKey.objects.get(pk=line[-1].follows_id))
    return line


def destroy(found: Collection[DataKey]) -> None:
    """Destroy keys for good: on record first, their files once that is durable.

    A process that dies in between leaves a file whose destruction is on record; ``check_all`` finishes it.
    """
    at = clock.now()
    DataKey.objects.filter(pk__in=[key.pk for key in found], destroyed_at=None).update(destroyed_at=at, retired_at=at)
    for key in found:
        transaction.on_commit(functools.partial(crypto.destroy_key, key.pk, at))


def check_all() -> None:
    """Raise KeyMissing unless every key on record is at hand and is the one that sealed the data.

    A key that was destroyed must not be: a file of it that is here (the process died, an old copy was put back) is
    destroyed now. And a key destroyed here is destroyed on record, also in older data that was restored.
    """
    for key in DataKey.objects.order_by("created_at"):
        if key.destroyed_at is None and (at := crypto.destroyed_at(key.pk)) is not None:
            key.destroyed_at = key.retired_at = parse_datetime(at) or clock.now()
            key.save(update_fields=["destroyed_at", "retired_at"])
        if key.destroyed_at is not None:
            crypto.destroy_key(key.pk, key.destroyed_at)
        elif crypto.check_value(key.pk) != bytes(key.check_value):
            raise KeyMissing(key=f"{key.pk}.key")


def _read_all() -> frozenset[uuid.UUID]:
    found = frozenset(DataKey.objects.filter(purpose=_ORGANISATION).values_list("id", flat=True))
    if (known := _standing.get(_ORGANISATION)) is not None:
        _standing[_ORGANISATION] = known._replace(all_ids=found)
    return found


def _find() -> uuid.UUID | None:
    return DataKey.objects.filter(purpose=_ORGANISATION, retired_at=None).values_list("id", flat=True).first()


def _make_once() -> uuid.UUID:
    try:
        with transaction.atomic():
            return make_key(_ORGANISATION).id
    except IntegrityError:
        # Another process made it a moment ago; its row is committed now, or the insert would still wait.
        if (found := _find()) is None:
            raise
        return found
