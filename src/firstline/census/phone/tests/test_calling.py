"""Who is rung now, who later, who no more."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.phone.calling import Called, Household, Sheet, sheet
from firstline.census.results import Result
from firstline.census.rules import Rules
from firstline.census.walk.tests.test_route import door

SIX = datetime(2020, 2, 12, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
MOBILE, LANDLINE = "139****5678", "035****1234"
HOUR = timedelta(hours=1)


def household(*calls: Called, numbers: tuple[str, ...] = (MOBILE,), by_phone: bool = True, **state: Any) -> Household:
    return Household(door(**state), numbers, by_phone, calls)


def rung(*households: Household) -> Sheet:
    return sheet(households, Rules(), SIX)


def test_who_was_never_called_is_rung_in_the_order_of_the_walk() -> None:
    found = rung(household(position=2), household(position=1))
    assert [due.door.position for due in found.now] == [2, 1]
    assert found.later == []


@pytest.mark.parametrize(
    "calls",
    [
        (Called(SIX - HOUR, "no_answer", MOBILE),),
        (Called(SIX - HOUR, "busy", MOBILE),),
        (Called(SIX - HOUR, "switched_off", MOBILE),),
        (Called(SIX - HOUR, "call_later", MOBILE),),
    ],
)
def test_after_a_call_in_vain_some_hours_pass(calls: tuple[Called, ...]) -> None:
    found = rung(household(*calls))
    assert [due.at for due in found.later] == [SIX + 3 * HOUR]
    assert found.now == []


def test_nobody_is_rung_before_the_time_they_asked_for() -> None:
    asked = Called(SIX - 9 * HOUR, "call_later", MOBILE, again_at=SIX + HOUR)
    assert [(due.at, due.agreed) for due in rung(household(asked)).later] == [(SIX + HOUR, True)]


def test_agreed_times_that_have_come_are_first() -> None:
    asked = Called(SIX - 3 * HOUR, "call_later", MOBILE, again_at=SIX - HOUR)
    found = rung(household(position=1), household(asked, position=2))
    assert [due.door.position for due in found.now] == [2, 1]


@pytest.mark.parametrize("result", ["number_dead", "wrong_number", "suspended"])
def test_a_number_that_leads_nowhere_is_not_rung_again(result: str) -> None:
    dead = Called(SIX - 9 * HOUR, result, MOBILE)
    assert rung(household(dead)) == Sheet()
    assert len(rung(household(dead, numbers=(MOBILE, LANDLINE))).now) == 1


def test_after_three_calls_in_vain_somebody_goes() -> None:
    calls = [Called(SIX - hours * HOUR, "no_answer", MOBILE) for hours in (30, 20, 10)]
    assert len(rung(household(*calls[:2])).now) == 1
    assert rung(household(*calls)) == Sheet()


@pytest.mark.parametrize(
    ("state", "is_rung"),
    [
        ({}, True),
        ({"step": "call_again", "outcome": "untried"}, True),
        ({"step": "evening", "outcome": "knocked1"}, True),
        ({"step": "complete", "outcome": "partial"}, True),
        ({"step": "evening", "outcome": "tonight"}, False),
        ({"step": "talk_again", "outcome": "refused"}, False),
        ({"step": "fetch_form", "outcome": "form"}, False),
        ({"step": "await_call", "outcome": "notice"}, False),
        ({"step": "none", "outcome": "registered"}, False),
    ],
)
def test_only_where_a_call_can_do_what_is_next(state: dict[str, Any], is_rung: bool) -> None:
    assert bool(rung(household(**state)).now) is is_rung


def test_elsewhere_only_those_to_be_called_again_are_rung() -> None:
    assert rung(household(by_phone=False)) == Sheet()
    assert len(rung(household(by_phone=False, step="call_again", outcome="untried")).now) == 1


def test_without_a_number_nobody_is_rung() -> None:
    assert rung(household(numbers=())) == Sheet()


@given(
    st.lists(
        st.builds(
            Called,
            st.integers(-72, 0).map(lambda hours: SIX + hours * HOUR),
            st.sampled_from([result.value for result in Result]),
            st.sampled_from([MOBILE, LANDLINE]),
            st.none() | st.integers(-48, 48).map(lambda hours: SIX + hours * HOUR),
        ),
        max_size=6,
    ).map(lambda calls: sorted(calls, key=lambda call: call.at))
)
def test_a_household_is_on_the_sheet_once_and_never_too_early(calls: list[Called]) -> None:
    found = rung(household(*calls, numbers=(MOBILE, LANDLINE)))
    assert len(found.now) + len(found.later) <= 1
    assert all(due.at is None or due.at <= SIX for due in found.now)
    if calls and calls[-1].again_at and calls[-1].again_at > SIX:
        assert found.now == []
