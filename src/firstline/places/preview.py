"""What a building line would make, as pages show it: counts, a picture a shape, what was not understood and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from firstline.identifiers.building_line import PlannedDoor, Problem
from firstline.identifiers.door_label import is_lane
from firstline.places.layout import in_rows, is_tower, lane_and_row, lay_out
from firstline.places.models import Frame, Shape
from firstline.places.names import building_name, door_name, unit_name
from firstline.places.plans import LinePlan, PlannedHouse

# A picture is for looking at: more cells than these nobody looks at before saying yes.
_MOST_CELLS, _MOST_PICTURES = 1_200, 6
_FIRST_LABELS = 3

_PROBLEMS = {
    "empty": gettext_lazy("Nothing is written yet."),
    "not_understood": gettext_lazy("“%(text)s” was not understood."),
    "no_building": gettext_lazy("“%(text)s” does not say which building."),
    "no_floors": gettext_lazy("“%(text)s”: how many floors?"),
    "no_doors": gettext_lazy("“%(text)s”: how many doors on each floor or in each row?"),
    "backwards": gettext_lazy("“%(text)s” counts backwards."),
    "too_many": gettext_lazy(
        "“%(text)s” would be too many: at most 20,000 doors, 200 buildings, 120 floors in a line."
    ),
    "uneven": gettext_lazy("“%(text)s” cannot be shared evenly by the units."),
    "twice": gettext_lazy("Door %(text)s would come twice."),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One part of a line that says no doors: where it stands between what was understood, and how to write it."""

    text: str
    before: str
    part: str
    after: str
    example: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One building of the preview in figures."""

    name: str
    doors: int
    new: int
    known: int
    others: int
    first: str


def preview_of(plan: LinePlan) -> dict[str, Any] | None:
    """The context of the preview, None while the line says no doors (see ``mistakes_of``)."""
    if not plan.houses:
        return None
    return {
        "buildings": len(plan.houses),
        "doors": plan.doors,
        "new": plan.new,
        "known": plan.known,
        "token": plan.token,
        "rows": [_row(house) for house in plan.houses],
        "houses": _pictures(plan),
        "notes": _notes(plan),
    }


def mistakes_of(plan: LinePlan) -> list[Mistake]:
    """What was not understood and where; an empty line is no mistake."""
    return [_mistake(plan.line, problem) for problem in plan.problems if problem.code != "empty"]


def _mistake(line: str, problem: Problem) -> Mistake:
    text = str(_PROBLEMS[problem.code]) % {"text": problem.text}
    end = problem.at + len(problem.text)
    located = line[problem.at : end].upper() == problem.text.upper() and problem.text != ""
    before, part, after = (line[: problem.at], line[problem.at : end], line[end:]) if located else (line, "", "")
    return Mistake(text, before, part, after, problem.example)


def _row(house: PlannedHouse) -> PreviewRow:
    first = [door.label for door in house.doors[:_FIRST_LABELS]]
    shown = ", ".join(first) + (" …" if len(house.doors) > _FIRST_LABELS else "")
    return PreviewRow(building_name(house.label), len(house.doors), house.new, house.known, house.others, shown)


def _notes(plan: LinePlan) -> list[str]:
    notes = []
    if plan.known:
        text = ngettext(
            "%(count)d door is known already and stays as it is",
            "%(count)d doors are known already and stay as they are",
            plan.known,
        )
        notes.append(text % {"count": plan.known})
    if others := sum(house.others for house in plan.houses):
        text = ngettext(
            "%(count)d known door of these buildings is not in the line; it stays",
            "%(count)d known doors of these buildings are not in the line; they stay",
            others,
        )
        notes.append(text % {"count": others})
    return notes


def _pictures(plan: LinePlan) -> list[dict[str, Any]]:
    """One picture for buildings that look alike, so that 200 equal buildings are one look; rows of a lane are one."""
    alike: dict[tuple[str, ...], list[PlannedHouse]] = {}
    for house in plan.houses:
        lane = is_lane(house.label)
        key = ("lane", lane_and_row(house.label)[0]) if lane else ("block", house.plan)
        alike.setdefault(key, []).append(house)
    drawn, cells = [], 0
    for group in list(alike.values())[:_MOST_PICTURES]:
        cells += sum(len(house.doors) for house in (group if is_lane(group[0].label) else group[:1]))
        if cells > _MOST_CELLS:
            break
        drawn.append(_yards(group) if is_lane(group[0].label) else _block(group))
    return drawn


def _block(group: Sequence[PlannedHouse]) -> dict[str, Any]:
    house = group[0]
    layout = lay_out(house.doors)
    floors = [
        {
            "label": "" if storey.floor is None else str(storey.floor),
            "left": 0,
            "units": [[_cell(door) if door else None for door in unit] for unit in storey.units],
        }
        for storey in layout.storeys
    ]
    name, others = building_name(house.label), len(group) - 1
    if others:
        text = ngettext("%(name)s and %(others)d like it", "%(name)s and %(others)d like it", others)
        name = text % {"name": name, "others": others}
    units = [unit_name(unit) for unit in layout.units]
    return _picture(house, name, Shape.FLATS, len(house.doors)) | {
        "units": units,
        "floors": floors,
        "tower": is_tower(layout),
    }


def _yards(group: Sequence[PlannedHouse]) -> dict[str, Any]:
    lane = lane_and_row(group[0].label)[0]
    floors = [
        {
            "label": lane_and_row(house.label)[1],
            "left": 0,
            "units": [
                [_cell(door) if door else None for door in unit]
                for storey in in_rows(house.doors, max(len(house.doors), 1))
                for unit in storey.units
            ],
        }
        for house in group
    ]
    doors = sum(len(house.doors) for house in group)
    return _picture(group[0], lane, Shape.ROWS, doors) | {"units": [], "floors": floors, "tower": False}


def _picture(house: PlannedHouse, name: str, shape: Shape, doors: int) -> dict[str, Any]:
    frame = {"state": Frame.DECLARED.value, "at": None, "by": ""}
    return {"id": house.label, "name": name, "url": "", "shape": shape.value, "doors": doors, "left": 0, "frame": frame}


def _cell(door: PlannedDoor) -> dict[str, Any]:
    spoken = door_name(door.building, door.unit, door.room)
    return {"id": door.label, "url": "", "room": door.room, "name": spoken, "outcome": "", "dim": False}
