"""What is missing about calls: those to return, those to write down, notices nobody answered; and who has the phone."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import DurationField, Exists, F, OuterRef, QuerySet, UUIDField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.census.callbacks.selectors import LOG, READ, all_open
from firstline.census.campaigns import campaigns_within, leading_within
from firstline.census.models import DoorState, NumberHolder
from firstline.census.next_steps import Step
from firstline.census.page_parts import with_query
from firstline.census.results import Outcome
from firstline.census.rules import Rules
from firstline.kernel import scope
from firstline.kernel.gap_sources import NEVER, Waiting, each_waits
from firstline.kernel.given import NOW, Given
from firstline.kernel.paths import Range

_NOBODY = UUID(int=0)


def _patience(within: Sequence[Range]) -> timedelta:
    """How long a call may wait by the rules there; the shortest of several."""
    rules = [part.campaign.rules for part in campaigns_within(within)] or [Rules()]
    return timedelta(hours=min(one.call_again_hours for one in rules))


def _reader(_within: Sequence[Range]) -> UUID:
    # Asked by somebody always (see ``gap_sources``); nobody has the id of nobody.
    actor = scope.current()
    return actor.person_id if actor else _NOBODY


LONG_AGO = F("happened_at") + Given(_patience, DurationField())


def _to_return() -> "QuerySet[Any, Any]":
    return each_waits(all_open(spoken=False), "happened_at", LONG_AGO)


def _to_write_down() -> "QuerySet[Any, Any]":
    return each_waits(all_open(spoken=True), "happened_at", LONG_AGO)


def _not_kept() -> "QuerySet[Any, Any]":
    """Doors with a notice whose day has passed without a call."""
    awaited = DoorState.objects.filter(due_at__lt=NOW, outcome=Outcome.NOTICE, step=Step.AWAIT_CALL)
    return each_waits(awaited, "due_at", F("due_at"), campaign="campaign")


def _phone_here() -> "QuerySet[Any, Any]":
    """The community's phone, on the first page of whoever has it."""
    later = NumberHolder.objects.filter(path=OuterRef("path"), recorded_at__gt=OuterRef("recorded_at"))
    held = NumberHolder.objects.filter(~Exists(later), person_id=Given(_reader, UUIDField()))
    return each_waits(held, "happened_at", NEVER)


def _calls_url(_place: str) -> str:
    return reverse("census:callbacks")


WAITING = (
    Waiting(
        "calls_missed",
        _("Missed calls to return"),
        pgettext_lazy("unit", "calls"),
        _("Call back"),
        85,
        READ,
        _to_return,
        _calls_url,
        closes=_("the call returned, or closed with its reason"),
    ),
    Waiting(
        "calls_unwritten",
        _("Calls not written down at a door yet"),
        pgettext_lazy("unit", "calls"),
        _("Write down"),
        64,
        READ,
        _to_write_down,
        _calls_url,
        closes=_("the call written down at its door"),
    ),
    Waiting(
        "callbacks_not_kept",
        _("Did not call by the day on the notice"),
        _("doors"),
        _("See which"),
        62,
        "census.read_sheets",
        _not_kept,
        lambda place: with_query(reverse("census:doors"), outcome=Outcome.NOTICE.value, due="over", at=place),
        leading_within,
        closes=_("a call from the door, or another attempt there"),
    ),
    Waiting(
        "phone_here",
        _("The community's phone is with you"),
        pgettext_lazy("unit", "phone"),
        _("Calls"),
        90,
        LOG,
        _phone_here,
        _calls_url,
        closes=_("the phone handed over to the next one"),
    ),
)
