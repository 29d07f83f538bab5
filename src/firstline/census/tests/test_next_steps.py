"""What is to be done next at a door, by when, and by whom not."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.next_steps import NextStep, Slot, Step, Tried
from firstline.census.outcomes import derive
from firstline.census.results import DONE, Channel, Result
from firstline.census.rules import Rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
ANNA, BERTA = UUID(int=1), UUID(int=2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 2, day, hour, minute, tzinfo=SHANGHAI)


def tried(moment: datetime, result: str, channel: str = Channel.DOOR, who: UUID = ANNA, **more: datetime) -> Tried:
    return Tried(moment, f"{moment:%d%H%M}", channel, result, who, **more)


def following(*attempts: Tried, **rules: object) -> NextStep:
    derived = derive(attempts, Rules(**rules))  # type: ignore[arg-type]
    assert derived is not None
    return derived.next


def test_not_at_home_by_day_is_worth_an_evening() -> None:
    assert following(tried(at(3, 10), "no_answer")) == NextStep(Step.EVENING, Slot.EVENING, at(3, 21))


def test_not_at_home_in_the_evening_is_worth_a_day() -> None:
    assert following(tried(at(3, 19), "no_answer")) == NextStep(Step.VISIT, Slot.DAY, at(4, 21))


def test_not_at_home_again_is_a_second_round_by_somebody_else() -> None:
    step = following(tried(at(3, 10), "no_answer"), tried(at(3, 19), "no_answer", who=BERTA))
    assert step == NextStep(Step.SECOND_ROUND, Slot.DAY, at(4, 21), BERTA)


def test_after_so_many_knocks_a_notice_and_after_the_notice_a_call_by_a_date() -> None:
    knocks = [tried(at(3, hour), "no_answer") for hour in (9, 14, 19)]
    assert following(*knocks).step == Step.POST_NOTICE
    assert following(*knocks, knocks_before_notice=4).step == Step.SECOND_ROUND
    posted = tried(at(4, 9), "notice_posted")
    assert following(*knocks, posted) == NextStep(Step.AWAIT_CALL, Slot.ANY, at(6, 21))
    assert following(*knocks, posted, call_back_days=5).due_at == at(9, 21)


def test_refusals_climb_a_ladder_and_another_talker_goes() -> None:
    refusals = [tried(at(day, 10), "refused_safety") for day in (3, 4, 5, 6)]
    steps = [following(*refusals[:times]).step for times in (1, 2, 3, 4)]
    assert steps == [Step.TALK_AGAIN, Step.SEND_DOCTOR, Step.SEND_DIRECTOR, Step.SEND_DIRECTOR]
    assert following(refusals[0]).not_by == ANNA
    assert following(*refusals[:2], refusal_ladder=("director",)).step == Step.SEND_DIRECTOR


def test_a_form_is_fetched_tomorrow() -> None:
    assert following(tried(at(3, 10), "form_slipped")) == NextStep(Step.FETCH_FORM, Slot.ANY, at(4, 21))


def test_a_time_agreed_upon_is_kept() -> None:
    step = following(tried(at(3, 10), "come_back", again_at=at(5, 19, 30)))
    assert (step.step, step.slot, step.due_at) == (Step.EVENING, Slot.EVENING, at(5, 19, 30))


def test_a_call_that_reached_nobody_is_made_again_and_then_somebody_goes() -> None:
    calls = [tried(at(3, hour), "no_answer", Channel.PHONE) for hour in (9, 12, 15)]
    assert following(calls[0]) == NextStep(Step.CALL_AGAIN, Slot.ANY, at(3, 13))
    assert following(*calls).step == Step.VISIT
    assert following(tried(at(3, 9), "number_dead", Channel.PHONE)).step == Step.VISIT
    later = tried(at(3, 9), "call_later", Channel.PHONE, again_at=at(3, 20))
    assert following(later) == NextStep(Step.CALL_AGAIN, Slot.EVENING, at(3, 20))


def test_a_seal_is_looked_at_and_a_broken_one_visited() -> None:
    assert following(tried(at(3, 10), "seal_set")) == NextStep(Step.CHECK_SEAL, Slot.ANY, at(6, 21))
    assert following(tried(at(3, 10), "seal_set"), tried(at(5, 10), "seal_broken")).step == Step.EVENING
    assert following(tried(at(3, 10), "vacant")) == NextStep()


@pytest.mark.parametrize(
    ("result", "step"),
    [("not_found", Step.LOOK_FOR_DOOR), ("said_vacant", Step.CHECK_VACANCY), ("partial", Step.COMPLETE)],
)
def test_what_is_not_settled_is_looked_at(result: str, step: Step) -> None:
    assert following(tried(at(3, 10), result)).step == step


attempts = st.lists(
    st.builds(
        Tried,
        at=st.integers(0, 300).map(lambda quarter: at(3 + quarter // 96, quarter % 96 // 4, quarter % 4 * 15)),
        order=st.uuids().map(str),
        channel=st.sampled_from(Channel.values),
        result=st.sampled_from(Result.values),
        visitor=st.sampled_from([None, ANNA, BERTA]),
        again_at=st.sampled_from([None, at(9, 19)]),
    ),
    min_size=1,
    max_size=8,
)


@given(history=attempts)
def test_every_open_door_has_a_next_step_with_a_time_and_a_settled_one_has_none(history: list[Tried]) -> None:
    derived = derive(history, Rules())
    assert derived is not None
    sealed = derived.next.step == Step.CHECK_SEAL
    assert (derived.next.step == Step.NONE) == (derived.outcome in DONE and not sealed)
    assert (derived.next.due_at is None) == (derived.next.step == Step.NONE)
    if derived.next.due_at:
        assert derived.next.due_at > derived.since
