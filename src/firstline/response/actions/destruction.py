"""Destroying the keys of an emergency: one person proposes, another confirms, and nobody reads its data again."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from firstline.kernel import changes, clock, keys, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor, console
from firstline.response.errors import (
    EmergencyNotOver,
    NamedPersonNeeded,
    NothingProposed,
    ProposedAlready,
    SecondPersonNeeded,
    StillKept,
)
from firstline.response.models import DestructionConfirmation, DestructionProposal, Emergency
from firstline.response.selectors import locked, proposal_of, refuse_destroyed


@action("response.propose_destruction")
def propose_destruction(actor: Actor, *, emergency_id: uuid.UUID) -> DestructionProposal:
    """The first of two: nothing is destroyed yet, and without a second person the proposal lapses.

    Raises NamedPersonNeeded, EmergencyNotOver, StillKept, KeysDestroyed, ProposedAlready, NotFound (or elsewhere).
    """
    emergency = _destroyable(actor, emergency_id, "response.propose_destruction")
    if proposal_of(emergency) is not None:
        raise ProposedAlready
    now = clock.now()
    proposal = DestructionProposal.objects.create(
        emergency=emergency,
        at=now,
        by_id=actor.person_id,
        lapses_at=now + timedelta(hours=settings.FIRSTLINE_DESTRUCTION_HOURS),
    )
    ledger.record(
        path=emergency.path,
        subject=emergency,
        after={"name": emergency.name, "lapses_at": proposal.lapses_at.isoformat()},
    )
    return proposal


@action("response.confirm_destruction")
def confirm_destruction(actor: Actor, *, emergency_id: uuid.UUID) -> DestructionConfirmation:
    """The second of two: once this is durable, every key of the emergency is destroyed here, for good.

    Copies stay on the register until each is confirmed destroyed. Raises as ``propose_destruction`` does, and
    NothingProposed, SecondPersonNeeded.
    """
    emergency = _destroyable(actor, emergency_id, "response.confirm_destruction")
    if (proposal := proposal_of(emergency)) is None:
        raise NothingProposed
    if proposal.by_id == actor.person_id:
        raise SecondPersonNeeded
    confirmation = DestructionConfirmation.objects.create(
        proposal=proposal, proposed_by_id=proposal.by_id, by_id=actor.person_id
    )
    line = keys.line_of(emergency.key)
    keys.destroy(line)
    changes.touch([emergency.path])
    ledger.record(
        path=emergency.path,
        subject=emergency,
        after={"name": emergency.name, "key": [f"{key.pk}.key" for key in line]},
    )
    return confirmation


def _destroyable(actor: Actor, emergency_id: uuid.UUID, needs: str) -> Emergency:
    if actor.person_id == console().person_id:
        raise NamedPersonNeeded
    emergency = locked(actor, emergency_id, needs=needs)
    now = clock.now()
    kept_until = emergency.kept_until
    if kept_until is None or (emergency.ended_at and emergency.ended_at > now):
        raise EmergencyNotOver(name=emergency.name)
    refuse_destroyed([emergency.key])
    if kept_until > now:
        raise StillKept(until=localdate(kept_until).isoformat())
    return emergency
