"""How the outcome of a door follows from the attempts at it. Pure: no database, whatever the order of arrival."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from firstline.census.dispositions import Category, Disposition, disposition
from firstline.census.next_steps import NextStep, Tried, next_step
from firstline.census.results import LOOKED_EMPTY, SOMEBODY_THERE, Outcome, Result, outcome_by
from firstline.census.rules import Rules

# Strongest first; within one rank the later attempt wins. What was once learnt of a household is not taken back by a
# later silence at its door; what somebody recorded by mistake is voided, not outvoted.
_RANKS: tuple[frozenset[Outcome], ...] = (
    frozenset({Outcome.REGISTERED}),
    frozenset({Outcome.PARTIAL}),
    frozenset({Outcome.VACANT, Outcome.NOT_A_HOME}),
    frozenset({Outcome.REFUSED}),
    frozenset({Outcome.NOTICE}),
    frozenset({Outcome.FORM}),
    frozenset({Outcome.TONIGHT}),
    frozenset({Outcome.KNOCKED_ONCE}),
    frozenset({Outcome.UNKNOWN}),
)
_RANK = {outcome: rank for rank, outcomes in enumerate(_RANKS) for outcome in outcomes}
_SAID_EMPTY = LOOKED_EMPTY | {Result.SAID_VACANT}


class Derived(msgspec.Struct, frozen=True):
    """The outcome of a door, since when, by which channel and disposition; the attempts that counted; what is next."""

    outcome: Outcome
    since: datetime
    attempts: int
    last_at: datetime
    channel: str
    disposition: Disposition
    next: NextStep


def derive(attempts: Iterable[Tried], rules: Rules) -> Derived | None:
    """What attempts (voided ones left out) add up to; None when nobody has been there.

    The answer does not depend on the order of arrival. Unanswered knocks count up: once, then twice or more. A broken
    seal or a lit window takes back what was said of emptiness before it.
    """
    counting = sorted(attempts, key=lambda tried: (tried.at, tried.order))
    if not counting:
        return None
    outcome, telling = _outcome(counting, rules)
    shown = telling or counting[-1]
    return Derived(
        outcome=outcome,
        since=telling.at if telling else counting[0].at,
        attempts=len(counting),
        last_at=counting[-1].at,
        channel=shown.channel,
        disposition=disposition(shown.channel, shown.result, lists_complete=rules.lists_complete),
        next=next_step(outcome, counting, telling, rules),
    )


def outcome_of(derived: Derived | None) -> Outcome:
    """The outcome of a door; untried where no attempt counts."""
    return derived.outcome if derived else Outcome.UNTRIED


def categories(attempts: Sequence[Tried], rules: Rules, derived: Derived | None = None) -> Mapping[str, Category]:
    """The category of a door's disposition by channel, each from that channel's attempts alone; "" is all of them.

    ``derived`` is what all of them add up to, where that is known already.
    """
    whole = derived or derive(attempts, rules)
    if whole is None:
        return {}
    channels = {tried.channel for tried in attempts}
    found = {"": whole.disposition.category}
    for channel in channels:
        # Most doors are tried in one way only.
        alone = whole if len(channels) == 1 else derive((one for one in attempts if one.channel == channel), rules)
        if alone is not None:
            found[channel] = alone.disposition.category
    return found


def _outcome(counting: Sequence[Tried], rules: Rules) -> tuple[Outcome, Tried | None]:
    back = max((at for at, tried in enumerate(counting) if tried.result in SOMEBODY_THERE), default=-1)
    said = [
        (outcome, tried)
        for at, tried in enumerate(counting)
        if (outcome := outcome_by(tried.channel, tried.result, lists_complete=rules.lists_complete)) is not None
        and not (at < back and tried.result in _SAID_EMPTY)
    ]
    if not said:
        return Outcome.UNTRIED, None
    strongest = min(_RANK[outcome] for outcome, _tried in said)
    found = [one for one in said if _RANK[one[0]] == strongest]
    outcome, telling = found[-1]
    if outcome == Outcome.KNOCKED_ONCE and len(found) > 1:
        outcome = Outcome.KNOCKED_TWICE
    return outcome, telling
