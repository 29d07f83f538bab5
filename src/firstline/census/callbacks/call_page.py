"""What the page of one call stands on: whose call it may be, the door, who lives there, what came of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from firstline.census.callbacks.actions import complete
from firstline.census.callbacks.calls_page import number_of_call, said_of
from firstline.census.callbacks.selectors import READ, Call, calls_of
from firstline.census.callbacks.standing import Standing
from firstline.census.callbacks.telephones import tokens_of
from firstline.census.door_page import READ_NAMES, people_of, read
from firstline.census.errors import AttemptRefused
from firstline.census.models import Attempt, CallStepKind
from firstline.census.paper.doors import full_name
from firstline.census.paper.errors import FormHasNobody, PersonUnread
from firstline.census.paper.numbers import number_of
from firstline.census.paper.pile_page import reading
from firstline.census.paper.selectors import at_door, find_sheet
from firstline.census.paper.steps import SheetKind
from firstline.census.results import Result
from firstline.census.words import WITH_PEOPLE
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id, uuid7
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.places.selectors import door_for
from firstline.registry.mentions import mentions_at
from firstline.registry.person_line import doubts_of
from firstline.registry.searching import PERMISSION as SEARCH
from firstline.registry.searching import search

# What can come of a call, in words for the telephone; the first is the good one.
RESULTS: dict[Result, str | Promise] = {
    Result.REGISTERED: pgettext_lazy("call", "Registered"),
    Result.PARTIAL: pgettext_lazy("call", "Said only a part"),
    Result.COME_BACK: pgettext_lazy("call", "We are to come"),
    Result.REFUSED: pgettext_lazy("call", "Do not want to"),
    Result.SAID_VACANT: pgettext_lazy("call", "Say nobody lives there"),
    Result.NOT_A_HOME: pgettext_lazy("call", "Not a home"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed about a call: what to look for, the door chosen, who lives there."""

    query: str = ""
    door_id: uuid.UUID | None = None
    lines: str = ""
    note: str = ""
    result: str = ""
    again_at: datetime | None = None
    attempt_id: uuid.UUID = field(default_factory=uuid7)

    @classmethod
    def read(cls, form: QueryDict) -> "Said":
        """Read a form; anything missing has a harmless meaning."""
        again = parse_datetime(form.get("again_at", "")) if form.get("again_at") else None
        return cls(
            query=form.get("q", "").strip(),
            door_id=read_id(form.get("door", "")),
            lines=form.get("lines", ""),
            note=form.get("note", "").strip(),
            result=form.get("result", ""),
            again_at=timezone.make_aware(again) if again and timezone.is_naive(again) else again,
            attempt_id=read_id(form.get("attempt_id", "")) or uuid7(),
        )


@dataclass(frozen=True, slots=True)
class Meant:
    """A door the call may be about, and why it is offered."""

    name: str
    why: str
    url: str


def save(actor: Actor, call: Call, said: Said) -> Attempt:
    """Write down at the door what was said. Raises FormHasNobody, PersonUnread, and what ``complete`` raises."""
    if said.door_id is None or said.result not in RESULTS:
        raise AttemptRefused
    lines = [line for line in said.lines.splitlines() if line.strip()] if said.result in WITH_PEOPLE else []
    for number, line in enumerate(lines, start=1):
        if (understood := read(line)).person is None:
            raise PersonUnread(number=number, problem=_(", ").join(doubts_of(understood)))
    if said.result in WITH_PEOPLE and not lines:
        raise FormHasNobody
    return complete(
        actor,
        callback_id=call.callback.pk,
        door_id=said.door_id,
        result=said.result,
        people=people_of(lines),
        note=said.note,
        again_at=said.again_at,
        attempt_id=said.attempt_id,
    )


def call_page(actor: Actor, call: Call, said: Said, *, mistake: str = "") -> dict[str, Any]:
    """One call: doors it may be about, or the door chosen and who lives there. What is seen is on record."""
    number = number_of_call(call)
    if number:
        ledger.look(actor, READ, path=call.callback.path, subject=call.callback, fields=["phones"])
    door = door_for(actor, said.door_id, needs="census.record_attempt") if said.door_id else None
    open_ = call.standing != Standing.DONE
    return {
        "section": "census:callbacks",
        "call": call.callback,
        "number": number,
        "said": said_of(call),
        "tries": call.tries,
        "to_call": call.standing == Standing.TO_CALL_BACK,
        "open": open_,
        "may_complete": open_ and actor.may("census.complete_call", call.callback.path),
        "typed": said,
        "mistake": mistake,
        "url": reverse("census:callback", args=[call.callback.pk]),
        "back_url": reverse("census:callbacks"),
        "step_url": reverse("census:callback-step", args=[call.callback.pk]),
        "meant": [] if door else _meant(actor, call, said.query, number),
        "looked": bool(said.query),
        "door": _door(actor, door) if door else None,
        "reading": reading(said.lines),
        "reading_url": reverse("census:callback-reading"),
        "results": [{"value": result.value, "label": label} for result, label in RESULTS.items()],
    }


def _meant(actor: Actor, call: Call, query: str, number: str) -> list[Meant]:
    """The doors a call may be about: those of the notice, phone, name or address typed; else those of its number."""
    found: dict[uuid.UUID, Meant] = {}

    def offer(door_id: uuid.UUID, name: str, why: str) -> None:
        found.setdefault(door_id, Meant(name, why, f"?door={door_id}"))

    if query and (sheet := find_sheet(actor, query)) and (door := sheet.door or sheet.printed_for):
        offer(door.pk, full_name(door), _("%(kind)s %(number)s") % _named(sheet.kind, sheet.serial))
    if not query:
        for earlier, door in _earlier_doors(call, number):
            offer(door.pk, full_name(door), _("called about it %(day)s") % {"day": f"{earlier:%m-%d %H:%M}"})
    words = query or number
    if words and actor.may(SEARCH):
        looked = search(actor, words)
        for hit in looked.hits:
            offer(hit.door.id, f"{hit.door.compound} {hit.door.label}", f"{hit.name} {hit.detail}".strip())
        for at in looked.doors if query else ():
            offer(at.id, f"{at.compound} {at.label}", "")
    return list(found.values())


def _named(kind: str, serial: int) -> dict[str, str]:
    return {"kind": str(SheetKind(kind).label), "number": number_of(serial)}


def _earlier_doors(call: Call, number: str) -> list[tuple[datetime, Door]]:
    """The doors that earlier calls of the same number were about."""
    if not number:
        return []
    path = call.callback.path
    calls: Sequence[Call] = calls_of(tokens_of(number, path), subtree(path))
    return [
        (timezone.localtime(step.happened_at), step.door)
        for one in calls
        for step in one.steps
        if step.kind == CallStepKind.COMPLETED and step.door
    ]


def _door(actor: Actor, door: Door) -> dict[str, Any]:
    expected = mentions_at(door.pk) if actor.may(READ_NAMES, door.path) else []
    if expected:
        ledger.look(actor, READ_NAMES, path=door.path, subject=door, fields=["names"])
    return {
        "id": door.pk,
        "name": full_name(door),
        "url": reverse("census:door", args=[door.pk]),
        "expected": expected,
        "sheets": [_("%(kind)s %(number)s") % _named(one.kind, one.serial) for one in at_door(door)],
    }
