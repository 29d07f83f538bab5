"""What the pages of a compound and of one building stand on: their pictures, the account, today."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.selectors import names_of
from firstline.census.campaigns import campaign_at
from firstline.census.houses import Cell, Drawing, Shown
from firstline.census.page_parts import account_of, answerer, equation, filters, short_name, undo_among, undo_of
from firstline.census.results import DONE, Outcome, outcome_by
from firstline.census.selectors import Recent, Standing, recent_attempts, standings
from firstline.census.words import keys, told
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id, uuid7
from firstline.kernel.paths import subtree
from firstline.places.models import Building, Compound
from firstline.places.names import building_name, door_name
from firstline.places.selectors import buildings_of

_RECENT = 12


@dataclass(frozen=True, slots=True)
class RecentLine:
    """One attempt of today, told in a line."""

    at: datetime
    precision: str
    text: str
    url: str
    by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One door of tonight's walk, and why it is on it."""

    number: int
    name: str
    url: str
    outcome: str
    why: str | Promise


def compound_page(actor: Actor, compound: Compound, query: QueryDict) -> dict[str, Any]:
    """All buildings of a compound as pictures, the account, and what was recorded today."""
    within, campaign_id = subtree(compound.place.path), campaign_at(compound.place.path).pk
    buildings, doors = buildings_of(compound), standings(campaign_id, within)
    recent = recent_attempts(campaign_id, within, at_most=_RECENT)
    names = names_of(_people(buildings, recent))
    shown = Shown.asked(query.get("view", ""), query.get("outcome", ""))
    url = reverse("census:compound", args=[compound.pk])
    drawing = Drawing(shown, _may_record(actor, compound.place.path), names, f"?back={_way('compound', shown)}")
    houses = drawing.houses(buildings, doors)
    drawing.number_walk()
    account = account_of(buildings, doors)
    selected = read_id(query.get("door", ""))
    return {
        "section": "places:compounds",
        "compound": _profile(actor, compound)
        | {
            "url": url,
            "path": compound.place.path,
            "who": answerer(compound.place.path),
        },
        "account": equation(account, url),
        "active": shown.outcome,
        "filters": filters(account, url, shown),
        "houses": houses,
        "selected_id": str(selected or ""),
        "panel_url": reverse("census:panel", args=[selected]) if selected else "",
        "panel_pattern": reverse("census:panel", args=[uuid.UUID(int=0)]),
        "recent": _lines(recent, buildings, doors, names),
        "keys": keys() if drawing.may_record else [],
        "page_id": uuid7(),
        "back": _way("compound", shown),
        "undo": undo_among(actor, recent, doors, query.get("saved", ""), _way("compound", shown)),
    }


def building_page(actor: Actor, building: Building, query: QueryDict) -> dict[str, Any]:
    """One building, phone first: its picture, the account, the next door; tonight also the walk."""
    path, compound = building.place.path, building.compound
    doors = standings(campaign_at(path).pk, subtree(path))
    shown = Shown.asked(query.get("view", ""), query.get("outcome", ""))
    url = reverse("census:building", args=[building.pk])
    names = names_of({building.walked_by_id}) if building.walked_by_id else {}
    drawing = Drawing(shown, _may_record(actor, path), names, f"?back={_way('building', shown)}")
    (house,) = drawing.houses([building], doors)
    drawing.number_walk()
    account = account_of([building], doors)
    return {
        "section": "places:compounds",
        "compound": {
            "name": compound.place.name,
            "url": reverse("census:compound", args=[compound.pk]),
            "call_url": _call_url(actor, compound),
        },
        "building": {"name": building_name(building.label), "path": path, "who": answerer(path)},
        "house": house,
        "account": equation(account, url),
        "active": shown.outcome,
        "filters": filters(account, url, shown),
        "walk": [_stop(cell, door) for cell, door in drawing.stops],
        "next_door": _next(doors, read_id(query.get("after", "")), drawing),
        "keys": keys() if drawing.may_record else [],
        "page_id": uuid7(),
        "back": _way("building", shown),
        "undo": undo_of(actor, query.get("saved", ""), _way("building", shown)),
    }


def _way(page: str, shown: Shown) -> str:
    """The way back to this page as it is now."""
    return f"{page}.{shown.view}" if shown.view else page


def _may_record(actor: Actor, path: str) -> bool:
    return actor.may("census.record_attempt", path)


def _people(buildings: list[Building], recent: list[Recent]) -> set[uuid.UUID]:
    walkers = {building.walked_by_id for building in buildings if building.walked_by_id}
    return walkers | {one.by_person_id for one in recent}


def _profile(actor: Actor, compound: Compound) -> dict[str, Any]:
    gatehouse = {True: _("with a gatehouse"), False: _("no gatehouse"), None: ""}[compound.gatehouse]
    return {
        "name": compound.place.name,
        "make_up": compound.get_make_up_display(),
        "management": compound.company.name if compound.company else compound.get_management_display(),
        "gatehouse": gatehouse,
        "frame_url": reverse("places:frame", args=[compound.pk]),
    }


def _call_url(actor: Actor, compound: Compound) -> str:
    """Where the company's numbers are: on a page of their own, because each look at them is on record."""
    if compound.company_id is None or not actor.may("places.reveal_contacts", compound.place.path):
        return ""
    return reverse("places:contacts", args=[compound.pk])


def _lines(
    recent: list[Recent], buildings: list[Building], doors: list[Standing], names: dict[uuid.UUID, str]
) -> list[RecentLine]:
    labels = {building.pk: building.label for building in buildings}
    spoken = {one.door_id: "" for one in recent}
    spoken |= {
        door.id: door_name(labels[door.building_id], door.unit, door.room) for door in doors if door.id in spoken
    }
    return [
        RecentLine(
            at=one.at,
            precision=one.precision,
            text=_("%(door)s %(what)s") % {"door": spoken[one.door_id], "what": told(one.result, one.persons_met)},
            url=reverse("census:door", args=[one.door_id]) + "?back=compound",
            by=names.get(one.by_person_id, ""),
            outcome=(outcome_by(one.channel, one.result) or Outcome.UNTRIED).value,
        )
        for one in recent
    ]


def _stop(cell: Cell, door: Standing) -> Stop:
    name = f"{door.unit}-{door.room}" if door.unit else door.room
    return Stop(cell.walk or 0, name, cell.url, cell.outcome, _why(door))


def _why(door: Standing) -> str:
    if door.outcome == Outcome.UNTRIED:
        return _("Nobody has ever been there")
    if door.outcome == Outcome.TONIGHT:
        return _("Asked us to come tonight")
    times = door.attempts or 1
    return ngettext("Been there once, nobody answered", "Been there %(times)d times, nobody answered", times) % {
        "times": times
    }


def _next(doors: list[Standing], after: uuid.UUID | None, drawing: Drawing) -> dict[str, str] | None:
    """The next door with work left, after one that was just done, in the order of the walk that is shown."""
    order = drawing.walked or doors
    at = next((rank for rank, door in enumerate(order) if door.id == after), -1)
    wanted = set(drawing.shown.outcomes) - {outcome.value for outcome in DONE}
    for door in [*order[at + 1 :], *order[: at + 1]]:
        if door.outcome in wanted and door.id != after:
            return {"name": short_name(door.unit, door.room), "url": drawing.url_of(door.id)}
    return None
