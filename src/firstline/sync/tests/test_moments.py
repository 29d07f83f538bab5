"""When something was done, by a clock that may be wrong: believed or not, and never refused."""

from datetime import UTC, datetime, timedelta

import pytest

from firstline.kernel.clock import Precision
from firstline.sync.intake.moments import SLACK, moment_of

NOW = datetime(2020, 2, 12, 18, 0, tzinfo=UTC)
ENROLLED = NOW - timedelta(days=3)
HOUR, DAY = 3_600_000, 86_400_000


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def test_the_offset_corrects_the_clock() -> None:
    # A phone a day behind, which has measured that.
    found = moment_of(ms(NOW) - DAY - HOUR, DAY, now=NOW, enrolled_at=ENROLLED)
    assert (found.happened_at, found.precision, found.doubt) == (NOW - timedelta(hours=1), Precision.MINUTE, "")
    assert found.recorded_at == NOW - timedelta(hours=25)


@pytest.mark.parametrize(
    ("recorded", "offset", "doubt"),
    [
        (ms(NOW), None, "clock_unset"),
        (ms(NOW) + DAY, 0, "clock_ahead"),
        (ms(NOW + SLACK) + 1, 0, "clock_ahead"),
        (ms(ENROLLED - SLACK) - 1, 0, "before_enrolment"),
        (0, 0, "before_enrolment"),
        (253_402_300_799_000, 2**47, "clock_ahead"),
        (0, -(2**47), "clock_ahead"),
    ],
)
def test_what_cannot_be_believed_is_today(recorded: int, offset: int | None, doubt: str) -> None:
    found = moment_of(recorded, offset, now=NOW, enrolled_at=ENROLLED)
    assert (found.happened_at, found.precision, found.doubt) == (NOW, Precision.DAY, doubt)
    assert ms(found.recorded_at) == recorded


@pytest.mark.parametrize("ago", [timedelta(0), -SLACK, timedelta(days=3), timedelta(days=3) + SLACK])
def test_at_the_edge_it_is_believed(ago: timedelta) -> None:
    assert moment_of(ms(NOW - ago), 0, now=NOW, enrolled_at=ENROLLED).doubt == ""
