"""From attempts to an outcome: a documented precedence, whatever the order of arrival."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.dispositions import Category
from firstline.census.next_steps import Tried
from firstline.census.outcomes import Derived, categories, outcome_of
from firstline.census.outcomes import derive as derive_by
from firstline.census.results import ON_THE_SPOT, Channel, Outcome, Result, outcome_by
from firstline.census.rules import Rules

START = datetime(2020, 1, 26, 8, tzinfo=UTC)


def derive(attempts: list[Tried], *, lists_complete: bool = False) -> Derived | None:
    return derive_by(attempts, Rules(lists_complete=lists_complete))


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
        (["said_vacant"], Outcome.UNKNOWN),
        (["said_vacant", "vacant"], Outcome.VACANT),
        (["seal_set"], Outcome.VACANT),
        (["vacant", "seal_broken"], Outcome.UNKNOWN),
        (["seal_set", "seal_intact", "window_lit"], Outcome.UNKNOWN),
        (["seal_broken", "vacant"], Outcome.VACANT),
        (["no_answer", "vacant", "window_lit"], Outcome.KNOCKED_ONCE),
        (["registered", "window_lit"], Outcome.REGISTERED),
        (["listed"], Outcome.UNTRIED),
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


@pytest.mark.parametrize(
    "result", ["no_answer", "busy", "switched_off", "suspended", "number_dead", "wrong_number", "hung_up", "call_later"]
)
def test_a_call_that_reached_nobody_never_changes_a_door(result: str) -> None:
    knocked = tried("no_answer", "refused")
    call = Tried(START + timedelta(days=2), "call", Channel.PHONE, result)
    assert outcome_of(derive([*knocked, call])) == outcome_of(derive(knocked)) == Outcome.REFUSED


@pytest.mark.parametrize("channel", sorted(set(Channel.values) - ON_THE_SPOT))
def test_nobody_sees_from_afar_that_a_flat_is_empty(channel: str) -> None:
    assert outcome_by(channel, Result.VACANT) == Outcome.UNKNOWN


def test_a_list_settles_doors_only_where_the_campaign_says_so() -> None:
    listed = tried("listed", channel=Channel.LIST)
    assert outcome_of(derive(listed)) == Outcome.UNTRIED
    assert outcome_of(derive(listed, lists_complete=True)) == Outcome.REGISTERED


def test_each_channel_is_judged_by_its_own_attempts() -> None:
    calls = [Tried(START + timedelta(hours=5), "call", Channel.PHONE, Result.BUSY)]
    found = categories([*tried("no_answer", "registered"), *calls], Rules())
    assert found == {"": Category.COMPLETE, "door": Category.COMPLETE, "phone": Category.UNKNOWN_HOUSEHOLD}


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
    assert categories(shuffled, Rules()) == categories(history, Rules())


@given(history=attempts, more=attempts)
def test_what_was_once_learnt_is_not_taken_back_by_a_later_silence(history: list[Tried], more: list[Tried]) -> None:
    met = [one for one in history if outcome_by(one.channel, one.result) == Outcome.REGISTERED]
    if met:
        assert outcome_of(derive([*history, *more])) == Outcome.REGISTERED
