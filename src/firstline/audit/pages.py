"""What the ledger's page shows: entries said in words, and the addresses of its choices."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.audit import selectors
from firstline.audit.actions import EXPORT
from firstline.audit.models import Change, LedgerEntry
from firstline.audit.selectors import Chosen, Facets
from firstline.kernel import clock, crypto, paths, ports, wording
from firstline.kernel.actors import Actor, label_without_login
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.ids import read_id
from firstline.kernel.keys import is_organisations

# How an act writes down a moment: ISO 8601 with its offset.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$")
# "Ever": before it no installation was.
_FIRST_DAY = date(2020, 1, 1)
# Compound, building, door.
_DOOR_DEPTH = 3
# Each look at somebody's number is on record; here it is enough to tell one number from another.
_PHONE, _LAST = "phone", 4
# What is sealed under an emergency's key may name residents: opened for those who may read them anyway.
_READ_RESIDENTS = "registry.read_mentions"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One field that changed, or what was looked at."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry in words. ``closed``: what changed names residents, and the reader may not read them.

    ``gone`` says since when nobody can read what changed, because its key was destroyed. ``history_url`` leads to all
    that was done and looked at there.
    """

    at: datetime
    by: str
    role: str
    text: str
    place: str
    changes: list[ShownChange]
    look: bool
    closed: bool
    gone: str = ""
    history_url: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice among acts, looks and both."""

    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    active: bool


def read_choice(asked: QueryDict) -> Chosen:
    """What an address asks for. What cannot be read is left out: an old link still opens the ledger."""
    place = asked.get("place", "")
    since, day = _day(asked.get("since", "")), _day(asked.get("day", ""))
    if since and day and since > day:
        since, day = day, since
    return Chosen(
        day=day or timezone.localdate(clock.now()),
        since=since,
        subject=read_id(asked.get("subject", "")),
        looks={"acts": False, "looks": True}.get(asked.get("kind", "")),
        person=read_id(asked.get("person", "")),
        action=asked.get("action", ""),
        place=place,
        before=_cursor(asked.get("before", "")),
    )


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 9000 else None


def context(actor: Actor, chosen: Chosen) -> dict[str, Any]:
    """The whole page, in the contract of its template."""
    read = selectors.entries(actor, chosen)
    rows = read.rows
    found = selectors.facets(actor, chosen)
    names, places = _names(rows, found.people, _with(found.places, chosen))
    following, preceding = _following(actor, chosen, read), _preceding(actor, chosen)
    return {
        "day": chosen.day,
        "since": chosen.first_day,
        "subject": chosen.subject or "",
        "whole_url": _url(replace(chosen, subject=None, before=None)) if chosen.subject else "",
        "entries": [_shown(actor, row, names, places) for row in rows],
        "all": found.acts + found.looks if chosen.looks is None else found.looks if chosen.looks else found.acts,
        "may_export": actor.may(EXPORT),
        "asked": [(key, value) for key, value in _asked(chosen).items() if value and key != "before"],
        "filters": _filters(chosen, found),
        "people": _options(((str(key), names[key]) for key in found.people), str(chosen.person or "")),
        "actions": _options(((name, wording.act(name)) for name in found.actions), chosen.action),
        "places": _options(((path, _place(path, places)) for path in _with(found.places, chosen)), chosen.place),
        "kind": _kind(chosen.looks),
        "earlier_url": _url(following) if following else None,
        "later_url": _url(preceding) if preceding else None,
        "position": read.position,
    }


def in_words(actor: Actor, rows: Sequence[LedgerEntry]) -> list[Shown]:
    """Entries said in words, as on the page."""
    names, places = _names(rows, {row.actor_id: row.actor_label for row in rows}, [])
    return [_shown(actor, row, names, places) for row in rows]


def choice_in_words(actor: Actor, chosen: Chosen) -> str:
    """What is chosen, in one line, for the head of a copy."""
    people = {chosen.person: ""} if chosen.person else {}
    names, places = _names([], people, [chosen.place] if chosen.place else [])
    said = [
        _("%(since)s to %(day)s") % {"since": chosen.first_day.isoformat(), "day": chosen.day.isoformat()},
        {None: _("acts and looks"), False: _("acts"), True: _("looks")}[chosen.looks],
        names[chosen.person] if chosen.person else _("everybody"),
        wording.act(chosen.action) if chosen.action else _("everything"),
        _place(chosen.place, places) or chosen.place if chosen.place else _("everywhere"),
    ]
    return pgettext("between items", ", ").join([*said, str(chosen.subject)] if chosen.subject else said)


def _with(found: list[str], chosen: Chosen) -> list[str]:
    """The places to choose among, the chosen one in any case."""
    return found if not chosen.place or chosen.place in found else [*found, chosen.place]


def _names(
    rows: Iterable[LedgerEntry], people: dict[uuid.UUID, str], chosen: Iterable[str]
) -> tuple[dict[uuid.UUID, str], dict[str, str]]:
    known = ports.names_of(list(people))
    nobody = _("Not logged in")
    names = {key: known.get(key) or (nobody if not key.int else label) for key, label in people.items()}
    above = {path for row in rows for path in paths.ancestors(row.path)}
    return names, ports.places_at(above.union(*(paths.ancestors(path) for path in chosen)))


def _shown(actor: Actor, row: LedgerEntry, names: dict[uuid.UUID, str], places: dict[str, str]) -> Shown:
    closed = not actor.may(_READ_RESIDENTS, row.path) and not is_organisations(crypto.key_of(row.sealed))
    changes, gone = ([], "") if closed else _opened(row)
    by = names.get(row.actor_id, row.actor_label)
    return Shown(
        at=row.at,
        by=by,
        role=row.actor_label if row.actor_id.int and row.actor_label != label_without_login(row.actor_id) else "",
        text=wording.act(row.action),
        place=_place(row.path, places),
        changes=changes,
        look=row.is_look,
        closed=closed,
        gone=gone,
        history_url=_url(_history(row)),
    )


def _history(row: LedgerEntry) -> Chosen:
    """Ever since: what was done and seen at this door or building, or, above them, about this very thing."""
    ever = Chosen(day=timezone.localdate(clock.now()), since=_FIRST_DAY)
    return replace(ever, place=row.path) if "/" in row.path else replace(ever, subject=row.subject_id)


def _opened(row: LedgerEntry) -> tuple[list[ShownChange], str]:
    try:
        return _changes(row.open()), ""
    except KeyDestroyed as destroyed:
        # The act stays on record; what it said of residents went with the emergency's key.
        return [], destroyed.instead


def _changes(change: Change) -> list[ShownChange]:
    before, after = change.before or {}, change.after or {}
    shown = []
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        said = ShownChange(wording.field(name), _said(name, old), _said(name, new))
        if old != new and (said.before or said.after) and not _is_id(old or new):
            shown.append(said)
    return shown


def _is_id(value: object) -> bool:
    return isinstance(value, str) and read_id(value) is not None


def _said(name: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return pgettext("between items", ", ").join(_said(name, item) for item in value)
    if isinstance(value, dict):
        return pgettext("between items", ", ").join(
            f"{wording.field(key)} {_said(key, inner)}" for key, inner in value.items()
        )
    if isinstance(value, str) and _MOMENT.match(value) and (moment := parse_datetime(value)):
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == _PHONE and isinstance(value, str):
        return f"•••{value[-_LAST:]}" if value else ""
    return wording.value(name, value)


def _place(path: str, places: dict[str, str]) -> str:
    """The last two names of a path; a door's label names its building, so that one is left out."""
    line = paths.ancestors(path)
    if path.count("/") == _DOOR_DEPTH and path in places:
        line.pop(-2)
    return " ".join([places[part] for part in line if part in places][-2:])


def _filters(chosen: Chosen, found: Facets) -> list[Filter]:
    kinds = (
        (None, _("All"), found.acts + found.looks),
        (False, _("Acts"), found.acts),
        (True, _("Looks"), found.looks),
    )
    return [
        Filter(label, count, _url(replace(chosen, looks=looks, before=None)), chosen.looks is looks)
        for looks, label, count in kinds
    ]


def _options(found: Iterable[tuple[str, str]], chosen: str) -> list[Option]:
    return sorted((Option(value, label, value == chosen) for value, label in found), key=lambda option: option.label)


def _following(actor: Actor, chosen: Chosen, shown: selectors.Page) -> Chosen | None:
    """Where what is earlier begins: later on the same day, or on the last day that has any."""
    if shown.more:
        return replace(chosen, before=(shown.rows[-1].at, shown.rows[-1].id))
    day = selectors.day_before(actor, chosen)
    return replace(chosen, day=day, since=None, before=None) if day else None


def _preceding(actor: Actor, chosen: Chosen) -> Chosen | None:
    """Where what is later is: at the top of the same day, or on the next day that has any."""
    if chosen.before:
        return replace(chosen, before=None)
    if chosen.day >= timezone.localdate(clock.now()):
        return None
    day = selectors.day_after(actor, chosen)
    return replace(chosen, day=day, since=None, before=None) if day else None


def _kind(looks: bool | None) -> str:
    return {False: "acts", True: "looks", None: ""}[looks]


def _asked(chosen: Chosen) -> dict[str, str]:
    """What is chosen, as an address says it and as ``read_choice`` reads it."""
    return {
        "day": chosen.day.isoformat(),
        "since": chosen.since.isoformat() if chosen.since else "",
        "kind": _kind(chosen.looks),
        "person": str(chosen.person or ""),
        "action": chosen.action,
        "place": chosen.place,
        "subject": str(chosen.subject or ""),
        "before": f"{chosen.before[0].isoformat()}~{chosen.before[1]}" if chosen.before else "",
    }


def _url(chosen: Chosen) -> str:
    return f"{reverse('audit:ledger')}?{urlencode({key: value for key, value in _asked(chosen).items() if value})}"


def _cursor(text: str) -> tuple[datetime, uuid.UUID] | None:
    at_text, _tilde, id_text = text.partition("~")
    try:
        at = parse_datetime(at_text)
    except ValueError:
        return None
    entry_id = read_id(id_text)
    return (at, entry_id) if at and at.tzinfo and entry_id else None
