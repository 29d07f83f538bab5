"""Expected minutes: what was recorded counts, a little of it counts little, a slip of the pen not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.walk.minutes import UNRECORDED, Spent, drawn, learn, trimmed_mean

minutes = st.lists(st.integers(0, 24 * 60), min_size=1, max_size=60)


def test_nothing_recorded_is_three_minutes_everywhere() -> None:
    expected = learn([])
    assert expected.at("枫林苑", "") == expected.at("枫林苑", "refused") == UNRECORDED == 3.0


def test_talks_after_a_refusal_are_planned_longer_than_first_knocks() -> None:
    spent = [Spent("枫林苑", "", 2)] * 40 + [Spent("枫林苑", "refused", 40)] * 40
    expected = learn(spent)
    assert expected.at("枫林苑", "") < 4
    assert expected.at("枫林苑", "refused") > 30


def test_a_compound_without_records_takes_the_campaigns() -> None:
    expected = learn([Spent("枫林苑", "", 9)] * 100)
    assert expected.at("锦绣苑", "") == pytest.approx(expected.by_before[""])


def test_one_visit_moves_the_expectation_a_little() -> None:
    assert drawn([30], 3.0) == pytest.approx((30 + 8 * 3) / 9)


def test_four_hours_written_down_by_mistake_move_nothing() -> None:
    assert trimmed_mean([3, 4, 5, 4, 240]) == trimmed_mean([3, 4, 5, 4, 6])


@given(minutes, st.floats(0.5, 60))
def test_an_expectation_lies_between_what_was_seen_and_what_was_believed(seen: list[int], believed: float) -> None:
    assert min([*seen, believed]) - 1e-9 <= drawn(seen, believed) <= max([*seen, believed]) + 1e-9


@given(st.lists(st.builds(Spent, st.sampled_from("ab"), st.sampled_from(["", "refused"]), st.integers(0, 999))))
def test_no_door_is_planned_with_nothing(spent: list[Spent]) -> None:
    expected = learn(spent)
    assert expected == learn(reversed(spent))
    assert all(expected.at(compound, before) >= 0.5 for compound in "abc" for before in ("", "refused", "vacant"))
