"""What the page of printed sheets stands on: those that are out, those in hand, and what can be done with a number."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from firstline.accounts.selectors import names_of
from firstline.census.models import Sheet, SheetStep
from firstline.census.page_parts import UNDO_SECONDS, Filter, Undo, short_name, with_query
from firstline.census.paper.actions import fetch, hand_out, lose, spoil
from firstline.census.paper.doors import door_meant
from firstline.census.paper.errors import SheetUnknown
from firstline.census.paper.numbers import number_of, read_numbers
from firstline.census.paper.selectors import READ, batches_of, in_hand, outstanding, recent_steps, sheet_for
from firstline.census.paper.steps import OUT, SheetKind, StepKind
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, read_id, uuid7
from firstline.places.names import building_name

# What can be done with the numbers typed: the permission, and the words on the button.
_ACTS = {
    "hand_out": "census.hand_out_sheet",
    "fetch": "census.fetch_sheets",
    "lose": "census.lose_sheets",
    "spoil": "census.spoil_sheets",
}
_MOVES = {"fetch": fetch, "lose": lose, "spoil": spoil}
_SHOWN_BATCHES = 8
# So many at once can be taken back by one press.
UNDO_MOST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody typed on the page of sheets."""

    act: str = ""
    numbers: str = ""
    door: str = ""
    page: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet of the list."""

    number: str
    door: str
    url: str
    kind: str
    state: str
    outcome: str
    since: Any
    due_at: Any
    late: bool
    who: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sheets of one building, or those of a compound whose door nobody knows yet."""

    name: str
    lines: list[Line] = field(default_factory=list)


def carry_out(actor: Actor, said: Said) -> list[uuid.UUID]:
    """Do with all numbers what was asked, or with none; the ids of what was recorded, for the undo bar.

    Raises what the actions raise, and SheetUnknown for words that are no numbers.
    """
    read = read_numbers(said.numbers)
    if read.unread or not read.serials:
        raise SheetUnknown(number=(read.unread or [""])[0][:40])
    numbers = [number_of(serial) for serial in read.serials]
    with scope.enter(actor):
        if said.act in _MOVES:
            return [step.pk for step in _MOVES[said.act](actor, numbers=numbers)]
        return [_put(actor, number, said) for number in numbers]


def paper_page(
    actor: Actor, show: str, said: Said, *, mistake: str = "", done: Sequence[uuid.UUID] = ()
) -> dict[str, Any]:
    """The page: numbers to work with on top, then the sheets that are late, out or in hand, by building."""
    ranges = actor.ranges(READ)
    out, hand = outstanding(ranges), in_hand(ranges)
    late = [sheet for sheet in out if _is_late(sheet)]
    chosen = show if show in {"late", "out", "hand"} else "late" if late else "hand" if hand and not out else "out"
    shown = {"late": late, "out": out, "hand": hand}[chosen]
    url = reverse("census:paper")
    return {
        "section": "census:paper",
        "filters": [
            Filter(_("Overdue"), len(late), with_query(url, show="late"), chosen == "late"),
            Filter(pgettext("sheets", "Out"), len(out), with_query(url, show="out"), chosen == "out"),
            Filter(_("To type in"), len(hand), with_query(url, show="hand"), chosen == "hand"),
        ],
        "show": chosen,
        "groups": _groups(shown),
        "count": len(shown),
        "step_url": reverse("census:paper-step"),
        "acts": [act for act, needs in _ACTS.items() if actor.may(needs)],
        "said": said,
        "page_id": uuid7(),
        "mistake": mistake,
        "pile_url": reverse("census:paper-pile") if actor.may("census.enter_sheet") else "",
        "print_url": reverse("census:paper-print") if actor.may("census.print_sheets") else "",
        "batches": [_batch(one) for one in batches_of(actor, at_most=_SHOWN_BATCHES)],
        "undo": undo_bar(recent_steps(actor, done, seconds=UNDO_SECONDS), back="paper") if done else None,
    }


def undo_bar(steps: Sequence[SheetStep], *, back: str) -> Undo | None:
    """The bar that takes back what was just done with sheets; None when it is too late for that."""
    if not steps:
        return None
    what, number = str(StepKind(steps[0].kind).label), number_of(steps[0].sheet.serial)
    more = ngettext("%(number)s", "%(number)s and others, %(count)d in all", len(steps))
    age = (clock.now() - steps[0].recorded_at).total_seconds()
    return Undo(
        text=_("Recorded: %(what)s") % {"what": what},
        detail=more % {"number": number, "count": len(steps)},
        url=reverse("census:paper-undo"),
        seconds=max(int(UNDO_SECONDS - age), 1),
        fields={"steps": ",".join(str(step.pk) for step in steps), "back": back},
    )


def read_ids(text: str) -> list[uuid.UUID]:
    """Ids as an address or a form carries them, separated by commas; what is none is left out."""
    return [found for part in text.split(",") if (found := read_id(part)) is not None]


def ids_text(ids: Sequence[uuid.UUID]) -> str:
    """The same the other way round."""
    return ",".join(map(str, ids))


def _put(actor: Actor, number: str, said: Said) -> uuid.UUID:
    door = door_meant(actor, sheet_for(actor, number, needs="census.hand_out_sheet"), said.door)
    attempt_id = derived(said.page, "sheet", number) if said.page else None
    return hand_out(actor, number=number, door_id=door.pk if door else None, attempt_id=attempt_id).pk


def _groups(sheets: Sequence[Sheet]) -> list[Group]:
    names = names_of({sheet.holder_id for sheet in sheets})
    return [
        Group(name, [_line(sheet, names.get(sheet.holder_id, "")) for sheet in listed])
        for name, listed in groupby(sheets, key=_building_of)
    ]


def _building_of(sheet: Sheet) -> str:
    door = sheet.door
    if door is None:
        return _("Door not written down yet")
    return f"{door.building.compound.place.name} {building_name(door.building.label)}"


def _line(sheet: Sheet, who: str) -> Line:
    door = sheet.door
    return Line(
        number=number_of(sheet.serial),
        door=short_name(door.unit, door.room) if door else "",
        url=reverse("census:door", args=[door.pk]) if door else "",
        kind=str(SheetKind(sheet.kind).label),
        state=str(StepKind(sheet.state).label),
        outcome="notice" if sheet.kind == SheetKind.NOTICE else "form",
        since=sheet.since,
        due_at=sheet.due_at,
        late=_is_late(sheet),
        who=who,
    )


def _is_late(sheet: Sheet) -> bool:
    return sheet.state in OUT and sheet.due_at is not None and sheet.due_at < clock.now()


def _batch(batch: Any) -> dict[str, Any]:
    return {
        "url": reverse("census:paper-batch", args=[batch.pk]),
        "kind": SheetKind(batch.kind).label,
        "numbers": f"{number_of(batch.first)} – {number_of(batch.last)}",
        "count": batch.last - batch.first + 1,
        "at": batch.recorded_at,
    }
