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
    unsaid = Moment(now, Precision.DAY, recorded)
    if offset is None:
        return unsaid.not_believed("clock_unset", now)
    try:
        made = recorded + timedelta(milliseconds=offset)
    except OverflowError:
        return unsaid.not_believed("clock_ahead", now)
    if made > now + SLACK:
        return unsaid.not_believed("clock_ahead", now)
    if made < enrolled_at - SLACK:
        return unsaid.not_believed("before_enrolment", now)
    return Moment(made, Precision.MINUTE, recorded)
