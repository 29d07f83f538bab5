"""The table of a county, a township, a community or a compound: names at each level, holes first, and search."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from firstline.kernel import clock, paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range, subtree
from firstline.places.models import Place
from firstline.response.answering.households import READ as READ_HOUSEHOLDS
from firstline.response.answering.households import five_named
from firstline.response.answering.listing import overloaded_people, places_of_table
from firstline.response.answering.load import USUAL, limit_at
from firstline.response.answering.selectors import READ
from firstline.response.answering.table_rows import Row, rows_of
from firstline.response.models import Tier

# So many stand above the whole table; the rest is one press away.
_HOLES_FIRST = 8
SHOWS = ("all", "holes", "away", "much")


def table_page(actor: Actor, at: str, show: str, query: str) -> dict[str, Any]:
    """The table below a place of the actor's (default: their first). Raises NotFound."""
    shown = show if show in SHOWS else "all"
    top = _top(actor, at)
    places, posts = places_of_table(top)
    rows = rows_of(actor, top, places, posts)
    holes = [row for row in rows if row.holes]
    wanted = query.strip()
    found = [row for row in rows if _fits(row, wanted)] if wanted else rows
    much = overloaded_people([subtree(top.path)])
    tabs = {"all": len(rows), "holes": len(holes), "away": sum(_away(row) for row in rows), "much": len(much)}
    return {
        "section": "response:answers",
        "top": top,
        "up": _up(actor, top),
        "at": top.path,
        "show": shown,
        "query": wanted,
        "filters": _filters(top.path, shown, tabs),
        "tiers": [{"value": tier.value, "name": tier.label} for tier in reversed(Tier)],
        "holes": holes[:_HOLES_FIRST] if shown == "all" and not wanted else [],
        "rows": {"all": found, "holes": holes, "away": [row for row in rows if _away(row)], "much": []}[shown],
        "hole_count": len(holes),
        "much": much,
        "may_name": any(row.nameable for row in rows),
        "may_rule": actor.may("response.set_load_limit", top.path),
        "limit": limit_at(top.path) if shown == "much" else USUAL,
        "five": _five(top.path) if shown == "much" else [],
        "households_url": reverse("response:households") if actor.may(READ_HOUSEHOLDS) else "",
        "now": clock.now(),
    }


def _top(actor: Actor, at: str) -> Place:
    ranges = actor.ranges(READ)
    path = at or (ranges[0].lo if ranges else "")
    top = Place.objects.filter(path=path, closed_on=None).first()
    if top is None or not any(path in one for one in ranges):
        raise NotFound
    return top


def _up(actor: Actor, top: Place) -> str:
    """The table above this one, where the reader may see it."""
    above = paths.ancestors(top.path)[:-1]
    ranges: list[Range] = actor.ranges(READ)
    seen = [path for path in above if any(path in one for one in ranges)]
    return f"{reverse('response:answers')}?at={seen[-1]}" if seen else ""


def _filters(at: str, shown: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {"all": _("All"), "holes": _("Nobody yet"), "away": _("Away"), "much": _("Too much")}
    url = reverse("response:answers")
    return [
        {
            "label": words[one],
            "count": counts[one],
            "url": f"{url}?{urlencode({'at': at, 'show': one})}",
            "active": one == shown,
            "key": "",
        }
        for one in SHOWS
    ]


def _fits(row: Row, wanted: str) -> bool:
    return wanted in row.name or any(wanted in cell.name for cell in row.cells if cell.own)


def _away(row: Row) -> bool:
    return any(cell.away for cell in row.cells)


def _five(path: str) -> list[dict[str, Any]]:
    """The five round a household, as they are called at a place and usually."""
    return [{"role": role.value, "usual": role.label, "name": name} for role, name in five_named(path).items()]
