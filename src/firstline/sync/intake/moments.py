"""When a command was made, from the device's clock and the offset it measured. Pure: no clock of its own."""

from datetime import UTC, datetime, timedelta

from firstline.kernel.clock import Precision
from firstline.kernel.offline import Moment

# A measured offset is off by the way of the answer; what lies further ahead is no moment that has been.
SLACK = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(recorded_at: int, offset: int | None, *, now: datetime, enrolled_at: datetime) -> Moment:
    """The moment a command was made: milliseconds by the device's clock, corrected by what it was off.

    Where that cannot be believed it is ``now``, to the day, and ``doubt`` says why: clock_unset (never measured, or the
    clock jumped since), clock_ahead, before_enrolment. No moment is compared with another device's.
    """
    recorded = _EPOCH + timedelta(milliseconds=recorded_at)
    if offset is None:
        return Moment(now, Precision.DAY, recorded, "clock_unset")
    try:
        made = recorded + timedelta(milliseconds=offset)
    except OverflowError:
        return Moment(now, Precision.DAY, recorded, "clock_ahead")
    if made > now + SLACK:
        return Moment(now, Precision.DAY, recorded, "clock_ahead")
    if made < enrolled_at - SLACK:
        return Moment(now, Precision.DAY, recorded, "before_enrolment")
    return Moment(made, Precision.MINUTE, recorded)
