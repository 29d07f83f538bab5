"""When something may go out to somebody: quiet hours and hours of digests, by the clock on the wall there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from firstline.notify.models.messages import QUIET_FROM, QUIET_UNTIL, URGENT
from firstline.notify.models.outgoing import Held

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """What a receiver chose; the defaults are those of whoever never did, and of robots."""

    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    quiet_above: int = URGENT
    digest_hours: Sequence[int] = field(default=())

    def is_urgent(self, severity: int) -> bool:
        """Whether this goes out at any hour."""
        return severity >= self.quiet_above

    def quiet_ends(self, now: datetime) -> datetime | None:
        """When the quiet hours around ``now`` end; None when it is not quiet."""
        here = timezone.localtime(now)
        begins, ends = self.quiet_from, self.quiet_until
        at = here.time()
        quiet = begins <= at < ends if begins < ends else (at >= begins or at < ends) if begins > ends else False
        return _next(here, ends) if quiet else None

    def due(self, now: datetime) -> tuple[datetime, Held | None]:
        """When what is not urgent goes out, and why not at once."""
        if self.digest_hours:
            at = min(_next(timezone.localtime(now), time(hour)) for hour in self.digest_hours)
            return self.quiet_ends(at) or at, Held.DIGEST
        ends = self.quiet_ends(now)
        return (now, None) if ends is None else (ends, Held.QUIET)


def _next(here: datetime, at: time) -> datetime:
    """The next time the clock on the wall says ``at``. Rebuilt from day and time: a day may have 23 hours elsewhere."""
    day = here.date() if here.time() < at else here.date() + _DAY
    return timezone.make_aware(datetime.combine(day, at), here.tzinfo)
