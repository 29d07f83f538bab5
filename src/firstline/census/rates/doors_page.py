"""The doors behind a count of the rates: building by building, in walking order."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.area import area_for
from firstline.census.dispositions import NOT_ATTEMPTED, Category
from firstline.census.page_parts import short_name, with_query
from firstline.census.rates.rates_page import channel_of
from firstline.census.rates.selectors import Leaf, Listed, doors_of, leaves, pages
from firstline.census.rates.words import MEANS
from firstline.census.results import Channel, Outcome
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.names import building_name

_SIZE = 120


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One door: its name, where it stands, the code it counts by."""

    name: str
    url: str
    outcome: str
    code: str


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building and its doors of the category."""

    name: str
    url: str
    count: int
    doors: list[DoorLine]


def doors_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """A page of the doors of ``category`` in the area; raises NotFound for a category that is none."""
    area, channel, category = area_for(actor, query), channel_of(query), _category(query.get("category", ""))
    found = leaves(area.parts, channel, category)
    sheets = list(pages(found, _SIZE))
    number = _number(query.get("page", ""), len(sheets))
    shown = sheets[number - 1] if sheets else []
    doors: dict[Any, list[Listed]] = defaultdict(list)
    for door in doors_of(area.parts, channel, category, [leaf.building_id for leaf in shown]):
        doors[door.building_id].append(door)
    letter = category.value.upper()
    asked = area.query(channel=channel, category=category.value)
    return {
        "section": "census:campaigns",
        "area": area,
        "back_url": with_query(reverse("census:rates"), **area.query(channel=channel)),
        "letter": letter,
        "means": MEANS[letter],
        "channel_label": Channel(channel).label if channel else "",
        "count": sum(leaf.doors for leaf in found),
        "buildings": [_building(leaf, doors[leaf.building_id]) for leaf in shown],
        "page": number,
        "pages": len(sheets),
        "previous_url": _url(asked, number - 1) if number > 1 else "",
        "next_url": _url(asked, number + 1) if number < len(sheets) else "",
    }


def _category(text: str) -> Category:
    if text not in Category.values:
        raise NotFound
    return Category(text)


def _number(text: str, most: int) -> int:
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
    return max(min(asked, most), 1)


def _url(asked: dict[str, object], page: int) -> str:
    return with_query(reverse("census:rates_doors"), **asked, page=page)


def _building(leaf: Leaf, doors: list[Listed]) -> BuildingLine:
    name = _("%(compound)s, %(building)s") % {"compound": leaf.compound, "building": building_name(leaf.label)}
    url = reverse("census:building", args=[leaf.building_id])
    return BuildingLine(name, url, leaf.doors, [_door(door) for door in doors])


def _door(door: Listed) -> DoorLine:
    outcome = door.outcome or Outcome.UNTRIED.value
    code = NOT_ATTEMPTED.code if door.outcome is None else door.code
    return DoorLine(short_name(door.unit, door.room), reverse("census:door", args=[door.id]), outcome, code or "")
