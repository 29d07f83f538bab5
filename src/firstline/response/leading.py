"""Which emergency leads where: one at a place, so that what is recorded there lies under one key. For actions."""

from django.db import connection
from django.db.models import Q

from firstline.kernel import clock, paths
from firstline.response.errors import EmergencyInForce
from firstline.response.models import Emergency

_LOCK = "firstline:response.declare"


def lock_leading() -> None:
    """Until the transaction ends nobody else declares an emergency or lets one lead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])


def leading_over(path: str) -> Emergency | None:
    """The emergency, not ended, that leads at a place or is about to."""
    found = Emergency.objects.filter(going_on(), path__in=paths.ancestors(path), leads_since__isnull=False)
    return max(found, key=lambda emergency: len(emergency.path), default=None)


def going_on() -> Q:
    """The condition that an emergency has not ended, whether its end is said or not."""
    return Q(ended_at=None) | Q(ended_at__gt=clock.now())


def refuse_led(path: str) -> None:
    """Raise EmergencyInForce where one leads."""
    if (other := leading_over(path)) is not None:
        raise EmergencyInForce(name=other.name)
