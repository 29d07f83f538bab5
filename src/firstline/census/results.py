"""Results of an attempt, the outcome of a door, and how the one follows from the other. Pure: no database.

Dispositions follow the AAPOR Standard Definitions (9th edition, 2016) for in-person household surveys; the code
stands beside each result. Words are those of the stairwell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    DOOR = "door", _("At the door")
    INTERCOM = "intercom", _("By the door intercom")
    PHONE = "phone", _("By telephone")


class Result(TextChoices):
    """What came of one attempt."""

    REGISTERED = "registered", _("Opened, registered")  # 1.1
    PARTIAL = "partial", _("Registered in part")  # 1.2
    NO_ANSWER = "no_answer", _("Nobody answered")  # 2.24
    REFUSED_SAFETY = "refused_safety", _("Refused: afraid to open")  # 2.11
    REFUSED_PRIVACY = "refused_privacy", _("Refused: afraid for their data")  # 2.11
    REFUSED = "refused", _("Refused")  # 2.11
    COME_BACK = "come_back", _("Asked us to come later")  # 2.25
    FORM_SLIPPED = "form_slipped", _("Form pushed under the door")  # 2.35
    FORM_RETURNED = "form_returned", _("Form handed back")  # 1.1
    NOTICE_POSTED = "notice_posted", _("Notice on the door")  # 2.24
    VACANT = "vacant", _("Nobody lives here")  # 4.6
    NOT_A_HOME = "not_a_home", _("Not a home")  # 4.5
    NOT_FOUND = "not_found", _("Door not found")  # 3.18


class Outcome(TextChoices):
    """What a door stands at. The order is the order of every bar, legend and equation: done first, then hardest."""

    REGISTERED = "registered", _("Registered")
    PARTIAL = "partial", _("Known in part")
    VACANT = "vacant", _("Vacant")
    NOT_A_HOME = "not_a_home", _("Not a home")
    UNTRIED = "untried", _("Nobody has been there")
    REFUSED = "refused", _("Refused")
    KNOCKED_TWICE = "knocked2", _("Not at home twice")
    KNOCKED_ONCE = "knocked1", _("Not at home once")
    NOTICE = "notice", _("Notice on the door")
    FORM = "form", _("Form under the door")
    TONIGHT = "tonight", _("Tonight")
    UNKNOWN = "unknown", _("Not found")


DONE = frozenset({Outcome.REGISTERED, Outcome.VACANT, Outcome.NOT_A_HOME})
KNOCKS = frozenset({Outcome.KNOCKED_ONCE, Outcome.KNOCKED_TWICE})

OUTCOME_OF = {
    Result.REGISTERED: Outcome.REGISTERED,
    Result.FORM_RETURNED: Outcome.REGISTERED,
    Result.PARTIAL: Outcome.PARTIAL,
    Result.VACANT: Outcome.VACANT,
    Result.NOT_A_HOME: Outcome.NOT_A_HOME,
    Result.REFUSED: Outcome.REFUSED,
    Result.REFUSED_SAFETY: Outcome.REFUSED,
    Result.REFUSED_PRIVACY: Outcome.REFUSED,
    Result.NOTICE_POSTED: Outcome.NOTICE,
    Result.FORM_SLIPPED: Outcome.FORM,
    Result.COME_BACK: Outcome.TONIGHT,
    Result.NO_ANSWER: Outcome.KNOCKED_ONCE,
    Result.NOT_FOUND: Outcome.UNKNOWN,
}

# A telephone that nobody answers says nothing about a door.
_SILENT = {(Channel.PHONE, Result.NO_ANSWER), (Channel.PHONE, Result.NOT_FOUND)}

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


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt as far as the outcome depends on it; ``order`` breaks ties of time (the fact's id)."""

    at: datetime
    order: str
    channel: str
    result: str


@dataclass(frozen=True, slots=True)
class Derived:
    """The outcome of a door, since when, and the attempts that counted."""

    outcome: Outcome
    since: datetime
    attempts: int
    last_at: datetime


def derive(attempts: Iterable[Tried]) -> Derived | None:
    """What attempts (voided ones left out) add up to; None when nobody has been there.

    The answer does not depend on the order of arrival. Unanswered knocks count up: once, then twice or more.
    """
    all_of_them = sorted(attempts, key=lambda tried: (tried.at, tried.order))
    if not all_of_them:
        return None
    last_at = all_of_them[-1].at
    telling = [tried for tried in all_of_them if (tried.channel, tried.result) not in _SILENT]
    for rank in _RANKS:
        found = [tried for tried in telling if OUTCOME_OF[Result(tried.result)] in rank]
        if found:
            outcome = OUTCOME_OF[Result(found[-1].result)]
            if outcome == Outcome.KNOCKED_ONCE and len(found) > 1:
                outcome = Outcome.KNOCKED_TWICE
            return Derived(outcome, found[-1].at, len(all_of_them), last_at)
    return Derived(Outcome.UNTRIED, all_of_them[0].at, len(all_of_them), last_at)


def outcome_of(derived: Derived | None) -> Outcome:
    """The outcome of a door; untried where no attempt counts."""
    return derived.outcome if derived else Outcome.UNTRIED
