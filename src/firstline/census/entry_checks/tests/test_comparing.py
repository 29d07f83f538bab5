"""Two typings of one paper line, and how sure an error rate is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.entry_checks.comparing import COMPARED, Rate, compare, merged
from firstline.census.night.cells import Cells

TODAY = date(2020, 2, 12)
FIRST = Cells("3-2-501", "d", "王建国 男 56 户主；李秀珍 女 54 配偶", "灯亮", "2020-2-11 19:30", "s", "高秀兰", "17")


def test_what_means_the_same_does_not_differ() -> None:
    second = Cells("", "1", "李秀珍 54 女 p;王建国 m 56 h", "灯亮。", "2-11 1930", "s", "高秀兰", "")
    assert compare(FIRST, second, today=TODAY) == (6, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("outcome", "b"),
        ("people", "王建国 男 57 户主；李秀珍 女 54 配偶"),
        ("people", "王建国 男 56 户主"),
        ("note", "灯没亮"),
        ("time", "2-11 19:31"),
        ("channel", "d"),
        ("visitor", "任晓梅"),
        ("visitor", ""),
    ],
)
def test_what_means_something_else_is_named(name: str, text: str) -> None:
    cells = {one: getattr(FIRST, one) for one in COMPARED}
    assert compare(FIRST, Cells(**{**cells, name: text}), today=TODAY) == (6, [name])


def test_cells_empty_in_both_are_not_counted() -> None:
    assert compare(Cells(outcome="w"), Cells(outcome="w"), today=TODAY) == (1, [])


def test_the_line_put_right_has_the_second_where_the_first_was_wrong() -> None:
    right = merged(FIRST, Cells(outcome="b", note="别的"), ["outcome"])
    assert (right.outcome, right.note, right.door) == ("b", "灯亮", "3-2-501")


@pytest.mark.parametrize(
    ("wrong", "of", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(wrong: int, of: int, low: float, high: float) -> None:
    rate = Rate.counted(wrong, of)
    assert rate.low == pytest.approx(low, abs=5e-5) and rate.high == pytest.approx(high, abs=5e-5)


def test_nothing_counted_is_no_rate() -> None:
    assert Rate.counted(0, 0).share is None


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    rate = Rate.counted(*counts)
    assert rate.share is not None and rate.low is not None and rate.high is not None
    assert 0 <= rate.low <= rate.share <= rate.high <= 1
