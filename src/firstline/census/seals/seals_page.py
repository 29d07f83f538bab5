"""Seals in walking order: broken ones to visit tonight, those to look at, empty doors without one."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from firstline.census.asked_place import asked_place, compound_choices
from firstline.census.campaigns import campaign_at
from firstline.census.seals import selectors
from firstline.census.seals.selectors import Standing
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.places.names import door_name
from firstline.places.selectors import names_at

# More empty doors than these nobody seals in one walk.
_MOST = 120


def seals_page(actor: Actor, query: QueryDict, *, mistake: str = "", typed: str = "") -> dict[str, Any]:
    """The seals of a place."""
    path = asked_place(actor, query, needs=selectors.CHECK)
    campaign, within = campaign_at(path), subtree(path)
    days = campaign.rules.seal_days
    standing = selectors.seals_within(campaign, within, days=days)
    empty = selectors.unsealed(campaign, within, [one.seal.door_id for one in standing], at_most=_MOST)
    url = reverse("census:seals")
    return {
        "section": "places:compounds",
        "place": names_at([path]).get(path, ""),
        "path": path,
        "url": url,
        "compounds": compound_choices(actor, path, needs=selectors.CHECK),
        "broken": [_line(one) for one in standing if one.broken],
        "due": [_line(one) for one in standing if one.due],
        "fresh": [_line(one) for one in standing if not one.due and not one.broken],
        "empty": [
            {"id": door.pk, "name": spoken(door), "url": reverse("census:seal_set", args=[door.pk]), "visit": uuid7()}
            for door in empty
        ],
        "days": days,
        "mistake": mistake,
        "mistake_at": typed,
    }


def spoken(door: Door) -> str:
    """A door with its compound: 枫林苑 3号楼2单元501."""
    parts = {
        "compound": door.building.compound.place.name,
        "door": door_name(door.building.label, door.unit, door.room),
    }
    return _("%(compound)s %(door)s") % parts


def _line(one: Standing) -> dict[str, Any]:
    seal = one.seal
    return {
        "name": spoken(seal.door),
        "number": seal.number,
        "last_at": one.last_at,
        "due_on": timezone.localdate(one.due_at),
        "url": reverse("census:door", args=[seal.door_id]),
        "check_url": reverse("census:seal_check", args=[seal.pk]),
        "visit": uuid7(),
    }
