"""What lists are missing: somebody to say whose they are, to mend, accept them, to place the rows set aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock, scope
from firstline.kernel.gap_sources import Cause, GapPlace, Known, Stage, Waiting, each_waits
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges
from firstline.registry.models import Import, LooseFile, SourceFile, Verdict
from firstline.registry.models import Stage as Work
from firstline.registry.selectors import READ, decision_of
from firstline.registry.standing import accounts_of

DUE_AFTER = timedelta(days=1)


def open_lists(within: Sequence[Range]) -> Iterator[Cause]:
    """Lists nobody has decided about; rows of accepted ones at no door.

    All are to do for a day, then a gap. Only for whoever may open lists.
    """
    actor = scope.current()
    if actor is None or not actor.may(READ):
        return
    waiting, accepted = _open_files(within)
    parked = {file_id: account.parked for file_id, account in accounts_of(accepted).items()} if accepted else {}
    aside = [file for file in accepted if parked[file.id]]
    yield from _by_age(_WAITING, [_waits(file) for file in waiting])
    yield from _by_age(_PARKED, [_aside(file, parked[file.id]) for file in aside])


@dataclass(frozen=True, slots=True)
class _Open:
    """One thing that waits: where, how much of it, since when, and the page on which it ends."""

    place: GapPlace
    url: str


def _open_files(within: Sequence[Range]) -> tuple[list[SourceFile], list[SourceFile]]:
    aside = Q(decision__verdict=Verdict.ACCEPTED, void=None, parked_count__gt=0)
    found = SourceFile.objects.filter(in_ranges(within)).filter(Q(decision=None) | aside)
    files = list(
        found.defer("sealed", "sealed_content").select_related("compound__place", "decision").order_by("recorded_at")
    )
    return [file for file in files if not decision_of(file)], [file for file in files if decision_of(file)]


def _waits(file: SourceFile) -> _Open:
    place = GapPlace(file.path, file.compound.place.name, 1, file.recorded_at)
    return _Open(place, reverse("registry:review", args=[file.id]))


def _aside(file: SourceFile, count: int) -> _Open:
    decision = decision_of(file)
    since = decision.recorded_at if decision else file.recorded_at
    return _Open(GapPlace(file.path, file.compound.place.name, count, since), reverse("registry:aside", args=[file.id]))


def _failed() -> "QuerySet[Any, Any]":
    """Long lists that were tried in the background until it was no use."""
    return each_waits(Import.objects.filter(stage=Work.FAILED), "changed_at", F("changed_at") + DUE_AFTER)


def _loose() -> "QuerySet[Any, Any]":
    """Files by the place of whoever brought them."""
    return each_waits(LooseFile.objects.filter(end=None), "recorded_at", F("recorded_at") + DUE_AFTER)


def _lists_url(_place: str) -> str:
    return reverse("registry:lists")


_WAITING = Known(
    "lists_waiting",
    _("Lists brought in but not accepted"),
    _("lists"),
    _("Look at it"),
    40,
    READ,
    _lists_url,
    closes=_("the list accepted, or set aside"),
    due_after=DUE_AFTER,
)
_PARKED = Known(
    "rows_parked",
    _("Rows set aside, at no door yet"),
    _("rows"),
    _("Look at them"),
    65,
    READ,
    _lists_url,
    closes=_("a door for each row, or the word that there is none"),
    due_after=DUE_AFTER,
)
LATE = (_WAITING, _PARKED)

WAITING = (
    Waiting(
        "lists_failed",
        _("Lists that could not be brought in"),
        _("lists"),
        _("See why"),
        50,
        READ,
        _failed,
        _lists_url,
        closes=_("the list read by another try, or given up"),
    ),
    Waiting(
        "lists_loose",
        _("Files of which nobody has said whose they are"),
        _("files"),
        _("Say whose"),
        45,
        READ,
        _loose,
        _lists_url,
        closes=_("the word on whose file it is, or that it is nobody's"),
    ),
)


def _by_age(kind: Known, things: list[_Open]) -> Iterator[Cause]:
    due = clock.now() - DUE_AFTER
    for stage, those in (
        (Stage.GAP, [one for one in things if one.place.since and one.place.since <= due]),
        (Stage.TO_DO, [one for one in things if not one.place.since or one.place.since > due]),
    ):
        if not those:
            continue
        places = sorted((one.place for one in those), key=lambda place: -place.count)
        url = those[0].url if len(those) == 1 else reverse("registry:lists")
        yield Cause(kind.kind, stage, kind.title, kind.unit, places, kind.action_label, url, kind.severity)
