"""What the page stands on where a pile of forms is typed in: number, door, one line a person, next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.door_page import READ_NAMES, people_of, read
from firstline.census.models import Attempt, Sheet
from firstline.census.page_parts import UNDO_SECONDS
from firstline.census.paper.actions import enter
from firstline.census.paper.doors import door_meant, full_name
from firstline.census.paper.errors import FormHasNobody, PersonUnread, SheetUnknown
from firstline.census.paper.numbers import number_of
from firstline.census.paper.paper_page import undo_bar
from firstline.census.paper.selectors import READ, entered_today, find_sheet, in_hand, recent_steps, sheet_for
from firstline.census.paper.steps import SheetKind, StepKind
from firstline.census.results import Result
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id, uuid7
from firstline.registry.mentions import Seen, mentions_at
from firstline.registry.person_line import doubts_of, fields_of

# What can be said of a form: filled in, in part, or handed back empty.
_RESULTS = (Result.FORM_RETURNED, Result.PARTIAL, Result.REFUSED)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of the page. ``lines`` are the persons, one each."""

    number: str = ""
    door: str = ""
    lines: str = ""
    note: str = ""
    result: str = ""
    attempt_id: uuid.UUID = field(default_factory=uuid7)

    @classmethod
    def read(cls, form: QueryDict) -> "Typed":
        """Read a form; anything missing has a harmless meaning."""
        return cls(
            number=form.get("number", "").strip(),
            door=form.get("door", "").strip(),
            lines=form.get("lines", ""),
            note=form.get("note", "").strip(),
            result=form.get("result", ""),
            attempt_id=read_id(form.get("attempt_id", "")) or uuid7(),
        )

    @property
    def people(self) -> list[str]:
        return [line for line in self.lines.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line as it is understood."""

    name: str
    detail: str
    doubts: list[str]


def save(actor: Actor, typed: Typed) -> Attempt:
    """Type a form in. Raises FormHasNobody, PersonUnread, SheetDoorUnknown, and what ``enter`` raises."""
    sheet = sheet_for(actor, typed.number, needs="census.enter_sheet")
    result = typed.result if typed.result in _RESULTS else Result.FORM_RETURNED
    people = [] if result == Result.REFUSED else people_of(typed.people)
    if result != Result.REFUSED:
        for number, line in enumerate(typed.people, start=1):
            if (understood := read(line)).person is None:
                raise PersonUnread(number=number, problem=_(", ").join(doubts_of(understood)))
        if not people:
            raise FormHasNobody
    door = door_meant(actor, sheet, typed.door)
    return enter(
        actor,
        number=typed.number,
        door_id=door.pk if door else None,
        people=people,
        result=result,
        note=typed.note,
        attempt_id=typed.attempt_id,
    )


def pile_page(actor: Actor, typed: Typed, *, mistake: str = "", done: Sequence[uuid.UUID] = ()) -> dict[str, Any]:
    """The page: a number to type, or the form of that number to type in."""
    sheet = find_sheet(actor, typed.number) if typed.number else None
    if typed.number and sheet is None and not mistake:
        mistake = str(SheetUnknown(number=typed.number[:40]))
    waiting = len(in_hand(actor.ranges(READ)))
    return {
        "section": "census:paper",
        "typed": typed,
        "mistake": mistake,
        "sheet": _sheet(actor, sheet) if sheet else None,
        "reading": reading(typed.lines),
        "reading_url": reverse("census:paper-reading"),
        "waiting": waiting,
        "entered": entered_today(actor),
        "paper_url": reverse("census:paper"),
        "undo": undo_bar(recent_steps(actor, done, seconds=UNDO_SECONDS), back="pile") if done else None,
    }


def reading(lines: str) -> list[PersonLine]:
    """How the lines are understood, one each."""
    return [_person(line) for line in lines.splitlines() if line.strip()]


def _person(line: str) -> PersonLine:
    understood = read(line)
    values = [value for _label, value in fields_of(understood)]
    return PersonLine(values[0] if values else line.strip(), _(", ").join(values[1:]), doubts_of(understood))


def _sheet(actor: Actor, sheet: Sheet) -> dict[str, Any]:
    door = sheet.door or sheet.printed_for
    expected = _expected(actor, sheet)
    ready = sheet.kind == SheetKind.FORM and sheet.state not in {StepKind.ENTERED, StepKind.VOID}
    return {
        "number": number_of(sheet.serial),
        "kind": SheetKind(sheet.kind).label,
        "state": StepKind(sheet.state).label,
        "since": sheet.since,
        "ready": ready,
        "door": full_name(door) if door else "",
        "door_url": reverse("census:door", args=[door.pk]) if door else "",
        "expected": expected,
    }


def _expected(actor: Actor, sheet: Sheet) -> list[Seen]:
    """Who is expected at the door of a form; the look is on record."""
    door = sheet.door or sheet.printed_for
    if door is None or not actor.may(READ_NAMES, door.path):
        return []
    seen = mentions_at(door.pk)
    if seen:
        ledger.look(actor, READ_NAMES, path=door.path, subject=door, fields=["names"])
    return seen
