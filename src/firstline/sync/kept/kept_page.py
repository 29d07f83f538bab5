"""The supervisor's list of what phones handed in and is kept: a line for each phone and cause, decided as one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.accounts.devices.beside import Beside
from firstline.accounts.selectors import names_of
from firstline.census.page_parts import Filter, Undo
from firstline.census.results import Result
from firstline.kernel import clock, ledger
from firstline.kernel.actors import KNOW_RESIDENTS, Actor
from firstline.kernel.errors import KeyDestroyed, by_code
from firstline.kernel.ids import read_id
from firstline.kernel.offline import find
from firstline.kernel.paths import COMPOUND_LENGTH
from firstline.places.models import Door, MakeUp, Management
from firstline.places.selectors import names_at
from firstline.sync.kept.selectors import DECIDE, READ, Group, groups_for, samples_for, waiting
from firstline.sync.models import Kept, KeptCommand, KeptState

SHOWN, UNDO_SECONDS = 5, 90
_AT_ONCE = timedelta(minutes=1)
# What is decided first: facts that wait, then edits.
ORDER = (KeptState.QUARANTINED, KeptState.REFUSED, KeptState.HELD, KeptState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Met:
    """One field of two edits that met."""

    label: str
    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept command as a line: when it was made, what it says, who was named in it."""

    at: datetime
    what: str
    names: str
    met: list[Met] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A group on the page, with the fields that name it when it is decided."""

    device_id: uuid.UUID
    state: str
    code: str
    person: str
    phone: str
    place: str
    cause: str
    count: int
    first_at: datetime
    last_at: datetime | None
    entries: list[Entry]
    more: int
    conflict: bool


def kept_page(actor: Actor, *, show: str = "") -> dict[str, Any]:
    """What waits at the actor's places. Whoever may know residents is shown names, which is a look on record."""
    groups = groups_for(actor)
    counts = {state: sum(one.count for one in groups if one.state == state) for state in ORDER}
    standing = [state for state in ORDER if counts[state]]
    chosen = KeptState(show) if show in {state.value for state in standing} else next(iter(standing), None)
    shown = [one for one in groups if one.state == chosen]
    return {
        "section": "accounts:devices",
        "filters": [_filter(state, counts[state], active=state == chosen) for state in standing],
        "lines": _lines(actor, shown, chosen) if chosen else [],
        "show": chosen.value if chosen else "",
        "may_decide": actor.may(DECIDE),
        "devices_url": reverse("accounts:devices"),
        "decide_url": reverse("sync:decide"),
    }


def beside_phones(actor: Actor) -> Beside | None:
    """The way from the list of phones to what they sent and is kept, with how much of it waits; one statement."""
    if not actor.may(READ):
        return None
    return Beside(_("Kept from phones"), reverse("sync:kept"), waiting(actor.ranges(READ)).count())


def undo_of(device_id: uuid.UUID, at: datetime, show: str) -> Undo | None:
    """The bar that takes back what was set aside by one press, while it is fresh."""
    age = (clock.now() - at).total_seconds()
    if not 0 <= age <= UNDO_SECONDS:
        return None
    return Undo(
        text=_("Set aside"),
        detail="",
        url=reverse("sync:reopen"),
        seconds=max(int(UNDO_SECONDS - age), 1),
        fields={"device": str(device_id), "at": at.isoformat(), "show": show},
    )


def _filter(state: KeptState, count: int, *, active: bool) -> Filter:
    return Filter(state.label, count, f"{reverse('sync:kept')}?show={state.value}", active)


def _lines(actor: Actor, groups: Sequence[Group], state: KeptState) -> list[Line]:
    samples = samples_for(actor, state, each=SHOWN)
    shown = [one for those in samples.values() for one in those]
    opened = {one.pk: _opened(one) for one in shown}
    known = {one.pk for one in shown if _may_know(actor, one)}
    _look(actor, [one for one in shown if one.pk in known])
    people, places = names_of({one.person_id for one in groups}), names_at({_compound(one.path) for one in groups})
    doors = _doors([body for contents, body in opened.values() if contents is not None])
    found = []
    for one in groups:
        kept = samples.get((one.device_id, one.code), [])
        entries = [_entry(each, *opened[each.pk], doors, named=each.pk in known) for each in kept]
        found.append(_line(one, entries, people, places))
    return found


def _line(group: Group, entries: list[Entry], people: Mapping[uuid.UUID, str], places: Mapping[str, str]) -> Line:
    message = str(by_code(group.code).message)
    return Line(
        device_id=group.device_id,
        state=group.state,
        code=group.code,
        person=people.get(group.person_id, ""),
        phone=group.device_id.hex[-4:],
        place=places.get(_compound(group.path), ""),
        cause=str(_CAUSES.get(group.code, "" if "%(" in message else message)),
        count=group.count,
        first_at=group.first_at,
        last_at=group.last_at if group.last_at - group.first_at > _AT_ONCE else None,
        entries=entries,
        more=group.count - len(entries),
        conflict=group.state == KeptState.CONFLICT,
    )


def _compound(path: str) -> str:
    """The compound a door is in; a wider place as it is."""
    return path[:COMPOUND_LENGTH]


def _opened(kept: Kept) -> tuple[KeptCommand | None, dict[str, Any]]:
    try:
        contents: KeptCommand = kept.open()
    except KeyDestroyed:
        return None, {}
    try:
        body = msgspec.json.decode(contents.raw)
    except msgspec.DecodeError:
        body = {}
    return contents, body if isinstance(body, dict) else {}


def _may_know(actor: Actor, kept: Kept) -> bool:
    command = find(kept.kind, kept.version)
    return (command is None or command.names_residents) and actor.may(KNOW_RESIDENTS, kept.path)


def _look(actor: Actor, shown: Sequence[Kept]) -> None:
    if shown:
        ledger.look_at_each(actor, READ, [(one.path, one) for one in shown], fields=["names", "notes"])


def _entry(
    kept: Kept, contents: KeptCommand | None, body: dict[str, Any], doors: Mapping[str, str], *, named: bool
) -> Entry:
    if contents is None:
        return Entry(kept.made_at, _("This cannot be read any more"), "")
    words = [doors.get(str(body.get("door_id", "")), ""), _kind(kept.kind), _result(body), _problem(kept, contents)]
    said = body.get("people")
    names = [str(one.get("name", "")) for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    note = str(body.get("note", ""))[:80]
    return Entry(
        kept.made_at,
        " ".join(word for word in words if word),
        _(", ").join([*names, *([note] if note else [])]) if named else "",
        [_met(name, met) for name, met in contents.fields.items()],
    )


def _problem(kept: Kept, contents: KeptCommand) -> str:
    """Why it was refused, where the cause above does not say it all."""
    return contents.said if kept.state == KeptState.REFUSED and "%(" in str(by_code(kept.code).message) else ""


def _kind(kind: str) -> str:
    return str(_KINDS.get(kind, kind))


def _result(body: dict[str, Any]) -> str:
    said = body.get("result")
    return str(Result(said).label) if said in Result.values else str(body.get("number") or body.get("room") or "")


def _doors(bodies: Sequence[dict[str, Any]]) -> dict[str, str]:
    """What the doors are called that bodies name; one statement."""
    ids = {found for body in bodies if (found := read_id(str(body.get("door_id", ""))))}
    return {str(pk): label for pk, label in Door.objects.filter(pk__in=ids).values_list("pk", "label")}


def _met(name: str, met: Mapping[str, str]) -> Met:
    return Met(str(_FIELDS.get(name, name)), *(_value(name, met.get(part, "")) for part in ("base", "theirs", "mine")))


def _value(name: str, value: str) -> str:
    words = {"management": Management, "make_up": MakeUp}.get(name)
    if words is not None and value in words.values:
        return str(words(value).label)
    return {"yes": _("yes"), "no": _("no"), "": _("nothing")}.get(value, value)


_KINDS: dict[str, str | Promise] = {
    "census.void_attempt": gettext_lazy("taken back"),
    "census.keep_picture": gettext_lazy("picture"),
    "census.hand_out_sheet": gettext_lazy("form or notice"),
    "census.record_attempt": "",
    "places.add_door": gettext_lazy("new door"),
    "places.describe_compound": gettext_lazy("compound described"),
    "workforce.sign_in": gettext_lazy("signed in"),
    "workforce.sign_out": gettext_lazy("signed out"),
    "": gettext_lazy("damaged"),
}
_FIELDS: dict[str, str | Promise] = {
    "address": gettext_lazy("Address"),
    "management": gettext_lazy("Looked after by"),
    "gatehouse": gettext_lazy("Gatehouse"),
    "make_up": gettext_lazy("Make-up"),
}
# As the supervisor reads it; a phone is told in other words.
_CAUSES: dict[str, str | Promise] = {
    "device_revoked": gettext_lazy("The phone was blocked before it sent these"),
    "outside_grant": gettext_lazy("Not in the area or time this phone was given"),
    "command_unknown": gettext_lazy("From a newer version of the phone's page"),
    "predecessor_missing": gettext_lazy("Waits for another record that has not come"),
    "edits_meet": gettext_lazy("Somebody else changed the same field meanwhile"),
    "command_invalid": gettext_lazy("Damaged on the way, or made by another program"),
    "command_id_taken": gettext_lazy("Another record has the same number"),
    "not_found": gettext_lazy("Its door or record does not exist"),
}
