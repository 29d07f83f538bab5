"""Tonight: doors to go to in the evening hours of the campaign's rules, building by building, in walking order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.area import Area, area_for, figure_links
from firstline.census.next_steps import Step
from firstline.census.page_parts import with_query
from firstline.census.pictures.selectors import ToGo, to_go_tonight
from firstline.census.rates.selectors import figures
from firstline.census.rules import Rules
from firstline.census.walk.minutes import BETWEEN_BUILDINGS, UNRECORDED, Expected, learn
from firstline.census.walk.selectors import kind_of, minutes_spent
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMPOUND_LENGTH
from firstline.places.names import building_name
from firstline.places.selectors import names_at

_NOBODY_YET = "untried"
_SAYS: dict[str, str | Promise] = {
    Step.EVENING: _("evening, as asked or because nobody is there by day"),
    Step.SECOND_ROUND: _("second round, somebody else goes"),
    _NOBODY_YET: _("nobody has been there"),
    Step.VISIT: _("called without luck, go there"),
    Step.TALK_AGAIN: _("refused, another talker"),
    Step.SEND_DOCTOR: _("refused, the doctor goes"),
    Step.SEND_DIRECTOR: _("refused, the director goes"),
    Step.POST_NOTICE: _("put up a notice"),
    Step.FETCH_FORM: _("fetch the form"),
    Step.COMPLETE: _("ask what is missing"),
    Step.CHECK_VACANCY: _("look whether it is empty"),
    Step.CHECK_SEAL: _("look at the seal"),
    Step.LOOK_FOR_DOOR: _("look for the door"),
    Step.AWAIT_CALL: _("promised to call, has not"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why doors are on the list, and how many."""

    says: str | Promise
    doors: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One building of the evening."""

    name: str
    url: str
    doors: int
    minutes: int
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound and its buildings in walking order."""

    name: str
    url: str
    doors: int
    minutes: int
    stops: list[Stop] = field(default_factory=list)


def tonight_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """The evening of a community or less; of a wider area, the communities to choose from."""
    area = area_for(actor, query)
    shown = {
        "section": "census:campaigns",
        "area": area,
        "links": figure_links(area, "census:tonight"),
        "url": reverse("census:tonight"),
        "crumbs": [(crumb.name, _url(area, crumb.path)) for crumb in area.above],
        "hours": _hours(area),
        "at": clock.now(),
    }
    if area.wide:
        return shown | {"communities": _communities(area)}
    spent = [one for part in area.parts for one in minutes_spent(part.campaign.pk, [part.within])]
    found, expected = to_go_tonight(area.parts), learn(spent)
    compounds = [_compound(list(rows), expected) for _id, rows in groupby(found, key=lambda row: row.compound_id)]
    doors = sum(compound.doors for compound in compounds)
    return shown | {
        "compounds": compounds,
        "doors": doors,
        "buildings": sum(len(compound.stops) for compound in compounds),
        "needed": f"{sum(compound.minutes for compound in compounds) / 60:.1f}",
        "each": round(_minutes(found, expected) / doors, 1) if doors else UNRECORDED,
        "recorded": len(spent),
        "reasons": _reasons(found),
        "people": _people(sum(compound.minutes for compound in compounds), _rules(area)),
    }


def _compound(rows: list[ToGo], expected: Expected) -> Compound:
    stops = [_stop(list(those), expected) for _id, those in groupby(rows, key=lambda row: row.building_id)]
    url = reverse("census:compound", args=[rows[0].compound_id]) + "?view=tonight"
    return Compound(
        rows[0].compound, url, sum(stop.doors for stop in stops), sum(stop.minutes for stop in stops), stops
    )


def _stop(rows: list[ToGo], expected: Expected) -> Stop:
    doors, minutes = sum(row.doors for row in rows), ceil(_minutes(rows, expected) + BETWEEN_BUILDINGS)
    url = reverse("census:building", args=[rows[0].building_id]) + "?view=tonight"
    return Stop(building_name(rows[0].label), url, doors, minutes, _reasons(rows))


def _minutes(rows: Iterable[ToGo], expected: Expected) -> float:
    """What the doors of rows are expected to take, as on the walking list."""
    return sum(row.doors * expected.at(row.path[:COMPOUND_LENGTH], kind_of(row.outcome)) for row in rows)


def _reasons(rows: Iterable[ToGo]) -> list[Reason]:
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.step or _NOBODY_YET] += row.doors
    return [Reason(says, counted[step]) for step, says in _SAYS.items() if counted[step]]


def _rules(area: Area) -> Rules:
    return area.parts[0].campaign.rules if area.parts else Rules()


def _hours(area: Area) -> tuple[int, int]:
    rules = _rules(area)
    return rules.evening_from, rules.evening_until


def _people(minutes: int, rules: Rules) -> int:
    """How many it takes to be done in one evening."""
    evening = (rules.evening_until - rules.evening_from) * 60
    return ceil(minutes / evening) if evening > 0 else 0


def _communities(area: Area) -> list[tuple[str, str]]:
    paths = [place.path for place in figures(area.parts, "", area.level) if place.doors]
    names = names_at(paths)
    return [(names.get(path, ""), _url(area, path)) for path in paths]


def _url(area: Area, at: str) -> str:
    return with_query(reverse("census:tonight"), **area.query(at=at))
