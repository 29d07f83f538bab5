"""Lit windows against the list: building by building, and the doors to go to because somebody is there."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.asked_place import asked_place, compound_choices
from firstline.census.campaigns import campaign_at
from firstline.census.houses import Cell
from firstline.census.lights import selectors
from firstline.census.plain_house import PlanDoor, plain_house
from firstline.census.seals.seals_page import spoken
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree
from firstline.places.models import Building
from firstline.places.names import building_name, door_name, unit_name
from firstline.places.selectors import names_at

# A door seen lit is gone to the same night or the next.
_LATELY = timedelta(hours=36)


def lights_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """A place by night: its buildings, most windows beyond the list first; the doors to visit."""
    path = asked_place(actor, query, needs=selectors.COUNT)
    campaign, within = campaign_at(path), subtree(path)
    nights = selectors.nights_within(campaign, within)
    counted = sorted((one for one in nights if one.count), key=lambda one: -one.over)
    return {
        "section": "places:compounds",
        "place": names_at([path]).get(path, ""),
        "path": path,
        "url": reverse("census:lights"),
        "compounds": compound_choices(actor, path, needs=selectors.COUNT),
        "visit": [
            {"name": spoken(door), "url": reverse("census:door", args=[door.pk]), "at": at}
            for door, at in selectors.lit_doors(campaign, within, clock.now() - _LATELY)
        ],
        "counted": [_row(one) for one in counted],
        "uncounted": [_row(one) for one in nights if not one.count],
    }


def count_page(
    building: Building, *, lit: Sequence[str] = (), said: Mapping[str, str] | None = None, mistake: str = ""
) -> dict[str, Any]:
    """One building to count: every door a cell to tap, every stairwell a number instead."""
    campaign = campaign_at(building.place.path)
    doors = selectors.doors_with_outcomes(campaign, building)
    ids = {(door.unit, door.room): door.pk for door in doors}

    def cell(door: PlanDoor) -> Cell:
        pk = ids[door.unit, door.room]
        name = door_name(building.label, door.unit, door.room)
        # Whether a door is taken for empty stays off this picture: who counts writes down what is lit, not what is odd.
        return Cell(id=pk, url="", room=door.room, name=name, outcome="", dim=str(pk) in lit, record_url="")

    return {
        "section": "places:compounds",
        "compound": building.compound.place.name,
        "name": building_name(building.label),
        "back_url": f"{reverse('census:lights')}?at={building.compound.place.path}",
        "house": plain_house(building, doors, cell, 0),
        "units": [
            {"value": unit, "name": unit_name(unit) or _("The building"), "said": (said or {}).get(unit, "")}
            for unit in dict.fromkeys(door.unit for door in doors)
        ]
        or [{"value": "", "name": _("The building"), "said": ""}],
        "count_url": reverse("census:lights_building", args=[building.pk]),
        "count_id": uuid7(),
        "mistake": mistake,
    }


def _row(one: selectors.Night) -> dict[str, Any]:
    return {
        "name": _("%(compound)s %(building)s")
        % {"compound": one.building.compound.place.name, "building": building_name(one.building.label)},
        "url": reverse("census:lights_building", args=[one.building.pk]),
        "doors": one.doors,
        "lived_in": one.lived_in,
        "lit": one.count.lit if one.count else None,
        "at": one.count.happened_at if one.count else None,
        "over": one.over,
        "by_unit": [
            {"name": unit_name(unit), "lit": number}
            for unit, number in (one.count.by_unit if one.count else {}).items()
            if unit
        ],
    }
