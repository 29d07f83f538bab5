"""Days and times in every way that people write them."""

from datetime import date, time

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.logs.moments import Said, moment_of, read_day, read_time, settle_days, time_in
from firstline.kernel.clock import Precision
from firstline.tables import Cell
from firstline.tables.grid import Kind, number_cell, text_cell

BEGIN, TODAY = date(2020, 1, 26), date(2020, 2, 12)


def day_of(cell: Cell) -> Said | None:
    return read_day(cell, begin=BEGIN, today=TODAY)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1月28日", date(2020, 1, 28)),
        ("1.28", date(2020, 1, 28)),
        ("2020.2.5", date(2020, 2, 5)),
        ("2020-02-01", date(2020, 2, 1)),
        ("２０２０年２月１日", date(2020, 2, 1)),
        ("20200205", date(2020, 2, 5)),
        ("0205", date(2020, 2, 5)),
        ("2/3", date(2020, 2, 3)),
        ("20.2.5", date(2020, 2, 5)),
        ("2.10", date(2020, 2, 10)),
        ("1月20日", date(2020, 1, 20)),
        ("1月5日 星期日", date(2020, 1, 5)),
    ],
)
def test_a_day_is_read_and_its_year_is_the_works(written: str, day: date) -> None:
    found = day_of(text_cell(written))
    assert found is not None
    assert found.days == (day,)


@pytest.mark.parametrize("written", ["", "昨天", "2.30", "13月1日", "三天前", "9:24", "😀"])
def test_what_is_no_day_is_not_made_one(written: str) -> None:
    assert day_of(text_cell(written)) is None


def test_a_spreadsheets_own_days_are_read() -> None:
    assert day_of(number_cell(43866.0)) == Said((date(2020, 2, 5),))
    assert day_of(number_cell(43866.4)) == Said((date(2020, 2, 5),), "9:36")
    assert day_of(Cell("2020-02-05 09:36:00", Kind.DATE, date=date(2020, 2, 5))) == Said(
        (date(2020, 2, 5),), "09:36:00"
    )
    assert day_of(Cell("2020-02-05 00:00:00", Kind.DATE, date=date(2020, 2, 5))) == Said((date(2020, 2, 5),))


def test_the_tenth_that_became_the_first_is_settled_by_its_neighbours() -> None:
    mangled = day_of(number_cell(2.1))
    assert mangled == Said((date(2020, 2, 1), date(2020, 2, 10)))
    ninth, second = Said((date(2020, 2, 9),)), Said((date(2020, 2, 2),))
    assert settle_days([ninth, mangled, None]) == [date(2020, 2, 9), date(2020, 2, 10), None]
    assert settle_days([mangled, second]) == [date(2020, 2, 1), date(2020, 2, 2)]
    assert settle_days([ninth, day_of(text_cell("11日"))]) == [date(2020, 2, 9), date(2020, 2, 11)]


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("9.24", time(9, 24)),
        ("10.06", time(10, 6)),
        ("1016", time(10, 16)),
        ("935", time(9, 35)),
        ("11：13", time(11, 13)),
        ("上午11点11", time(11, 11)),
        ("下午3点46分", time(15, 46)),
        ("晚上9点半", time(21, 30)),
        ("晚上9点", time(21, 0)),
        ("中午1点", time(13, 0)),
        ("3:20", time(15, 20)),
        ("9:00-9:20", time(9, 0)),
        ("3:20 PM", time(15, 20)),
    ],
)
def test_a_time_of_day_is_read(written: str, clock: time) -> None:
    assert read_time(text_cell(written)) == (clock, Precision.MINUTE)


def test_what_was_noted_less_precisely_is_kept_so() -> None:
    assert time_in("上午") == (time(10), Precision.HALF_DAY)
    assert time_in("25:00") is None
    assert read_time(number_cell(0.4)) == (time(9, 36), Precision.MINUTE)
    assert read_time(number_cell(10.1)) == (time(10, 10), Precision.MINUTE)
    moment = moment_of(date(2020, 2, 5), None)
    assert (timezone.localtime(moment.at).hour, moment.precision) == (12, Precision.DAY)


@given(st.text(max_size=40))
def test_any_text_is_answered(written: str) -> None:
    found = day_of(text_cell(written))
    assert found is None or found.days
    time_in(written)
