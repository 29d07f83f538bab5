"""Writing emergencies: declare one, end it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q

from firstline.kernel import changes, clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import make_key
from firstline.kernel.models import DataKey
from firstline.places.selectors import in_ranges, place_at
from firstline.response.errors import EmergencyDatesWrong, EmergencyInForce, EmergencyOver, LegalBasisMissing
from firstline.response.models import Emergency, Level
from firstline.response.selectors import locked
from firstline.response.signals import emergency_declared

_LOCK = "firstline:response.declare"


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
) -> Emergency:
    """Declare an emergency over a place and all below it, with a data key of its own and a default campaign.

    Raises LegalBasisMissing, EmergencyInForce (one covers the place, or a part of it), NotFound (no such place,
    or elsewhere).
    """
    if not (name := name.strip()) or not (legal_basis := legal_basis.strip()):
        raise LegalBasisMissing
    if place_at(path) is None:
        raise NotFound
    # Emergencies are rare and must not overlap, also not a county's with its city's: one at a time.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
    touching = in_ranges([paths.subtree(path)]) | Q(path__in=paths.ancestors(path))
    if (other := Emergency.objects.filter(touching, ended_at=None).first()) is not None:
        raise EmergencyInForce(name=other.name)
    emergency = Emergency.objects.create(
        path=path,
        name=name,
        level=Level(level),
        legal_basis=legal_basis,
        document_number=document_number.strip(),
        started_at=started_at or clock.now(),
        key=make_key(DataKey.Purpose.EMERGENCY),
    )
    ledger.record(
        path=path,
        subject=emergency,
        after={
            "name": name,
            "level": int(level),
            "legal_basis": legal_basis,
            "document_number": document_number.strip(),
        },
    )
    changes.touch([path])
    emergency_declared.send(sender=Emergency, emergency=emergency, actor=actor)
    return emergency


@action("response.end")
def end(
    actor: Actor, *, emergency_id: uuid.UUID, ended_at: datetime | None = None, keep_days: int | None = None
) -> Emergency:
    """End an emergency. What was recorded stays sealed and readable for ``keep_days`` more (default: the setting).

    Raises EmergencyOver, EmergencyDatesWrong, NotFound (no such emergency, or elsewhere).
    """
    emergency = locked(actor, emergency_id, needs="response.end")
    if emergency.ended_at is not None:
        raise EmergencyOver
    days = settings.FIRSTLINE_KEEP_DAYS if keep_days is None else keep_days
    at = ended_at or clock.now()
    if days < 0 or at > clock.now():
        raise EmergencyDatesWrong
    emergency.ended_at, emergency.keep_until = at, at + timedelta(days=days)
    emergency.save(update_fields=["ended_at", "keep_until"])
    changes.touch([emergency.path])
    ledger.record(
        path=emergency.path,
        subject=emergency,
        after={"name": emergency.name, "ended_at": at.isoformat(), "keep_until": emergency.keep_until.isoformat()},
    )
    return emergency
