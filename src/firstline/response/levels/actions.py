"""Writing levels: raise, lower, take back a slip; and which emergency leads."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from firstline.kernel import changes, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.response.errors import EmergencyOver, LegalBasisMissing
from firstline.response.leading import lock_leading, refuse_led
from firstline.response.levels.changing import change_level
from firstline.response.levels.errors import LevelHolds, LevelNotOther, LevelOutsideEmergency
from firstline.response.levels.selectors import level_change_for, level_of, may_take_back
from firstline.response.measures.ordering import Draft
from firstline.response.measures.standing import changed
from firstline.response.models import Change, Emergency, Level, LevelDeclared, LevelTakenBack
from firstline.response.selectors import locked
from firstline.response.signals import emergency_declared


@action("response.raise_level")
def raise_level(
    actor: Actor,
    *,
    emergency_id: uuid.UUID,
    level: Level,
    legal_basis: str,
    document_number: str = "",
    from_at: datetime | None = None,
    measures: Sequence[Draft] = (),
) -> LevelDeclared:
    """Raise an emergency to a graver level from a moment on, past or to come (default: now), with its measures.

    Raises LegalBasisMissing, LevelNotOther, LevelOutsideEmergency, NotFound, and what is wrong about a measure.
    """
    emergency = locked(actor, emergency_id, needs="response.raise_level")
    moment = from_at or clock.now()
    if level >= _level_before(emergency, moment):
        raise LevelNotOther(level=_level_before(emergency, moment).label)
    if not (basis := legal_basis.strip()):
        raise LegalBasisMissing
    return change_level(
        actor,
        emergency,
        change=Change.RAISED,
        level=Level(level),
        from_at=moment,
        legal_basis=basis,
        document_number=document_number.strip(),
        measures=measures,
    )


@action("response.lower_level")
def lower_level(
    actor: Actor,
    *,
    emergency_id: uuid.UUID,
    level: Level,
    legal_basis: str,
    document_number: str = "",
    from_at: datetime | None = None,
    measures: Sequence[Draft] = (),
) -> LevelDeclared:
    """Lower an emergency to a lighter level; as ``raise_level``."""
    emergency = locked(actor, emergency_id, needs="response.lower_level")
    moment = from_at or clock.now()
    if level <= _level_before(emergency, moment):
        raise LevelNotOther(level=_level_before(emergency, moment).label)
    if not (basis := legal_basis.strip()):
        raise LegalBasisMissing
    return change_level(
        actor,
        emergency,
        change=Change.LOWERED,
        level=Level(level),
        from_at=moment,
        legal_basis=basis,
        document_number=document_number.strip(),
        measures=measures,
    )


@action("response.take_back_level")
def take_back_level(actor: Actor, *, change_id: uuid.UUID) -> LevelTakenBack:
    """Take back a raising or lowering that has not begun, or was entered a moment ago; its measures never held, and
    those it ended go on. Raises LevelHolds, NotFound.
    """
    fact = level_change_for(actor, change_id, needs="response.take_back_level")
    locked(actor, fact.emergency_id, needs="response.take_back_level")
    if not may_take_back(fact):
        raise LevelHolds
    undone = LevelTakenBack.objects.create(level=fact, by_id=actor.person_id)
    changed()
    changes.touch([fact.path])
    ledger.record(
        path=fact.path,
        subject=fact.emergency,
        before={"level": fact.level, "from_at": fact.from_at.isoformat()},
        after={"level": level_of(fact.emergency)},
    )
    return undone


@action("response.lead_with")
def lead_with(actor: Actor, *, emergency_id: uuid.UUID) -> Emergency:
    """From now on what residents are asked in this emergency's area is recorded in it, under its key.

    Only where none leads: while one leads it has answers under way, and another would open none of them. Raises
    EmergencyInForce (it leads itself, or another does), EmergencyOver, NotFound.
    """
    emergency = locked(actor, emergency_id, needs="response.lead_with")
    now = clock.now()
    if level_of(emergency, now) is None:
        raise EmergencyOver
    lock_leading()
    refuse_led(emergency.path)
    emergency.leads_since = now
    emergency.save(update_fields=["leads_since"])
    changes.touch([emergency.path])
    ledger.record(path=emergency.path, subject=emergency, after={"name": emergency.name, "leads": True})
    emergency_declared.send(sender=Emergency, emergency=emergency, actor=actor, since=now)
    return emergency


def _level_before(emergency: Emergency, moment: datetime) -> Level:
    found = level_of(emergency, moment)
    # With its end said, it may change until then.
    over = emergency.ended_at is not None and emergency.ended_at <= max(moment, clock.now())
    if found is None or over:
        raise LevelOutsideEmergency
    return found
