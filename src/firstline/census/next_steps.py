"""What is to be done next at a door, by when, and by whom not: derived from its attempts and the campaign's rules.

Pure: no database, and no clock, so that a step once derived stays until another attempt is made.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

import msgspec
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstline.census.results import ON_THE_SPOT, REFUSALS, SOMEBODY_THERE, Channel, Outcome, Result
from firstline.census.rules import Rules


class Step(TextChoices):
    """What comes next; ``NONE`` where nothing does."""

    VISIT = "visit", _("Go there")
    EVENING = "evening", _("Go there in the evening")
    SECOND_ROUND = "second_round", _("Second round, somebody else goes")
    POST_NOTICE = "post_notice", _("Put a notice on the door")
    AWAIT_CALL = "await_call", _("They are to call back")
    FETCH_FORM = "fetch_form", _("Fetch the form")
    TALK_AGAIN = "talk_again", _("Send another talker")
    SEND_DOCTOR = "send_doctor", _("Send the doctor")
    SEND_DIRECTOR = "send_director", _("The director goes")
    COMPLETE = "complete", _("Ask what is missing")
    CHECK_VACANCY = "check_vacancy", _("Look whether it is empty")
    LOOK_FOR_DOOR = "look_for_door", _("Look for the door again")
    CALL_AGAIN = "call_again", _("Call again")
    CHECK_SEAL = "check_seal", _("Look at the seal")
    NONE = "none", _("Nothing more")


class Slot(TextChoices):
    """The time of day a step wants."""

    ANY = "", _("Any time")
    DAY = "day", _("By day")
    EVENING = "evening", _("In the evening")


class Tried(msgspec.Struct, frozen=True, gc=False):
    """One attempt as far as a door's state depends on it; ``order`` breaks ties of time (the fact's id).

    ``visitor`` is who was there, None when that is no person on record; ``again_at`` a time agreed upon.
    """

    at: datetime
    order: str
    channel: str
    result: str
    visitor: UUID | None = None
    again_at: datetime | None = None


class NextStep(msgspec.Struct, frozen=True, gc=False):
    """What comes next. ``due_at``: overdue from then on; ``not_by``: who should not be sent again."""

    step: Step = Step.NONE
    slot: Slot = Slot.ANY
    due_at: datetime | None = None
    not_by: UUID | None = None


# Rungs of the ladder after refusals; what a campaign's rules may name.
LADDER = {"talker": Step.TALK_AGAIN, "doctor": Step.SEND_DOCTOR, "director": Step.SEND_DIRECTOR}


def next_step(outcome: Outcome, counting: Sequence[Tried], telling: Tried | None, rules: Rules) -> NextStep:
    """What is to be done next at a door.

    ``counting`` are its attempts that were not taken back, the oldest first; ``telling`` the one its outcome
    follows from, None where none of them told anything. A time agreed upon after that replaces the rule's.
    """
    case = _Case(counting, telling or counting[-1], rules)
    step = _BY_OUTCOME[outcome](case)
    agreed = max((one.again_at for one in counting if one.again_at and one.at >= case.telling.at), default=None)
    if agreed is None or step.step == Step.NONE:
        return step
    return NextStep(step.step, _slot_at(agreed, rules), agreed, step.not_by)


class _Case(msgspec.Struct, frozen=True):
    counting: Sequence[Tried]
    telling: Tried
    rules: Rules

    @property
    def knocks(self) -> list[Tried]:
        return [one for one in self.counting if one.channel in ON_THE_SPOT and one.result == Result.NO_ANSWER]

    def within(self, days: int) -> datetime:
        """The end of the evening so many days after the telling attempt."""
        return evening_end(self.telling.at, self.rules, days)

    def by_evening(self) -> datetime:
        """The end of the first evening that still lies ahead of the telling attempt."""
        return self.within(0 if _local(self.telling.at).hour < self.rules.evening_from else 1)


def _settled(_case: _Case) -> NextStep:
    return NextStep()


def _vacant(case: _Case) -> NextStep:
    if case.telling.result not in {Result.SEAL_SET, Result.SEAL_INTACT}:
        return NextStep()
    return NextStep(Step.CHECK_SEAL, Slot.ANY, case.within(case.rules.seal_days))


def _partial(case: _Case) -> NextStep:
    return NextStep(Step.COMPLETE, Slot.ANY, case.within(case.rules.partial_days))


def _refused(case: _Case) -> NextStep:
    times = sum(one.result in REFUSALS for one in case.counting)
    ladder = case.rules.refusal_ladder or ("talker",)
    rung = ladder[min(times, len(ladder)) - 1]
    return NextStep(LADDER[rung], Slot.ANY, case.within(case.rules.refusal_days), case.telling.visitor)


def _knocked(case: _Case) -> NextStep:
    knocks, rules = case.knocks, case.rules
    if len(knocks) >= rules.knocks_before_notice:
        return NextStep(Step.POST_NOTICE, Slot.ANY, case.within(1))
    by_day = all(_slot_at(knock.at, rules) == Slot.DAY for knock in knocks)
    slot = Slot.EVENING if by_day else Slot.DAY
    if len(knocks) <= 1:
        due = case.by_evening() if by_day else case.within(1)
        return NextStep(Step.EVENING if by_day else Step.VISIT, slot, due)
    return NextStep(Step.SECOND_ROUND, slot, case.within(1), case.telling.visitor)


def _notice(case: _Case) -> NextStep:
    return NextStep(Step.AWAIT_CALL, Slot.ANY, case.within(case.rules.call_back_days))


def _form(case: _Case) -> NextStep:
    return NextStep(Step.FETCH_FORM, Slot.ANY, case.within(case.rules.form_days))


def _tonight(case: _Case) -> NextStep:
    return NextStep(Step.EVENING, Slot.EVENING, case.by_evening())


def _unknown(case: _Case) -> NextStep:
    if case.telling.result in SOMEBODY_THERE:
        return NextStep(Step.EVENING, Slot.EVENING, case.by_evening())
    step = Step.LOOK_FOR_DOOR if case.telling.result == Result.NOT_FOUND else Step.CHECK_VACANCY
    return NextStep(step, Slot.ANY, case.within(case.rules.unknown_days))


def _untold(case: _Case) -> NextStep:
    """Tried, and nothing is known of the door yet: call again a few times, then go there."""
    calls = [one for one in case.counting if one.channel == Channel.PHONE]
    dead = {Result.NUMBER_DEAD, Result.WRONG_NUMBER, Result.SUSPENDED}
    if not calls or calls[-1].result in dead or len(calls) >= case.rules.calls_before_visit:
        return NextStep(Step.VISIT, Slot.ANY, case.within(1))
    due = case.telling.at + timedelta(hours=case.rules.call_again_hours)
    return NextStep(Step.CALL_AGAIN, Slot.ANY, due)


_BY_OUTCOME: dict[Outcome, Callable[[_Case], NextStep]] = {
    Outcome.REGISTERED: _settled,
    Outcome.NOT_A_HOME: _settled,
    Outcome.VACANT: _vacant,
    Outcome.PARTIAL: _partial,
    Outcome.REFUSED: _refused,
    Outcome.KNOCKED_ONCE: _knocked,
    Outcome.KNOCKED_TWICE: _knocked,
    Outcome.NOTICE: _notice,
    Outcome.FORM: _form,
    Outcome.TONIGHT: _tonight,
    Outcome.UNKNOWN: _unknown,
    Outcome.UNTRIED: _untold,
}


def _slot_at(moment: datetime, rules: Rules) -> Slot:
    return Slot.EVENING if _local(moment).hour >= rules.evening_from else Slot.DAY


def evening_end(moment: datetime, rules: Rules, days: int) -> datetime:
    """The end of the evening so many days after a moment."""
    day = _local(moment).date() + timedelta(days=days)
    # An evening may be said to last until midnight.
    midnight = datetime.combine(day, time.min, timezone.get_default_timezone())
    return midnight + timedelta(hours=rules.evening_until)


def _local(moment: datetime) -> datetime:
    """As the clocks there show it: of the installation, not of whoever asks."""
    return moment.astimezone(timezone.get_default_timezone())
