"""What is missing about paper: forms to fetch, forms in hand that nobody has typed in. Late ones are gaps."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.census.campaigns import leading_within
from firstline.census.models import DoorState, Sheet
from firstline.census.next_steps import Step
from firstline.census.page_parts import with_query
from firstline.census.paper.selectors import READ
from firstline.census.paper.steps import StepKind
from firstline.census.results import Outcome
from firstline.kernel.gap_sources import Waiting, each_waits

# A form that was fetched is typed in the same evening; on the next one it is a gap.
IN_HAND = timedelta(days=1)


def _to_fetch() -> "QuerySet[Any, Any]":
    """Doors with a form, with a number or without one, until it is in hand."""
    in_hand = Sheet.objects.filter(door=OuterRef("door"), state=StepKind.FETCHED)
    found = DoorState.objects.filter(~Exists(in_hand), outcome=Outcome.FORM, step=Step.FETCH_FORM)
    return each_waits(found, "since", F("due_at"), campaign="campaign")


def _in_hand() -> "QuerySet[Any, Any]":
    return each_waits(Sheet.objects.filter(state=StepKind.FETCHED), "since", F("since") + IN_HAND)


WAITING = (
    Waiting(
        "forms_out",
        _("Forms under doors, to be fetched"),
        _("doors"),
        _("Fetch them"),
        58,
        READ,
        _to_fetch,
        lambda place: with_query(reverse("census:doors"), outcome=Outcome.FORM.value, at=place),
        leading_within,
        closes=_("the form fetched, or another attempt at the door"),
    ),
    Waiting(
        "forms_in_hand",
        _("Forms fetched, to be typed in"),
        pgettext_lazy("unit", "forms"),
        _("Type them in"),
        56,
        READ,
        _in_hand,
        lambda _place: reverse("census:paper") + "?show=hand",
        closes=_("the form typed in, or on record as spoilt or lost"),
    ),
)
