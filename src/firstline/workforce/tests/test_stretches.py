"""Stretches of duty: whatever is signed in whatever order, nobody is at two places, nor longer than 16 hours."""

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from firstline.kernel.clock import Precision
from firstline.workforce.models import DutySign, Step
from firstline.workforce.stretches import LONGEST, Stretch, stretches

DAWN = datetime(2020, 2, 12, 6, tzinfo=UTC)


def sign(hour: float, step: Step = Step.IN, precision: Precision = Precision.MINUTE) -> DutySign:
    return DutySign(
        id=uuid.uuid4(), step=step, happened_at=DAWN + timedelta(hours=hour), happened_precision=precision, path="1"
    )


def spans(*signs: DutySign, at: float = 100) -> list[tuple[float, float | None, bool]]:
    found = stretches(signs, DAWN + timedelta(hours=at))
    return [(_hours(one.opened.happened_at), _hours(one.until) if one.until else None, one.forgotten) for one in found]


def _hours(moment: datetime) -> float:
    return (moment - DAWN) / timedelta(hours=1)


def test_in_and_out() -> None:
    assert spans(sign(0), sign(8, Step.OUT)) == [(0, 8, False)]


def test_it_goes_on() -> None:
    assert spans(sign(0), at=3) == [(0, None, False)]


def test_a_sign_in_elsewhere_ends_the_one_before() -> None:
    assert spans(sign(0), sign(4), at=5) == [(0, 4, False), (4, None, False)]


def test_a_forgotten_sign_out_ends_after_sixteen_hours_whatever_comes_later() -> None:
    assert spans(sign(0), at=17) == [(0, 16, True)]
    assert spans(sign(0), sign(24), at=25) == [(0, 16, True), (24, None, False)]
    assert spans(sign(0), sign(30, Step.OUT)) == [(0, 16, True)]


def test_a_sign_out_with_nothing_to_end_says_nothing() -> None:
    assert spans(sign(1, Step.OUT)) == []


def test_a_clock_that_was_not_believed_is_known() -> None:
    first, second = stretches([sign(0), sign(1, precision=Precision.DAY), sign(2, Step.OUT)], DAWN + timedelta(hours=3))
    assert (first.doubted, second.doubted) == (True, True)
    (plain,) = stretches([sign(0), sign(1, Step.OUT)], DAWN + timedelta(hours=3))
    assert not plain.doubted


SIGNS = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(Step)), max_size=12)


@given(SIGNS, st.integers(90, 120))
def test_never_at_two_places_never_longer_than_a_double_shift(said: list[tuple[int, Step]], at: int) -> None:
    now = DAWN + timedelta(hours=at)
    found = stretches([sign(hour, step) for hour, step in said], now)
    ends = [one.until or now for one in found]
    assert all(end - one.opened.happened_at <= LONGEST for one, end in zip(found, ends, strict=True))
    assert all(end <= later.opened.happened_at for end, later in zip(ends, found[1:], strict=False))
    assert len(found) == sum(step == Step.IN for _hour, step in said)
    assert all(one.until is not None for one in found[:-1])


@given(SIGNS)
def test_days_add_up_to_the_whole(said: list[tuple[int, Step]]) -> None:
    now = DAWN + timedelta(hours=120)
    found = stretches([sign(hour, step) for hour, step in said], now)
    middle, start = DAWN + timedelta(hours=40), DAWN - timedelta(hours=1)

    def total(since: datetime, until: datetime) -> timedelta:
        return sum((one.within(since, until) for one in found), timedelta())

    whole: list[Stretch] = [one for one in found if one.until is not None]
    assert total(start, middle) + total(middle, now) == total(start, now)
    assert total(start, now) >= sum(((one.until or now) - one.opened.happened_at for one in whole), timedelta())
