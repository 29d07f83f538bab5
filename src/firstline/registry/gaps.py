"""What lists are missing: somebody to accept them, and somebody to place the rows that were set aside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock, scope
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges
from firstline.registry.models import SourceFile, Verdict
from firstline.registry.selectors import READ, decision_of

DUE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A cause in words."""

    kind: str
    title: Promise
    unit: Promise
    action_label: Promise
    severity: int


_WAITING = _Kind("lists_waiting", _("Lists brought in but not accepted"), _("lists"), _("Look at it"), 40)
_PARKED = _Kind("rows_parked", _("Rows set aside, at no door yet"), _("rows"), _("Look at them"), 65)


def open_lists(within: Sequence[Range]) -> Iterator[Cause]:
    """Lists nobody has accepted or discarded, and rows of accepted lists that stand at no door.

    Both are to do for a day, then a gap. Only for whoever may open lists.
    """
    actor = scope.current()
    if actor is None or not actor.may(READ):
        return
    waiting, parked = _open_files(within)
    yield from _by_age(_WAITING, waiting)
    yield from _by_age(_PARKED, parked)


def _open_files(within: Sequence[Range]) -> tuple[list[SourceFile], list[SourceFile]]:
    aside = Q(decision__verdict=Verdict.ACCEPTED, parked_count__gt=0)
    found = SourceFile.objects.filter(in_ranges(within)).filter(Q(decision=None) | aside)
    files = list(
        found.defer("sealed", "sealed_content").select_related("compound__place", "decision").order_by("recorded_at")
    )
    return [file for file in files if not decision_of(file)], [file for file in files if decision_of(file)]


def _by_age(kind: _Kind, files: list[SourceFile]) -> Iterator[Cause]:
    due = clock.now() - DUE_AFTER
    for stage, those in (
        (Stage.GAP, [file for file in files if _since(file) <= due]),
        (Stage.TO_DO, [file for file in files if _since(file) > due]),
    ):
        if not those:
            continue
        places = sorted((_place(file) for file in those), key=lambda place: -place.count)
        url = reverse("registry:review", args=[those[0].id]) if len(those) == 1 else reverse("registry:lists")
        yield Cause(kind.kind, stage, kind.title, kind.unit, places, kind.action_label, url, kind.severity)


def _place(file: SourceFile) -> GapPlace:
    count = file.parked_count if decision_of(file) else 1
    return GapPlace(file.path, file.compound.place.name, count, _since(file))


def _since(file: SourceFile) -> datetime:
    decision = decision_of(file)
    return decision.recorded_at if decision else file.recorded_at
