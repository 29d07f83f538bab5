"""Reading emergencies: those in force at a place or within places, those that are over, their keys and copies."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db.models import Q

from firstline.kernel import clock, keys, paths, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.models import DataKey
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges
from firstline.response.errors import EmergencyMissing, KeysDestroyed
from firstline.response.models import DestructionProposal, Emergency, KeyCopy

READ_KEYS = "response.read_keys"
_MEMO = "response.in_force"


def emergency_at(path: str) -> Emergency:
    """The emergency in force that leads at a place. Raises EmergencyMissing.

    There are as many as counties at most, so all are read once and kept for the rest of the scope.
    """
    found = find_emergency(path)
    if found is None:
        raise EmergencyMissing
    return found


def find_emergency(path: str) -> Emergency | None:
    """The same, or None: for pages that can be shown without one."""
    line = set(paths.ancestors(path))
    covering = [emergency for emergency in _in_force() if emergency.path in line]
    return max(covering, key=lambda emergency: len(emergency.path), default=None)


def key_ids_of(emergency: Emergency) -> list[uuid.UUID]:
    """The keys under which an emergency's data lies, the present one first."""
    return [key.pk for key in keys.line_of(emergency.key)]


def emergencies_for(actor: Actor) -> list[Emergency]:
    """All emergencies in the actor's places, also those that are over, the latest first."""
    found = Emergency.objects.filter(in_ranges(actor.ranges(READ_KEYS))).select_related("key")
    return list(found.order_by("-started_at", "id"))


def emergency_for(actor: Actor, emergency_id: uuid.UUID, *, needs: str) -> Emergency:
    """An emergency in the actor's places, whether it goes on or not. Raises NotFound."""
    found = Emergency.objects.filter(in_ranges(actor.ranges(needs)), pk=emergency_id).select_related("key").first()
    if found is None:
        raise NotFound
    return found


def locked(actor: Actor, emergency_id: uuid.UUID, *, needs: str) -> Emergency:
    """An emergency in the actor's places, for the running action alone. Raises NotFound."""
    found = Emergency.objects.filter(in_ranges(actor.ranges(needs)), pk=emergency_id)
    emergency = found.select_related("key").select_for_update(of=("self",)).first()
    if emergency is None:
        raise NotFound
    return emergency


def proposal_of(emergency: Emergency) -> DestructionProposal | None:
    """The proposal to destroy its keys that waits for a second person, if one does."""
    return emergency.proposals.filter(confirmation=None, lapses_at__gt=clock.now()).order_by("-at").first()


def destroyed_by(emergency: Emergency) -> DestructionProposal | None:
    """The proposal that was confirmed, with its confirmation; None while the keys are there."""
    return emergency.proposals.filter(confirmation__isnull=False).select_related("confirmation").first()


def refuse_destroyed(found: Iterable[DataKey]) -> None:
    """Raise KeysDestroyed when one of the keys is destroyed."""
    if any(key.destroyed_at is not None for key in found):
        raise KeysDestroyed


def copies_of(found: Iterable[DataKey]) -> list[KeyCopy]:
    """The register of copies of keys, the oldest first, each with what became of it."""
    copies = KeyCopy.objects.filter(key__in=[key.pk for key in found]).select_related("key", "gone")
    return list(copies.order_by("made_at", "id"))


def copy_for(actor: Actor, copy_id: uuid.UUID) -> KeyCopy:
    """A copy of a key of an emergency in the actor's places. Raises NotFound."""
    copy = KeyCopy.objects.select_related("key").filter(pk=copy_id).first()
    if copy is None or not actor.may("response.copy_destroyed", path_of_key(copy.key)):
        raise NotFound
    return copy


def path_of_key(key: DataKey) -> str:
    """The place of the emergency a key belongs to; the whole installation for the organisation's."""
    while True:
        emergency = Emergency.objects.filter(key=key).values_list("path", flat=True).first()
        if emergency is not None:
            return emergency
        following = DataKey.objects.filter(follows=key).first()
        if following is None:
            return ""
        key = following


def emergencies_within(within: Iterable[Range]) -> list[tuple[Range, Emergency]]:
    """The emergencies that lead in ranges, each with its part of them.

    From above, an emergency of one township is not one of the whole county: its doors are, and no others.
    """
    standing = {emergency.path: emergency for emergency in _in_force()}
    return [part for one in within for part in paths.parts_of(one, standing)]


def emergencies_over(within: Iterable[Range]) -> list[Emergency]:
    """All emergencies over ranges or in them that have not ended, also those that stand beside; the latest last."""
    ranges = list(within)
    above = {path for one in ranges for path in paths.ancestors(one.lo)}
    found = Emergency.objects.filter(in_ranges(ranges) | Q(path__in=above))
    return list(found.filter(Q(ended_at=None) | Q(ended_at__gt=clock.now())).order_by("started_at", "id"))


def remember(emergencies: Iterable[Emergency]) -> None:
    """All emergencies that lead, for whoever has read them already with something else; kept for the running scope."""
    scope.memo().setdefault(_MEMO, list(emergencies))


def _in_force() -> list[Emergency]:
    memo = scope.memo()
    if _MEMO not in memo:
        memo[_MEMO] = _read(clock.now())
    return cast("list[Emergency]", memo[_MEMO])


def _read(now: datetime) -> list[Emergency]:
    found = Emergency.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now), leads_since__lte=now)
    return list(found.select_related("key"))
