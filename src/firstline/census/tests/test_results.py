"""From attempts to an outcome: a documented precedence, whatever the order of arrival."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.results import OUTCOME_OF, Channel, Outcome, Result, Tried, derive, outcome_of

START = datetime(2020, 1, 26, 8, tzinfo=UTC)


def tried(*results: str, channel: str = Channel.DOOR) -> list[Tried]:
    """Attempts an hour apart."""
    return [Tried(START + timedelta(hours=at), str(at), channel, result) for at, result in enumerate(results)]


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        (["no_answer"], Outcome.KNOCKED_ONCE),
        (["no_answer", "no_answer", "no_answer"], Outcome.KNOCKED_TWICE),
        (["registered", "no_answer"], Outcome.REGISTERED),
        (["refused", "registered"], Outcome.REGISTERED),
        (["registered", "refused"], Outcome.REGISTERED),
        (["form_slipped", "form_returned"], Outcome.REGISTERED),
        (["no_answer", "notice_posted"], Outcome.NOTICE),
        (["notice_posted", "no_answer"], Outcome.NOTICE),
        (["come_back", "form_slipped"], Outcome.FORM),
        (["vacant", "not_a_home"], Outcome.NOT_A_HOME),
        (["not_a_home", "vacant"], Outcome.VACANT),
        (["not_found", "no_answer"], Outcome.KNOCKED_ONCE),
        (["not_found"], Outcome.UNKNOWN),
    ],
)
def test_the_strongest_wins_and_the_later_among_equals(results: list[str], outcome: Outcome) -> None:
    assert outcome_of(derive(tried(*results))) == outcome


def test_nobody_has_been_there() -> None:
    assert derive([]) is None
    assert outcome_of(None) == Outcome.UNTRIED


def test_a_call_nobody_answers_says_nothing_about_the_door() -> None:
    silent = derive(tried("no_answer", "no_answer", channel=Channel.PHONE))
    assert outcome_of(silent) == Outcome.UNTRIED
    assert silent is not None
    assert silent.attempts == 2


def test_every_result_leads_to_an_outcome() -> None:
    assert set(OUTCOME_OF) == set(Result)


attempts = st.lists(
    st.builds(
        Tried,
        at=st.integers(0, 5).map(lambda hours: START + timedelta(hours=hours)),
        order=st.uuids().map(str),
        channel=st.sampled_from(Channel.values),
        result=st.sampled_from(Result.values),
    ),
    max_size=8,
)


@given(history=attempts, order=st.randoms())
def test_the_order_of_arrival_does_not_matter(history: list[Tried], order: object) -> None:
    shuffled = list(history)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert derive(shuffled) == derive(history)


@given(history=attempts, more=attempts)
def test_what_was_once_learnt_is_not_taken_back_by_a_later_silence(history: list[Tried], more: list[Tried]) -> None:
    met = [one for one in history if OUTCOME_OF[Result(one.result)] == Outcome.REGISTERED]
    if met:
        assert outcome_of(derive([*history, *more])) == Outcome.REGISTERED
