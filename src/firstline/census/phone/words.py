"""What can come of a call, as it is pressed: by one key at the desk, by a thumb on the phone."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from firstline.census.next_steps import Step
from firstline.census.results import KNOCKS, Channel, Outcome, Result, outcome_by
from firstline.census.rules import Rules
from firstline.census.walk.route import OpenDoor
from firstline.census.words import WITH_PEOPLE, OutcomeButton

# In the order of the page: the good one first, then as often as they happen.
_BUTTONS: tuple[tuple[Result, str | Promise, str, str | Promise], ...] = (
    (Result.REGISTERED, gettext_lazy("Answered, registered"), "1", ""),
    (Result.NO_ANSWER, gettext_lazy("Rings, nobody answers"), "2", pgettext_lazy("letter, no answer", "–")),
    (Result.REFUSED, gettext_lazy("Do not want to"), "3", ""),
    (Result.BUSY, gettext_lazy("Busy"), "4", pgettext_lazy("letter, busy", "b")),
    (Result.SWITCHED_OFF, gettext_lazy("Switched off"), "5", pgettext_lazy("letter, switched off", "o")),
    (Result.SUSPENDED, gettext_lazy("Out of service"), "6", pgettext_lazy("letter, suspended", "s")),
    (Result.NUMBER_DEAD, gettext_lazy("No such number"), "7", pgettext_lazy("letter, dead number", "x")),
    (Result.WRONG_NUMBER, gettext_lazy("Somebody else's"), "8", pgettext_lazy("letter, wrong number", "w")),
    (Result.CALL_LATER, gettext_lazy("Call later"), "9", pgettext_lazy("letter, later", "l")),
    (Result.HUNG_UP, gettext_lazy("Hung up"), "0", pgettext_lazy("letter, hung up", "h")),
    (Result.PARTIAL, gettext_lazy("Registered in part"), "", ""),
    (Result.COME_BACK, gettext_lazy("Come in the evening"), "", ""),
)
_ASKING = WITH_PEOPLE | {Result.REFUSED, Result.CALL_LATER}


class When(NamedTuple):
    """A time to call again that can be pressed: as the form sends it (ISO 8601, local), and the moment."""

    value: str
    at: datetime


def buttons() -> list[OutcomeButton]:
    """What can come of a call."""
    return [_button(result, label, key, letter) for result, label, key, letter in _BUTTONS]


def why(door: OpenDoor) -> str:
    """Why a household is rung: 白天没人2次."""
    if door.outcome in KNOCKS:
        times_there = max(door.attempts or 0, 1)
        said = ngettext("Nobody at home %(times)d time", "Nobody at home %(times)d times", times_there)
        return said % {"times": times_there}
    if door.outcome == Outcome.PARTIAL:
        return _("Something is missing, ask for it")
    if door.step == Step.CHECK_VACANCY:
        return _("Said to be empty, ask whether it is")
    return _("Nobody has ever been there") if door.step is None else _("Not reached yet")


def times(now: datetime, rules: Rules) -> Sequence[When]:
    """Times to call again: in an hour, this evening, tomorrow morning, tomorrow evening; only those to come."""
    local = timezone.localtime(now)
    evening, tomorrow = time(min(rules.evening_from + 1, 23)), local.date() + timedelta(days=1)
    asked = [
        local.replace(second=0, microsecond=0) + timedelta(hours=1),
        timezone.make_aware(datetime.combine(local.date(), evening)),
        timezone.make_aware(datetime.combine(tomorrow, time(10))),
        timezone.make_aware(datetime.combine(tomorrow, evening)),
    ]
    return [When(f"{moment:%Y-%m-%dT%H:%M}", moment) for moment in asked if moment > local]


def read_time(text: str) -> datetime | None:
    """A time as it was chosen or typed (``2020-02-12T19:30``, local); None when it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _button(result: Result, label: str | Promise, key: str, letter: str | Promise) -> OutcomeButton:
    outcome = outcome_by(Channel.PHONE, result)
    return OutcomeButton(
        result=result.value,
        label=label,
        outcome="" if letter or outcome is None else outcome.value,
        letter=letter,
        key=key,
        asks=result in _ASKING,
    )
