"""Climbing is a function of facts and the moment: never down, never while somebody has it, however it is asked."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from firstline.gaps.escalation import COUNTY, TOWNSHIP, VILLAGE, Band, Rules, climb_from, merged, tier_at

START = datetime(2020, 1, 26, 18, tzinfo=UTC)
BAND = Band(0, 60, 180)
minutes = st.integers(0, 2_000).map(lambda n: START + timedelta(minutes=n))
stretches = st.lists(st.tuples(minutes, minutes), max_size=6)


def after(number: int) -> datetime:
    return START + timedelta(minutes=number)


def test_it_climbs_when_its_time_with_a_tier_is_over() -> None:
    reached = [tier_at(START, VILLAGE, BAND, [], after(n)) for n in (0, 59, 60, 239, 240, 100_000)]
    assert reached == [VILLAGE, VILLAGE, TOWNSHIP, TOWNSHIP, COUNTY, COUNTY]


def test_the_clock_stands_while_somebody_has_it() -> None:
    taken = [(after(30), after(90))]
    assert tier_at(START, VILLAGE, BAND, taken, after(119)) == VILLAGE
    assert tier_at(START, VILLAGE, BAND, taken, after(120)) == TOWNSHIP
    assert climb_from(START, VILLAGE, VILLAGE, BAND, taken) == after(120)


def test_what_only_the_county_can_answer_begins_there() -> None:
    assert climb_from(START, COUNTY, COUNTY, BAND, []) is None
    assert tier_at(START, COUNTY, BAND, [], START) == COUNTY


def test_the_gravest_have_the_least_time() -> None:
    rules = Rules()
    times = [rules.band_of(severity).village_minutes for severity in (0, 59, 60, 79, 80, 100)]
    assert times == sorted(times, reverse=True)


@given(taken=stretches, asked=st.lists(minutes, min_size=2, max_size=8))
def test_it_never_climbs_down(taken: list[tuple[datetime, datetime]], asked: list[datetime]) -> None:
    reached = [tier_at(START, VILLAGE, BAND, taken, at) for at in sorted(asked)]
    assert reached == sorted(reached)


@given(taken=stretches, at=minutes)
def test_the_next_climb_is_the_moment_from_which_it_is_higher(
    taken: list[tuple[datetime, datetime]], at: datetime
) -> None:
    tier = tier_at(START, VILLAGE, BAND, taken, at)
    climbs = climb_from(START, VILLAGE, tier, BAND, merged(taken))
    if climbs is None:
        assert tier == COUNTY
    else:
        assert climbs > at
        assert tier_at(START, VILLAGE, BAND, taken, climbs - timedelta(microseconds=1)) == tier
        assert tier_at(START, VILLAGE, BAND, taken, climbs) == tier + 1


@given(taken=stretches)
def test_however_it_was_taken_the_clock_runs_for_its_whole_time(taken: list[tuple[datetime, datetime]]) -> None:
    climbs = climb_from(START, VILLAGE, VILLAGE, BAND, merged(taken))
    assert climbs is not None
    stood = sum(
        (min(end, climbs) - max(begin, START) for begin, end in merged(taken) if end > START and begin < climbs),
        timedelta(),
    )
    assert climbs - START - stood == timedelta(minutes=60)


@given(taken=stretches)
def test_stretches_are_merged_without_losing_a_minute(taken: list[tuple[datetime, datetime]]) -> None:
    found = merged(taken)
    assert all(one[1] < following[0] for one, following in pairwise(found))
    covered = {
        n
        for begin, end in taken
        for n in range(int((begin - START).total_seconds() // 60), int((end - START).total_seconds() // 60))
    }
    kept = {
        n
        for begin, end in found
        for n in range(int((begin - START).total_seconds() // 60), int((end - START).total_seconds() // 60))
    }
    assert covered == kept
