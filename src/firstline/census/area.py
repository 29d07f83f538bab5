"""Which doors a page of figures is about: any place the reader sees, in the campaign at work there or another."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.census.campaigns import Part, campaign_for, campaigns_for, campaigns_within
from firstline.census.models import Campaign
from firstline.census.page_parts import with_query
from firstline.census.selectors import READ
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.kernel.paths import COMMUNITY_LENGTH, COMPOUND_LENGTH, Range, ancestors, subtree
from firstline.places.names import building_name
from firstline.places.selectors import names_at

_BUILDING_LENGTH = len("141102003005/0007/003")
# Compounds have numbers of four digits, buildings of three: what a path has behind its community says what it is.
_NAMED = 3


class Crumb(NamedTuple):
    """A place above the one shown that the reader sees too."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Area:
    """Doors of one place (``path``), or of all places of the reader (""), and the campaigns that count there."""

    path: str
    name: str
    within: Sequence[Range]
    parts: Sequence[Part]
    campaign: Campaign | None
    campaigns: Sequence[Campaign]
    above: Sequence[Crumb]

    @property
    def level(self) -> int:
        """How much of a path its figures are grouped by: communities, compounds, or buildings."""
        if any(len(one.lo) < COMMUNITY_LENGTH for one in self.within):
            return COMMUNITY_LENGTH
        return _BUILDING_LENGTH if len(self.path) >= COMPOUND_LENGTH else COMPOUND_LENGTH

    @property
    def wide(self) -> bool:
        """Whether it goes beyond one community: then nobody reads it door by door."""
        return self.level == COMMUNITY_LENGTH

    def query(self, **more: object) -> dict[str, object]:
        """What an address says to come back to the same doors."""
        return {"at": self.path, "campaign": self.campaign.pk if self.campaign else "", **more}


def area_for(actor: Actor, query: QueryDict) -> Area:
    """The area that ``?at=`` (a path) and ``?campaign=`` (an id) ask for. Raises NotFound for what is not theirs."""
    ranges = actor.ranges(READ)
    within = _within(query.get("at", ""), ranges)
    campaign_id = read_id(query.get("campaign", ""))
    campaign = campaign_for(actor, campaign_id, needs=READ) if campaign_id else None
    path = within[0].lo if len(within) == 1 else ""
    above = [line for line in ancestors(path)[:-1] if path and any(line in one for one in ranges)]
    names = names_at([*above, *(one.lo for one in within)])
    return Area(
        path=path,
        name=pgettext("between places", ", ").join(_spoken(one.lo, names) for one in within[:_NAMED]),
        within=within,
        parts=_parts(campaign, within) if campaign else campaigns_within(within),
        campaign=campaign,
        campaigns=campaigns_for(actor, needs=READ),
        above=[Crumb(line, _spoken(line, names)) for line in above],
    )


def figure_links(area: Area, here: str) -> list[tuple[str, str, bool]]:
    """The pages of figures about the same doors: label, address, and whether it is the one shown (``here``)."""
    names = {
        "census:rates": _("Rates"),
        "census:curve": _("Coverage by day"),
        "census:compounds_left": _("What is left"),
        "census:tonight": _("This evening"),
    }
    return [(label, with_query(reverse(name), **area.query()), name == here) for name, label in names.items()]


def place_words(path: str, name: str) -> str:
    """What a place is called: a building by its label."""
    return building_name(name) if len(path) == _BUILDING_LENGTH else name


def _within(at: str, ranges: list[Range]) -> list[Range]:
    if not at:
        return ranges
    asked = subtree(at)
    if not any(one.holds(asked) for one in ranges) or at not in names_at([at]):
        raise NotFound
    return [asked]


def _parts(campaign: Campaign, within: Sequence[Range]) -> list[Part]:
    area = subtree(campaign.path)
    inside = [one for one in within if area.holds(one)]
    around = [area] if any(one.holds(area) for one in within) else []
    return [Part(one, campaign) for one in inside or around]


def _spoken(path: str, names: dict[str, str]) -> str:
    return place_words(path, names.get(path, "")) or _("Everything")


def campaign_ids(area: Area) -> list[uuid.UUID]:
    """The campaigns that count in an area, each once."""
    return list(dict.fromkeys(part.campaign.pk for part in area.parts))
