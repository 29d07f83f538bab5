"""What is missing about calls: those to return, those to write down, notices nobody answered; and who has the phone."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.census.callbacks.selectors import LOG, READ, all_open
from firstline.census.campaigns import campaigns_within, led_by
from firstline.census.models import DoorState, NumberHolder
from firstline.census.next_steps import Step
from firstline.census.page_parts import with_query
from firstline.census.results import Outcome
from firstline.census.rules import Rules
from firstline.kernel import clock, scope
from firstline.kernel.gap_sources import WAITS, Waiting, waits_at
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges

_NOBODY = UUID(int=0)


def _to_return(within: Sequence[Range]) -> "QuerySet[Any, Any]":
    return waits_at(all_open(within, spoken=False), within, "happened_at", _long_ago(within))


def _to_write_down(within: Sequence[Range]) -> "QuerySet[Any, Any]":
    return waits_at(all_open(within, spoken=True), within, "happened_at", _long_ago(within))


def _not_kept(within: Sequence[Range]) -> "QuerySet[Any, Any]":
    """Doors with a notice whose day has passed without a call."""
    late = Q(due_at__lt=clock.now())
    awaited = DoorState.objects.filter(
        late, led_by(campaigns_within(within)), outcome=Outcome.NOTICE, step=Step.AWAIT_CALL
    )
    return waits_at(awaited, within, "due_at", late)


def _phone_here(within: Sequence[Range]) -> "QuerySet[Any, Any]":
    """The community's phone, on the first page of whoever has it."""
    # Asked by somebody always (see ``gap_sources``); nobody has the id of nobody.
    actor = scope.current()
    person_id = actor.person_id if actor else _NOBODY
    later = NumberHolder.objects.filter(path=OuterRef("path"), recorded_at__gt=OuterRef("recorded_at"))
    held = NumberHolder.objects.filter(in_ranges(within), ~Exists(later), person_id=person_id)
    rows: QuerySet[Any, Any] = held.annotate(
        place=F("path"), since=F("happened_at"), count=Value(1, IntegerField()), late=Value(False, BooleanField())
    ).values_list(*WAITS)
    return rows


def _long_ago(within: Sequence[Range]) -> Q:
    """Calls that have waited for more hours than the rules there allow; the shortest of several."""
    rules = [part.campaign.rules for part in campaigns_within(within)] or [Rules()]
    return Q(happened_at__lt=clock.now() - timedelta(hours=min(one.call_again_hours for one in rules)))


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
    ),
)
