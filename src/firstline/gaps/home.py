"""What the home page stands on: the board, the account of the day, and what is left by compound or community."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.census.campaigns import campaigns_within, find_campaign
from firstline.census.coverage import PlaceCoverage, coverage
from firstline.census.page_parts import Equation, Term, equation
from firstline.census.pictures.selectors import tried_and_wanted_tonight
from firstline.census.results import Outcome
from firstline.census.selectors import READ, settled_by_day_and
from firstline.gaps.board import AT_MOST, Board, board_for
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMMUNITY_LENGTH, Range, summed_at
from firstline.places.compounds_page import compounds_url
from firstline.places.models import Management
from firstline.places.selectors import names_at
from firstline.response.answering.selectors import who_answers

_DAYS = 16


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A compound, or a community for those above communities, by what is left there."""

    path: str
    name: str
    url: str
    doors: int
    left: int
    terms: list[Term]
    unmanaged: bool
    walked: bool
    who: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Everything of one home page."""

    place_name: str
    asked_at: datetime
    board: Board
    account: Equation
    tonight: int
    tonight_url: str
    days: list[tuple[date, int]]
    by_community: bool
    rows: list[PlaceRow] = field(default_factory=list)
    done: list[PlaceRow] = field(default_factory=list)
    bare: list[PlaceRow] = field(default_factory=list)


def home_for(actor: Actor, *, every_cause: bool = False) -> Home:
    """The home page of somebody: their places, what is missing there, and how far the work has come."""
    ranges = actor.ranges("gaps.read")
    found = coverage(*ranges)
    wide = summed_at(ranges) == COMMUNITY_LENGTH
    # Days and doors of the evening are counted from the doors' states: over a county that is read too often for that,
    # and nobody plans an evening there.
    untried = found.total.counts[Outcome.UNTRIED]
    days, tonight = ([], 0) if wide else _days_and_tonight(actor, ranges, untried)
    rows = _rows(found.places)
    return Home(
        place_name=_place_name(ranges),
        asked_at=clock.now(),
        board=board_for(actor, None if every_cause else AT_MOST),
        account=equation(found.total),
        tonight=tonight,
        tonight_url=reverse("census:tonight"),
        days=days,
        by_community=wide,
        rows=sorted((row for row in rows if row.left), key=lambda row: -row.left),
        done=[row for row in rows if row.doors and not row.left],
        bare=[row for row in rows if not row.doors],
    )


def _place_name(ranges: list[Range]) -> str:
    names = names_at(within.lo for within in ranges)
    return pgettext("between places", ", ").join(names.get(within.lo, "") for within in ranges[:3])


def _days_and_tonight(actor: Actor, ranges: list[Range], untried: int) -> tuple[list[tuple[date, int]], int]:
    """Doors settled a day, over all of somebody's places, and how many of them want somebody this evening."""
    if not ranges:
        return [], 0
    evening = campaigns_within(actor.ranges(READ))
    tried = tried_and_wanted_tonight(evening)
    if (campaign := find_campaign(ranges[0].lo)) is None:
        return [], untried + tried.count() if evening else 0
    covering = Range(ranges[0].lo, max(within.hi for within in ranges))
    days, count = settled_by_day_and(tried, campaign.pk, covering, days=_DAYS)
    return days, untried + count if evening else 0


def _rows(places: list[PlaceCoverage]) -> list[PlaceRow]:
    answers = who_answers(one.path for one in places)
    return [_row(one, answers[one.path].name if one.path in answers else _("Nobody yet")) for one in places]


def _row(one: PlaceCoverage, who: str) -> PlaceRow:
    summed = equation(one.account)
    url = compounds_url(at=one.path) if one.compound_id is None else reverse("census:compound", args=[one.compound_id])
    unmanaged = one.management == Management.NOBODY
    return PlaceRow(one.path, one.name, url, summed.total, summed.left, summed.terms, unmanaged, summed.walked, who)
