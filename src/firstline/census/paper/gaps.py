"""What is missing about printed sheets: forms nobody fetched in time, forms in hand that nobody has typed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.paper.selectors import Counted, open_by_place
from firstline.kernel import clock
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range, summed_at
from firstline.places.selectors import names_at
from firstline.response.selectors import emergencies_within

# A form that was fetched is typed in the same evening; on the next one it is a gap.
IN_HAND = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A cause: what it is called, what is done about it, how it weighs among others."""

    kind: str
    stage: Stage
    title: str | Promise
    action_label: str | Promise
    show: str
    severity: int


_KINDS = {
    "late": _Kind("forms_late", Stage.GAP, _("Forms not fetched in time"), _("Fetch them"), "late", 58),
    "out": _Kind("forms_out", Stage.TO_DO, _("Forms under doors, to be fetched"), _("Fetch them"), "out", 30),
    "left": _Kind("forms_left", Stage.GAP, _("Forms fetched, not typed in"), _("Type them in"), "hand", 56),
    "hand": _Kind("forms_hand", Stage.TO_DO, _("Forms to type in"), _("Type them in"), "hand", 40),
}


def sheets_open(within: Sequence[Range]) -> Iterator[Cause]:
    """Forms that are out or in hand, each a thing to do until its time has run out. Notices are those of calls."""
    parts = emergencies_within(within)
    if not parts:
        return
    within = [part for part, _found in parts]
    now = clock.now()
    placed: dict[str, list[Counted]] = {}
    for one in open_by_place(within, now, now - IN_HAND, summed_at(within)):
        placed.setdefault(one.kind, []).append(one)
    for name, kind in _KINDS.items():
        yield from _cause(kind, placed.get(name, []))


def _cause(kind: _Kind, counted: list[Counted]) -> Iterator[Cause]:
    if not counted:
        return
    names = names_at(one.path for one in counted)
    places = [GapPlace(one.path, names.get(one.path, ""), one.count, one.since) for one in counted]
    places.sort(key=lambda place: -place.count)
    url = f"{reverse('census:paper')}?show={kind.show}"
    yield Cause(kind.kind, kind.stage, kind.title, _("forms"), places, kind.action_label, url, kind.severity)
