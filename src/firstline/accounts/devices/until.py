"""How long a phone is given for."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock

# A shift, in which a phone in use is heard of at least once.
SHIFT = timedelta(hours=12)
# The longest time a phone is lent for.
LENT = timedelta(hours=24)
_DAY_BEGINS, _DAY_ENDS = 6, 22


class Until(TextChoices):
    OPEN = "open", _("until it is ended")
    TONIGHT = "tonight", _("until tonight, 24:00")
    SHIFT = "shift", _("for twelve hours")


def moment_of(until: Until) -> datetime | None:
    """The moment a choice means now; None: no end."""
    now = clock.now()
    if until == Until.OPEN:
        return None
    if until == Until.SHIFT:
        return now + SHIFT
    local = timezone.localtime(now)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def a_shift_ago(now: datetime) -> datetime:
    """Twelve hours back, the hours from 22:00 to 06:00 not counted: a phone that sleeps at night is not missing."""
    left, at = SHIFT, timezone.localtime(now)
    while True:
        begins = at.replace(hour=_DAY_BEGINS, minute=0, second=0, microsecond=0)
        at = min(at, begins.replace(hour=_DAY_ENDS))
        if at - begins >= left:
            return at - left
        left -= max(at - begins, timedelta())
        at = begins.replace(hour=_DAY_ENDS) - timedelta(days=1)
