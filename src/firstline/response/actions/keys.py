"""Writing the custody of data keys: a new one, copies of them, copies destroyed."""

import uuid
from collections.abc import Collection

from firstline.kernel import clock, keys, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Conflict, NotFound
from firstline.kernel.models import DataKey
from firstline.response.errors import CopyPlaceMissing, EmergencyOver
from firstline.response.models import Emergency, KeyCopy, KeyCopyGone
from firstline.response.selectors import copy_for, locked, path_of_key, refuse_destroyed


@action("response.rotate_key")
def rotate_key(actor: Actor, *, emergency_id: uuid.UUID) -> Emergency:
    """Seal everything of an emergency under a new key from now on; what was sealed before stays as it is.

    Raises EmergencyOver, NotFound (no such emergency, or elsewhere).
    """
    emergency = locked(actor, emergency_id, needs="response.rotate_key")
    if emergency.ended_at is not None and emergency.ended_at <= clock.now():
        raise EmergencyOver
    before = emergency.key
    emergency.key = keys.rotate(before)
    emergency.save(update_fields=["key"])
    ledger.record(
        path=emergency.path, subject=emergency, before={"key": _named(before)}, after={"key": _named(emergency.key)}
    )
    return emergency


@action("response.rotate_organisation_key")
def rotate_organisation_key(actor: Actor) -> DataKey:
    """Seal our own people, contacts and the ledger under a new key from now on. At the console only.

    Raises Conflict when somebody else has rotated it at the same moment.
    """
    old = DataKey.objects.select_for_update().get(pk=keys.organisation_key())
    if old.retired_at is not None:
        raise Conflict
    new = keys.rotate(old)
    ledger.record(path="", subject=new, before={"key": _named(old)}, after={"key": _named(new)})
    return new


@action("response.register_copies")
def register_copies(
    actor: Actor, *, key_ids: Collection[uuid.UUID], place: str, backup_id: uuid.UUID | None = None
) -> list[KeyCopy]:
    """Put on the register that copies of keys are about to lie, or lie, at ``place``.

    Raises CopyPlaceMissing, KeysDestroyed, NotFound (no such key, or of an emergency elsewhere).
    """
    if not (place := place.strip()):
        raise CopyPlaceMissing
    found = list(DataKey.objects.filter(pk__in=key_ids).order_by("created_at"))
    if len(found) != len(set(key_ids)):
        raise NotFound
    refuse_destroyed(found)
    copies = KeyCopy.objects.bulk_create(
        KeyCopy(key=key, place=place, made_by_id=actor.person_id, backup_id=backup_id) for key in found
    )
    for copy in copies:
        ledger.record(
            path=path_of_key(copy.key), subject=copy, after={"key": _named(copy.key), "copy_place": copy.place}
        )
    return copies


@action("response.copy_destroyed")
def copy_destroyed(actor: Actor, *, copy_id: uuid.UUID) -> KeyCopy:
    """Say by one's own name that a copy is destroyed. Raises CopyGone, NotFound (no such copy, or elsewhere)."""
    copy = copy_for(actor, copy_id)
    KeyCopyGone.objects.create(copy=copy, by_id=actor.person_id)
    ledger.record(path=path_of_key(copy.key), subject=copy, after={"key": _named(copy.key), "copy_place": copy.place})
    return copy


def _named(key: DataKey) -> str:
    return f"{key.pk}.key"
