"""What intercom rounds stand on: stairwells with work left, one panel as a map of buttons, one door that is rung."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.campaigns import Part, campaigns_within
from firstline.census.door_page import Asked, door_page, picture_url
from firstline.census.houses import Drawing, House, Shown
from firstline.census.next_steps import Step
from firstline.census.page_parts import undo_of, with_query
from firstline.census.results import KNOCKS, Outcome, Result
from firstline.census.selectors import standings
from firstline.census.walk.route import slot_at
from firstline.census.walk.selectors import READ
from firstline.census.walk.survey import Line, survey
from firstline.census.words import OutcomeButton, why_refused
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.kernel.paths import subtree
from firstline.places.models import Building, Door, Shape
from firstline.places.names import stairwell_name

# What a voice through the panel cannot do: paper changes hands, a seal or an empty flat is looked at.
_NEEDS_EYES = frozenset({Step.FETCH_FORM, Step.CHECK_SEAL, Step.CHECK_VACANCY, Step.LOOK_FOR_DOOR, Step.POST_NOTICE})
# Whoever comes down is registered at the entrance: the same result, with a word about how.
COME_DOWN = "come_down"

_BUTTONS: tuple[tuple[str, str | Promise, str, Outcome], ...] = (
    (Result.REGISTERED.value, _("Answered, registered"), "1", Outcome.REGISTERED),
    (Result.NO_ANSWER.value, _("Nobody answers"), "2", Outcome.KNOCKED_ONCE),
    (Result.REFUSED.value, _("Do not want to"), "3", Outcome.REFUSED),
    (COME_DOWN, _("They come down"), "4", Outcome.PARTIAL),
    (Result.COME_BACK.value, _("Ring again later"), "5", Outcome.TONIGHT),
)
_ASKING = frozenset({Result.REGISTERED.value, Result.REFUSED.value, COME_DOWN})


@dataclass(frozen=True, slots=True)
class Panel:
    """One stairwell's panel with somebody to ring."""

    name: str
    url: str
    doors: int


@dataclass(frozen=True, slots=True)
class Place:
    """A compound and its panels."""

    name: str
    doors: int
    panels: list[Panel]


def rounds_page(actor: Actor) -> dict[str, Any]:
    """Every stairwell with somebody to ring now, compound by compound."""
    parts = campaigns_within(actor.ranges(READ))
    lines = [line for part in parts for line in _to_ring(part)]
    return {
        "section": "census:walk",
        "at_work": bool(parts),
        "at": clock.now(),
        "places": [_place(name, list(found)) for name, found in groupby(lines, key=lambda line: line.door.compound)],
        "doors": len(lines),
        "walk_url": reverse("census:walk"),
    }


def panel_page(actor: Actor, building: Building, unit: str, query: QueryDict) -> dict[str, Any]:
    """The panel of one stairwell as a map: floors from the top, rooms beside each other, lit where work is left."""
    path = building.place.path
    part = next(iter(campaigns_within([subtree(path)])), None)
    lines = [line for line in _to_ring(part) if line.door.unit == unit] if part else []
    lit = {line.door.id for line in lines}
    doors = [door for door in standings(part.campaign.pk, subtree(path)) if door.unit == unit] if part else []
    drawing = Drawing(Shown(frozenset(Outcome.values)), may_record=False, names={}, opens="census:ring")
    house = drawing.houses([building], doors)[0]
    after = read_id(query.get("after", ""))
    following = _next(lines, after)
    return {
        "section": "census:walk",
        "name": stairwell_name(building.label, unit),
        "compound": building.compound.place.name,
        "house": _lit(house, lit),
        "left": len(lit),
        "selected_id": str(after or ""),
        "rounds_url": reverse("census:intercom"),
        "next_door": {"name": following.door.room, "url": reverse("census:ring", args=[following.door.id])}
        if following
        else None,
        "undo": undo_of(actor, query.get("saved", ""), way(building.pk)),
    }


def ring_page(actor: Actor, door: Door, asked: Asked) -> dict[str, Any]:
    """One door that is rung: who is expected, what was tried, and what came of it by one press."""
    base = door_page(actor, door, asked)
    may_record = bool(base["record_url"])
    return base | {
        "section": "census:walk",
        "door": base["door"] | {"back_url": picture_url(door, way(door.building_id))},
        "record_url": reverse("census:ring", args=[door.pk]) if may_record else "",
        "buttons": [_button(one, base["door"]["outcome"]) for one in _BUTTONS] if may_record else [],
        "ask": why_refused() if asked.result == Result.REFUSED else None,
    }


def way(building_id: uuid.UUID) -> str:
    """How a door's page is told to lead back to its stairwell's panel."""
    return f"intercom.{building_id.hex}"


def _to_ring(part: Part) -> list[Line]:
    """Doors of flats that want somebody now and whom a voice can serve."""
    at = clock.now()
    found = survey(part, slot_at(at, part.campaign.rules), at).lines()
    return [line for line in found if line.door.shape == Shape.FLATS and line.door.step not in _NEEDS_EYES]


def _place(name: str, lines: list[Line]) -> Place:
    panels = []
    for (building_id, label, unit), found in groupby(lines, key=_stairwell):
        address = with_query(reverse("census:intercom_panel", args=[building_id]), unit=unit)
        panels.append(Panel(stairwell_name(label, unit), address, len(list(found))))
    return Place(name, len(lines), panels)


def _stairwell(line: Line) -> tuple[uuid.UUID, str, str]:
    return line.door.building_id, line.door.building, line.door.unit


def _next(lines: list[Line], after: uuid.UUID | None) -> Line | None:
    at = next((rank for rank, line in enumerate(lines) if line.door.id == after), -1)
    ahead = [*lines[at + 1 :], *lines[: max(at, 0)]]
    return ahead[0] if ahead else None


def _lit(house: House, lit: Iterable[uuid.UUID]) -> House:
    """Only buttons with work left light up; the others keep their place."""
    wanted = set(lit)
    for floor in house.floors:
        for unit in floor.units:
            for cell in unit:
                if cell is not None:
                    cell.dim = cell.id not in wanted
    return house


def _button(button: tuple[str, str | Promise, str, Outcome], now_at: str) -> OutcomeButton:
    result, label, key, outcome = button
    if result == Result.NO_ANSWER and now_at in KNOCKS:
        outcome = Outcome.KNOCKED_TWICE
    return OutcomeButton(result, label, outcome.value, key=key, asks=result in _ASKING)
