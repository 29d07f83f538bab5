"""What is left, place by place: the most first, bars on one scale, tonight and what lies parked beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.area import Area, area_for, figure_links
from firstline.census.coverage import PlaceCoverage, coverage_of
from firstline.census.page_parts import Equation, Term, equation, with_query
from firstline.census.pictures.selectors import to_go_tonight
from firstline.kernel import gap_sources
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMPOUND_LENGTH, Range
from firstline.places.models import Management
from firstline.registry.selectors import READ as LISTS
from firstline.registry.standing import aside_at
from firstline.response.answering.selectors import who_answers

_PARKED = "_parked"
_ORDERS = ("left", "tonight", "parked", "walk")


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A compound, or a community for those above, with what is left there."""

    path: str
    name: str
    url: str
    doors: int
    left: int
    tonight: int
    parked: int
    terms: list[Term]
    unmanaged: bool
    who: str


def left_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """Every place of the area, sorted by ``sort``: left (as a rule), tonight, parked, or the way one walks."""
    area = area_for(actor, query)
    found = coverage_of(area.parts, *area.within)
    parked = parked_at(actor, area.within, min(area.level, COMPOUND_LENGTH))
    tonight = _tonight(area, found.places)
    who = who_answers(one.path for one in found.places)
    rows = [
        _row(area, one, tonight[one.path], parked[one.path], who[one.path].name if one.path in who else _("Nobody yet"))
        for one in found.places
    ]
    order = query.get("sort", "")
    order = order if order in _ORDERS else "left"
    if order != "walk":
        rows.sort(key=lambda row: -int(getattr(row, order)))
    account: Equation = equation(found.total)
    return {
        "section": "census:campaigns",
        "area": area,
        "links": figure_links(area, "census:compounds_left"),
        "url": reverse("census:compounds_left"),
        "crumbs": [(crumb.name, _url(area, at=crumb.path)) for crumb in area.above],
        "account": account,
        "tonight": sum(tonight.values()),
        "parked": sum(parked.values()),
        "rows": [row for row in rows if row.left or row.parked],
        "done": [row for row in rows if row.doors and not row.left and not row.parked],
        "bare": [row for row in rows if not row.doors and not row.parked],
        "scale": max((row.left for row in rows), default=0),
        "orders": [(label, _url(area, sort=name), name == order) for name, label in _labels()],
    }


def parked_at(actor: Actor, within: Sequence[Range], level: int) -> Counter[str]:
    """What waits for somebody to say which door it is of, by place: rows of lists, for those who may open lists, and
    whatever other apps register as waiting under a kind that ends with ``_parked``."""
    parked: Counter[str] = Counter()
    aside = aside_at(within) if actor.may(LISTS) else {}
    for path, count in [*aside.items(), *gap_sources.waiting_at(within, _PARKED).items()]:
        parked[path[:level]] += count
    return parked


def _tonight(area: Area, places: Sequence[PlaceCoverage]) -> Counter[str]:
    """Doors to go to this evening by place: those of the evening's own page; beyond a community, by their outcome."""
    if area.wide:
        return Counter({one.path: one.account.tonight for one in places})
    counted: Counter[str] = Counter()
    for row in to_go_tonight(area.parts):
        counted[row.path[:COMPOUND_LENGTH]] += row.doors
    return counted


def _row(area: Area, one: PlaceCoverage, tonight: int, parked: int, who: str) -> LeftRow:
    summed = equation(one.account)
    below = _url(area, at=one.path)
    return LeftRow(
        path=one.path,
        name=one.name,
        url=below if one.compound_id is None else reverse("census:compound", args=[one.compound_id]),
        doors=summed.total,
        left=summed.left,
        tonight=tonight,
        parked=parked,
        terms=summed.terms,
        unmanaged=one.management == Management.NOBODY,
        who=who,
    )


def _labels() -> list[tuple[str, str]]:
    labels = (_("Most left"), _("Most tonight"), _("Most parked"), _("As one walks"))
    return list(zip(_ORDERS, labels, strict=True))


def _url(area: Area, **more: object) -> str:
    return with_query(reverse("census:compounds_left"), **area.query(**more))
