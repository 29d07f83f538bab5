"""What the page of the community's phone stands on: who has it, calls to return and to write down, calls of today."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.accounts.selectors import names_of
from firstline.census.callbacks.selectors import READ, Call, Desk, calls_shown, desks_for, may_hold
from firstline.census.callbacks.standing import Standing
from firstline.census.models import CallContents, CallStepKind
from firstline.census.page_parts import UNDO_SECONDS, Undo
from firstline.kernel import clock, ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed, NotFound
from firstline.kernel.ids import read_id, uuid7
from firstline.kernel.paths import subtree
from firstline.registry.masks import masked_phone

_DAY = timedelta(days=1)
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Logged:
    """A call as it was posted. ``at`` is the moment it came, None for now."""

    number: str
    taken: bool
    at: datetime | None
    callback_id: uuid.UUID

    @classmethod
    def read(cls, form: QueryDict) -> "Logged":
        """Read a form. A time without a day is the last time the clock stood there."""
        return cls(
            number=form.get("number", "").strip(),
            taken=form.get("how", "") == "taken",
            at=_moment(form.get("time", "").strip()),
            callback_id=read_id(form.get("callback_id", "")) or uuid7(),
        )


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in a list. ``dial`` is the number in clear where it is to be called back, "" elsewhere."""

    id: uuid.UUID
    url: str
    at: datetime
    number: str
    dial: str
    said: str
    tries: int
    who: str
    standing: str


def calls_page(
    actor: Actor, at: str, *, number: str = "", mistake: str = "", done: uuid.UUID | None = None
) -> dict[str, Any]:
    """The page of one community's phone; for whoever takes calls for no community it says so.

    Numbers shown in clear are put on record. Raises NotFound for a community out of reach.
    """
    desks = desks_for(actor)
    if not at and not desks:
        return {"section": "census:callbacks", "place": None}
    desk = _chosen(desks, at)
    within = subtree(desk.place.path)
    todo, today = calls_shown(within)
    names = names_of({*(call.callback.by_person_id for call in (*todo, *today)), *_holder(desk)})
    missed = [call for call in todo if call.standing == Standing.TO_CALL_BACK]
    spoken = [call for call in todo if call.standing == Standing.TO_WRITE_DOWN]
    _look(actor, desk, missed)
    return {
        "section": "census:callbacks",
        "place": desk.place,
        "number": desk.number,
        "holder": names.get(desk.holder_id, "") if desk.holder_id else "",
        "mine": desk.holder_id == actor.person_id,
        "since": desk.since,
        "log_url": reverse("census:callback-log") if actor.may("census.log_call", desk.place.path) else "",
        "typed": number,
        "mistake": mistake,
        "callback_id": uuid7(),
        "missed": [_line(call, names, in_clear=True) for call in missed],
        "spoken": [_line(call, names) for call in spoken],
        "today": [_line(call, names) for call in today],
        "people": _people(actor, desk),
        "set_url": reverse("census:callback-number") if actor.may("census.set_number", desk.place.path) else "",
        "hand_url": reverse("census:callback-hand-over"),
        "undo": _undo(actor, (*todo, *today), done) if done else None,
    }


def desk_at(actor: Actor, at: str, *, needs: str = READ) -> Desk:
    """The phone of the community asked for, or of the actor's first one. Raises NotFound."""
    return _chosen(desks_for(actor, needs=needs), at)


def _chosen(desks: Sequence[Desk], at: str) -> Desk:
    found = next((desk for desk in desks if desk.place.path == at), None) if at else next(iter(desks), None)
    if found is None:
        raise NotFound
    return found


def number_of_call(call: Call) -> str:
    """The number of a call in clear; "" when it was hidden. Whoever shows it puts the look on record."""
    try:
        contents: CallContents = call.callback.open()
    except KeyDestroyed as destroyed:
        return destroyed.instead
    return contents.number


def said_of(call: Call) -> str:
    """Where a call stands, in words."""
    doors = [step.door for step in call.steps if step.kind == CallStepKind.COMPLETED and step.door]
    if doors:
        return doors[-1].label
    if call.steps:
        return str(CallStepKind(call.steps[-1].kind).label)
    return pgettext("call", "taken") if call.callback.taken else pgettext("call", "missed")


def _line(call: Call, names: dict[uuid.UUID, str], *, in_clear: bool = False) -> CallLine:
    number = number_of_call(call)
    return CallLine(
        id=call.callback.pk,
        url=reverse("census:callback", args=[call.callback.pk]),
        at=call.callback.happened_at,
        number=(number if in_clear else masked_phone(number)) if number else _("number hidden"),
        dial=number if in_clear else "",
        said=said_of(call),
        tries=call.tries,
        who=names.get(call.callback.by_person_id, ""),
        standing=call.standing.value,
    )


def _look(actor: Actor, desk: Desk, missed: Sequence[Call]) -> None:
    if missed:
        ledger.look(actor, READ, path=desk.place.path, subject=desk.place, fields=["phones"])


def _people(actor: Actor, desk: Desk) -> list[dict[str, Any]]:
    """Who the phone can be handed to, whoever has it now left out."""
    if not actor.may("census.hand_over_number", desk.place.path):
        return []
    return [
        {"id": person_id, "name": name, "yourself": person_id == actor.person_id}
        for person_id, name in may_hold(desk.place.path).items()
        if person_id != desk.holder_id
    ]


def _holder(desk: Desk) -> set[uuid.UUID]:
    return {desk.holder_id} if desk.holder_id else set()


def _undo(actor: Actor, calls: Sequence[Call], done: uuid.UUID) -> Undo | None:
    """The bar that takes back what was just done: a call logged (by its id), or a step about one (by the step's)."""
    fresh = clock.now() - timedelta(seconds=UNDO_SECONDS)
    for call in calls:
        steps = [step for step in call.steps if done in {step.pk, step.attempt_id}]
        fact = call.callback if call.callback.pk == done else steps[0] if steps else None
        if fact is None or fact.by_person_id != actor.person_id or fact.recorded_at < fresh:
            continue
        words = said_of(call) if steps else _("call taken") if call.callback.taken else _("missed call")
        return Undo(
            text=_("Recorded: %(what)s") % {"what": words},
            detail=f"{timezone.localtime(call.callback.happened_at):%H:%M}",
            url=reverse("census:callback-undo"),
            seconds=max(int(UNDO_SECONDS - (clock.now() - fact.recorded_at).total_seconds()), 1),
            fields={"step": str(steps[0].pk)} if steps else {"call": str(done)},
        )
    return None


def _moment(text: str) -> datetime | None:
    clock_time = parse_time(text) if _TIME.fullmatch(text) else None
    if clock_time is None:
        return None
    now = timezone.localtime(clock.now())
    moment = now.replace(hour=clock_time.hour, minute=clock_time.minute, second=0, microsecond=0)
    return moment - _DAY if moment > now else moment
