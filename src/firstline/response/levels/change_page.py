"""Before a level is in force: what it switches on and takes back, to be seen and put right first."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstline.accounts.selectors import who_may
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.below import divisions_in
from firstline.places.selectors import names_at, place_at
from firstline.response.levels.selectors import level_of, levels_of
from firstline.response.measures import kinds
from firstline.response.measures.catalogue import Entry, catalogue_at
from firstline.response.measures.combining import Order
from firstline.response.measures.days import day_of
from firstline.response.measures.fields import (
    Field,
    fields_of,
    posted_draft,
    posted_moment,
    posted_values,
    values_of,
)
from firstline.response.measures.ordering import RENEW, Draft, hanging_on
from firstline.response.measures.titles import title_of
from firstline.response.models import Emergency, Level
from firstline.response.selectors import emergency_for

# What each step needs, and what its page is called.
NEEDS = {"declare": "response.declare", "raise": "response.raise_level", "lower": "response.lower_level"}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of the catalogue as a part of the form."""

    prefix: str
    kind: str
    title: str
    on: bool
    restricts: bool
    fields: list[Field]
    until: str
    renewer: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which change is meant: of an emergency that goes on, or a new one for a place."""

    step: str
    level: Level
    path: str
    emergency: Emergency | None = None


def chosen(actor: Actor, asked: QueryDict) -> Chosen:
    """The change that an address or a form names. Raises NotFound."""
    step, level = asked.get("step", ""), asked.get("level", "")
    if step not in NEEDS or level not in {str(one.value) for one in Level}:
        raise NotFound
    if step == "declare":
        path = asked.get("path", "") or actor.home_path
        if not actor.may(NEEDS[step], path) or place_at(path) is None:
            raise NotFound
        return Chosen(step, Level(int(level)), path)
    emergency = emergency_for(actor, _id(asked.get("emergency", "")), needs=NEEDS[step])
    return Chosen(step, Level(int(level)), emergency.path, emergency)


def change_page(actor: Actor, change: Chosen, typed: QueryDict | None = None, mistake: str = "") -> dict[str, object]:
    """The page, in the contract of its template; ``typed`` is what was posted and refused."""
    people = who_may(RENEW, change.path)
    rows = [_row(number, entry, actor, typed) for number, entry in enumerate(_entries(change))]
    return {
        "step": change.step,
        "level": change.level,
        "path": change.path,
        "about": change.emergency,
        "section": "response:levels",
        "heading": _heading(change),
        "place": names_at([change.path]).get(change.path, ""),
        "now": level_of(change.emergency) if change.emergency else None,
        "rows": rows,
        "ending": _ending(change),
        "people": [(str(person_id), name) for person_id, name in people.items()],
        "typed": typed or _given(change),
        "areas": _areas(actor) if change.step == "declare" else [],
        "mistake": mistake,
    }


def posted_drafts(change: Chosen, post: QueryDict) -> list[Draft]:
    """The measures ticked on the form. Raises Invalid."""
    entries = _entries(change)
    return [
        posted_draft(entry.kind, post, prefix)
        for prefix, entry in ((prefix_of(number), entry) for number, entry in enumerate(entries))
        if f"{prefix}on" in post
    ]


def posted_change(post: QueryDict) -> Mapping[str, Any]:
    """Basis, document and moment of a change. Raises Invalid."""
    return {
        "legal_basis": post.get("legal_basis", ""),
        "document_number": post.get("document_number", ""),
        "from": posted_moment(post.get("from_at", "")),
    }


def prefix_of(number: int) -> str:
    """What tells the fields of the page's measures apart."""
    return f"m{number}-"


def _id(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError as problem:
        raise NotFound from problem


def _entries(change: Chosen) -> Sequence[Entry]:
    return sorted(catalogue_at(change.path)[change.level], key=lambda entry: not entry.switched_on)


def _row(number: int, entry: Entry, actor: Actor, typed: QueryDict | None) -> MeasureRow:
    prefix = prefix_of(number)
    until = entry.last_day(day_of(clock.now()))
    values = values_of(entry.parameters) if typed is None else posted_values(entry.kind, typed, prefix)
    return MeasureRow(
        prefix=prefix,
        kind=entry.kind,
        title=title_of(entry.kind, entry.parameters),
        on=entry.switched_on if typed is None else f"{prefix}on" in typed,
        restricts=kinds.restricts(entry.kind, entry.parameters),
        fields=fields_of(entry.kind, values, prefix),
        until=_iso(until) if typed is None else typed.get(f"{prefix}until", ""),
        renewer=str(actor.person_id) if typed is None else typed.get(f"{prefix}renewer", ""),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _given(change: Chosen) -> dict[str, str]:
    """What the form holds at first: the basis that was named last."""
    if change.emergency is None:
        return {}
    last = levels_of(change.emergency)[-1]
    return {"legal_basis": last.legal_basis or change.emergency.legal_basis}


def _ending(change: Chosen) -> list[str]:
    """What ends with the change: all that hangs on the level now."""
    if change.emergency is None:
        return []
    hanging: list[Order] = hanging_on(change.emergency, clock.now())
    return [title_of(order.kind, order.parameters) for order in hanging]


def _areas(actor: Actor) -> list[tuple[str, str]]:
    """Where an emergency may be declared: the reader's county, its townships and communities."""
    return sorted(divisions_in(actor.ranges(NEEDS["declare"])).items())


def _heading(change: Chosen) -> str:
    if change.step == "declare":
        return _("Declare: %(level)s") % {"level": change.level.label}
    if change.step == "raise":
        return _("Raise to %(level)s") % {"level": change.level.label}
    return _("Lower to %(level)s") % {"level": change.level.label}
