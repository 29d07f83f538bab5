"""What the page of rates stands on: the counts of an area, e, every rate with its terms, and the places below."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.census.area import Area, area_for, figure_links, place_words
from firstline.census.page_parts import with_query
from firstline.census.rates.formulas import LETTERS, UNKNOWN, Counts, Rate, Rates, Unknowns, rates_of
from firstline.census.rates.selectors import Figures, figures, total
from firstline.census.rates.words import GROUPS, MEANS, SAYS
from firstline.census.results import Channel
from firstline.kernel.actors import Actor
from firstline.places.selectors import names_at

# What a row of the places below shows.
BRIEFLY = ("RR2", "COOP2", "REF1", "CON1")


@dataclass(frozen=True, slots=True)
class Term:
    """A count of one category, and the page that lists its doors."""

    letter: str
    count: int
    means: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate: what it says, its terms above and below the line; ``percent`` empty where it is undefined."""

    name: str
    says: str | Promise
    percent: str
    above: Sequence[Term]
    below: Sequence[Term]
    unknown: Sequence[Term]
    shared: bool
    divided: str
    why: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place below, in brief."""

    name: str
    url: str
    doors: int
    rates: Sequence[tuple[str, str]]


def rates_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """Rates of the area, campaign and channel that ``at``, ``campaign`` and ``channel`` ask for."""
    area, channel = area_for(actor, query), channel_of(query)
    places = figures(area.parts, channel, area.level)
    found = rates_of(total(places).counts(channel))
    terms = {letter: _term(area, channel, letter, found.counts[letter]) for letter in LETTERS}
    lines = {rate.name: _line(rate, found, terms) for rate in found.all}
    return {
        "section": "census:campaigns",
        "area": area,
        "links": figure_links(area, "census:rates"),
        "url": reverse("census:rates"),
        "channel": channel,
        "channels": [(one.value, one.label) for one in Channel],
        "channel_label": Channel(channel).label if channel else "",
        "crumbs": [(crumb.name, _url(area, channel, at=crumb.path)) for crumb in area.above],
        "cases": found.counts.cases,
        "terms": list(terms.values()),
        "e": _percent(found.e) if found.e is not None else "",
        "known": found.counts.known,
        "found_out": found.counts.known + found.counts.ne,
        "groups": [(title, [lines[name] for name in names]) for title, names in GROUPS],
        "briefly": BRIEFLY,
        "places": _places(area, channel, places),
        "csv_url": _url(area, channel, at=area.path, format="csv"),
    }


def rates_csv(actor: Actor, query: QueryDict) -> str:
    """The same figures as a table for spreadsheets: place, cases by category, e, every rate as a share."""
    area, channel = area_for(actor, query), channel_of(query)
    places = figures(area.parts, channel, area.level)
    names = names_at(place.path for place in places)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_("Place"), *LETTERS, "e", *SAYS])
    lines = [(area.name, total(places)), *((place_words(one.path, names.get(one.path, "")), one) for one in places)]
    for name, place in lines:
        found = rates_of(place.counts(channel))
        shares = [found.e, *(rate.value for rate in found.all)]
        writer.writerow(
            [_harmless(name), *(found.counts[letter] for letter in LETTERS)]
            + ["" if share is None else f"{float(share):.4f}" for share in shares]
        )
    # Spreadsheets take a file without this mark for the old encoding of their country.
    return "\ufeff" + written.getvalue()


def channel_of(query: QueryDict) -> str:
    """The channel asked for; anything unknown is all of them."""
    asked = query.get("channel", "")
    return asked if asked in Channel.values else ""


def _url(area: Area, channel: str, **more: object) -> str:
    return with_query(reverse("census:rates"), **area.query(channel=channel) | more)


def _term(area: Area, channel: str, letter: str, count: int) -> Term:
    asked = area.query(channel=channel, category=letter.lower())
    return Term(letter, count, MEANS[letter], with_query(reverse("census:rates_doors"), **asked) if count else "")


def _line(rate: Rate, found: Rates, terms: dict[str, Term]) -> RateLine:
    formula = rate.formula
    return RateLine(
        name=rate.name,
        says=SAYS[rate.name],
        percent=_percent(rate.value),
        above=[terms[letter] for letter in formula.above],
        below=[terms[letter] for letter in formula.below],
        unknown=[] if formula.unknowns is Unknowns.NONE else [terms[letter] for letter in UNKNOWN],
        shared=formula.unknowns is Unknowns.SHARE,
        divided=f"{rate.above} / {'?' if rate.below is None else f'{float(rate.below):.6g}'}",
        why=_why(rate, found.counts) if rate.value is None else "",
    )


def _why(rate: Rate, counts: Counts) -> str:
    if not counts.cases:
        return _("No door counts here.")
    if not counts.sum(rate.formula.below):
        return _("Nothing to divide by: %(letters)s are all 0.") % {"letters": ", ".join(rate.formula.below)}
    return _("Nothing to divide by.")


def _places(area: Area, channel: str, places: Sequence[Figures]) -> list[PlaceLine]:
    if len(places) == 1 and places[0].path == area.path:
        return []
    names = names_at(place.path for place in places)
    return [_place(area, channel, place, names.get(place.path, "")) for place in places if place.doors]


def _place(area: Area, channel: str, place: Figures, name: str) -> PlaceLine:
    found = rates_of(place.counts(channel))
    brief = [(_percent(rate.value), f"{rate.above}/{rate.below}") for rate in found.all if rate.name in BRIEFLY]
    return PlaceLine(place_words(place.path, name), _url(area, channel, at=place.path), found.counts.cases, brief)


def _percent(share: Any) -> str:
    return "" if share is None else f"{float(share) * 100:.1f}%"


def _harmless(name: str) -> str:
    """A name that a spreadsheet would take for a formula is text."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name
