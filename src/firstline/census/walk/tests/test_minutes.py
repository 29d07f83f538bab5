"""Expected minutes: what was recorded counts, a little of it counts little, a slip of the pen hardly at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.walk.minutes import UNRECORDED, Recorded, Spent, learn, trimmed

visits = st.lists(st.builds(Spent, st.sampled_from("ab"), st.sampled_from(["", "refused"]), st.integers(0, 999)))


def test_nothing_recorded_is_three_minutes_everywhere() -> None:
    expected = learn([])
    assert expected.at("枫林苑", "") == expected.at("枫林苑", "refused") == UNRECORDED == 3.0


def test_talks_after_a_refusal_are_planned_longer_than_first_knocks() -> None:
    expected = learn([Spent("枫林苑", "", 2)] * 40 + [Spent("枫林苑", "refused", 40)] * 40)
    assert expected.at("枫林苑", "") < 4
    assert expected.at("枫林苑", "refused") > 30


def test_a_compound_without_records_takes_the_campaigns() -> None:
    expected = learn([Spent("枫林苑", "", 9)] * 100)
    assert expected.at("锦绣苑", "") == pytest.approx(expected.by_before[""])


def test_one_visit_moves_the_expectation_a_little_and_counts_once() -> None:
    expected = learn([Spent("枫林苑", "", 30)])
    assert expected.at("枫林苑", "") == pytest.approx((30 + 8 * 3) / 9)
    assert expected.at("锦绣苑", "") == pytest.approx((30 + 8 * 3) / 9)


def test_four_hours_written_down_by_mistake_move_little_and_among_others_nothing() -> None:
    assert learn([Spent("枫林苑", "", 240)]) == learn([Spent("枫林苑", "", 60)])
    assert trimmed([3, 4, 5, 4, 240]) == trimmed([3, 4, 5, 4, 6]) == Recorded(13.0, 3)


@given(visits)
def test_an_expectation_lies_between_what_was_seen_and_what_was_believed(spent: list[Spent]) -> None:
    seen = [UNRECORDED, *(min(one.minutes, 60) for one in spent)]
    expected = learn(spent)
    for compound in "abc":
        for before in ("", "refused", "vacant"):
            minutes = expected.at(compound, before)
            assert max(min(seen), 0.5) - 1e-9 <= minutes <= max(seen) + 1e-9


@given(visits)
def test_the_order_of_records_does_not_matter(spent: list[Spent]) -> None:
    assert learn(spent) == learn(reversed(spent))
