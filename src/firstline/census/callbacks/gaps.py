"""What is missing about calls: those nobody returned, those nobody wrote down, notices nobody answered in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Min
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.callbacks.selectors import open_by_place
from firstline.census.campaigns import campaigns_within
from firstline.census.models import DoorState
from firstline.census.next_steps import Step
from firstline.census.rules import Rules
from firstline.kernel import clock
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range, summed_at
from firstline.places.selectors import in_ranges, names_at
from firstline.response.selectors import emergencies_within


@dataclass(frozen=True, slots=True)
class _Kind:
    """A cause: what it is called, what is done about it, how it weighs among others."""

    kind: str
    stage: Stage
    title: str | Promise
    unit: str | Promise
    action_label: str | Promise
    severity: int


# By whether the call was spoken, and whether its time has run out.
_CALLS = {
    (False, True): _Kind(
        "calls_missed_long", Stage.GAP, _("Called us and were never called back"), _("calls"), _("Call back"), 85
    ),
    (False, False): _Kind("calls_missed", Stage.TO_DO, _("Missed calls to return"), _("calls"), _("Call back"), 70),
    (True, True): _Kind(
        "calls_unwritten_long", Stage.GAP, _("Calls not written down at any door"), _("calls"), _("Write down"), 64
    ),
}
_NOT_KEPT = _Kind(
    "callbacks_not_kept", Stage.GAP, _("Did not call by the day on the notice"), _("doors"), _("See which"), 62
)


def calls_open(within: Sequence[Range]) -> Iterator[Cause]:
    """Missed calls to return (a gap after some hours), spoken ones to write down, notices whose time has run out."""
    parts = emergencies_within(within)
    if not parts:
        return
    within = [part for part, _found in parts]
    before = clock.now() - timedelta(hours=_hours(within))
    placed: dict[tuple[bool, bool], list[_Counted]] = {}
    for spoken, late, *counted in open_by_place(within, before, summed_at(within)):
        placed.setdefault((spoken, late), []).append(_Counted(*counted))
    for key, kind in _CALLS.items():
        yield from _cause(kind, placed.get(key, []), reverse("census:callbacks"))
    awaited = DoorState.objects.filter(
        in_ranges(within), campaign__leads=True, step=Step.AWAIT_CALL, due_at__lt=clock.now()
    )
    grouped = awaited.order_by().annotate(place=Left("path", summed_at(within))).values_list("place")
    overdue = [_Counted(*row) for row in grouped.annotate(count=Count("*"), since=Min("due_at"))]
    yield from _cause(_NOT_KEPT, overdue, reverse("census:paper") + "?show=late")


class _Counted(NamedTuple):
    """How many lie at a place, and since when."""

    path: str
    count: int
    since: datetime


def _cause(kind: _Kind, counted: list[_Counted], url: str) -> Iterator[Cause]:
    if not counted:
        return
    names = names_at(one.path for one in counted)
    places = [GapPlace(one.path, names.get(one.path, ""), one.count, one.since) for one in counted]
    places.sort(key=lambda place: -place.count)
    yield Cause(kind.kind, kind.stage, kind.title, kind.unit, places, kind.action_label, url, kind.severity)


def _hours(within: Sequence[Range]) -> int:
    """After how many hours a missed call is late, by the rules of the leading campaigns; the shortest of several."""
    known: list[Rules] = [campaign.rules_read for campaign in campaigns_within(within)]
    return min((rules.call_again_hours for rules in known), default=Rules().call_again_hours)
