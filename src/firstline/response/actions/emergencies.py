"""Writing emergencies: declare one, end it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from firstline.kernel import changes, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import make_key
from firstline.kernel.models import DataKey
from firstline.places.selectors import place_at
from firstline.response.errors import (
    EmergencyDatesWrong,
    EmergencyOver,
    EmergencyTwice,
    EndNotSaid,
    LegalBasisMissing,
)
from firstline.response.leading import going_on, leading_over, lock_leading
from firstline.response.levels.changing import change_level
from firstline.response.measures.ordering import Draft
from firstline.response.measures.standing import changed
from firstline.response.models import Change, Emergency, Level, LevelDeclared, LevelTakenBack
from firstline.response.selectors import locked
from firstline.response.signals import emergency_declared

# Whoever means another year types the wrong one.
LONGEST_AHEAD = timedelta(days=366)


@action("response.declare")
def declare(
    actor: Actor,
    *,
    path: str,
    name: str,
    level: Level,
    legal_basis: str,
    document_number: str = "",
    started_at: datetime | None = None,
    measures: Sequence[Draft] = (),
) -> Emergency:
    """Declare an emergency over a place and all below it, with a data key of its own and the measures of its level.

    Where none leads it leads, and has a default campaign; where one does it stands beside that. ``started_at`` may lie
    in the past (entered late) or be to come (it starts by itself). Raises LegalBasisMissing, EmergencyTwice,
    NotFound (no such place, or elsewhere), and what is wrong about a measure.
    """
    if not (name := name.strip()) or not (legal_basis := legal_basis.strip()):
        raise LegalBasisMissing
    if place_at(path) is None:
        raise NotFound
    lock_leading()
    if Emergency.objects.filter(going_on(), path=path, name=name).exists():
        raise EmergencyTwice(name=name)
    begins = started_at or clock.now()
    emergency = Emergency.objects.create(
        path=path,
        name=name,
        legal_basis=legal_basis,
        document_number=document_number.strip(),
        started_at=begins,
        leads_since=begins if leading_over(path) is None else None,
        key=make_key(DataKey.Purpose.EMERGENCY),
    )
    change_level(
        actor,
        emergency,
        change=Change.DECLARED,
        level=Level(level),
        from_at=begins,
        legal_basis=legal_basis,
        document_number=emergency.document_number,
        measures=measures,
    )
    if emergency.leads_since is not None:
        emergency_declared.send(sender=Emergency, emergency=emergency, actor=actor, since=begins)
    return emergency


@action("response.end")
def end(
    actor: Actor, *, emergency_id: uuid.UUID, ended_at: datetime | None = None, keep_days: int | None = None
) -> Emergency:
    """End an emergency, its level and its measures, from a moment on: past, now (the default) or to come.

    What was recorded stays sealed and readable for ``keep_days`` more (default: the setting). Until a moment to come
    it goes on, and the end can be called off.

    Raises EmergencyOver (also: its end is said already), EmergencyDatesWrong, NotFound (no such emergency, or
    elsewhere).
    """
    emergency = locked(actor, emergency_id, needs="response.end")
    if emergency.ended_at is not None:
        raise EmergencyOver
    days = settings.FIRSTLINE_KEEP_DAYS if keep_days is None else keep_days
    at = ended_at or clock.now()
    if days < 0 or at > clock.now() + LONGEST_AHEAD:
        raise EmergencyDatesWrong
    emergency.ended_at, emergency.keep_until = at, at + timedelta(days=days)
    emergency.save(update_fields=["ended_at", "keep_until"])
    change_level(
        actor,
        emergency,
        change=Change.ENDED,
        level=None,
        from_at=at,
        also={"ended_at": at.isoformat(), "keep_until": emergency.keep_until.isoformat()},
    )
    return emergency


@action("response.call_off_end")
def call_off_end(actor: Actor, *, emergency_id: uuid.UUID) -> Emergency:
    """Let an emergency go on whose end has not come yet; what was to end with it goes on as well.

    Raises EmergencyOver (it has ended), EndNotSaid (nobody has said when it ends), NotFound.
    """
    emergency = locked(actor, emergency_id, needs="response.call_off_end")
    if emergency.ended_at is None:
        raise EndNotSaid
    if emergency.ended_at <= clock.now():
        raise EmergencyOver
    before = {"ended_at": emergency.ended_at.isoformat()}
    said = LevelDeclared.objects.get(emergency=emergency, change=Change.ENDED, taken_back=None)
    LevelTakenBack.objects.create(level=said, by_id=actor.person_id)
    emergency.ended_at = emergency.keep_until = None
    emergency.save(update_fields=["ended_at", "keep_until"])
    changed()
    changes.touch([emergency.path])
    ledger.record(path=emergency.path, subject=emergency, before=before, after={"name": emergency.name})
    return emergency
