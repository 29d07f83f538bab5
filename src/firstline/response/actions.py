"""Writing emergencies: declare one."""

from datetime import datetime

from django.db import connection
from django.db.models import Q

from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import make_key
from firstline.kernel.models import DataKey
from firstline.places.selectors import in_ranges, place_at
from firstline.response.errors import EmergencyInForce, LegalBasisMissing
from firstline.response.models import Emergency, Level
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
    emergency_declared.send(sender=Emergency, emergency=emergency, actor=actor)
    return emergency
