"""Lines that stand beside others: for what a division went over into, and for its old path."""

from django.db.models import Q

from firstline.kernel import clock
from firstline.response.models import Responsibility


def taken_along(line: Responsibility) -> Responsibility | None:
    """The line for an old path that goes where this one goes: it is the last that stands beside it."""
    old, now = line.continues, clock.now()
    if old is None or (old.valid_until is not None and old.valid_until <= now):
        return None
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    others = Responsibility.objects.filter(lasting, continues=old).exclude(pk=line.pk)
    return None if others.exists() else old
