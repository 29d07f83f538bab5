"""Which households are rung now, and which not before when. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from firstline.census.next_steps import Step
from firstline.census.results import Outcome, Result
from firstline.census.rules import Rules
from firstline.census.walk.route import OpenDoor

# Results that say the number itself leads nowhere: it is not rung again.
DEAD = frozenset({Result.NUMBER_DEAD, Result.WRONG_NUMBER, Result.SUSPENDED})
# Results that reached nobody, so that another try some hours later may.
UNREACHED = frozenset({Result.NO_ANSWER, Result.BUSY, Result.SWITCHED_OFF, Result.HUNG_UP})
# Where a call can do what is next. Who refused is talked to face to face; who has the form or a notice has the word.
_BY_CALL = frozenset(
    {Step.VISIT, Step.EVENING, Step.SECOND_ROUND, Step.POST_NOTICE, Step.COMPLETE, Step.CHECK_VACANCY, Step.CALL_AGAIN}
)


class Called(NamedTuple):
    """One call made: when, what came of it, the number (masked), and the time the household asked for."""

    at: datetime
    result: str
    number: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """A door that could be rung: its numbers (masked), and the calls made so far, the oldest first.

    ``by_phone``: its compound is worked by telephone. Who asked at the door to be called later counts as called.
    """

    door: OpenDoor
    numbers: Sequence[str]
    by_phone: bool
    calls: Sequence[Called] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A household on the sheet: not before ``at`` (None: any time), and whether that was agreed."""

    door: OpenDoor
    at: datetime | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who is rung now, in order, and who later, by time."""

    now: list[Due] = field(default_factory=list)
    later: list[Due] = field(default_factory=list)


def sheet(households: Iterable[Household], rules: Rules, at: datetime) -> Sheet:
    """Sort households: agreed times that have come first, then those whose hours are over, then the walk's order.

    Left out are doors whose every number is dead, doors called as often as the rules say and without a time agreed
    upon, and doors where a call cannot do what is next. Nobody is rung before the time they asked for.
    """
    found = Sheet()
    for household in households:
        if (due := _due(household, rules)) is not None:
            (found.now if due.at is None or due.at <= at else found.later).append(due)
    found.now.sort(key=lambda due: (not due.agreed, due.at is None, due.at or at))
    found.later.sort(key=lambda due: (due.at or at, due.door.id))
    return found


def dead_numbers(calls: Iterable[Called]) -> set[str]:
    """The numbers that lead nowhere."""
    return {call.number for call in calls if call.result in DEAD and call.number}


def _due(household: Household, rules: Rules) -> Due | None:
    door, calls = household.door, household.calls
    if not (household.by_phone or door.step == Step.CALL_AGAIN) or not (door.step is None or door.step in _BY_CALL):
        return None
    if door.outcome == Outcome.TONIGHT or not set(household.numbers) - dead_numbers(calls):
        return None
    if not calls:
        return Due(door)
    last = calls[-1]
    if last.again_at is not None:
        return Due(door, last.again_at, agreed=True)
    if sum(call.result in UNREACHED for call in calls) >= rules.calls_before_visit:
        return None
    if last.result in UNREACHED or last.result == Result.CALL_LATER:
        return Due(door, last.at + timedelta(hours=rules.call_again_hours))
    return Due(door)
