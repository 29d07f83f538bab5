"""What the home page stands on: the board, the account of the day, and what is left by compound or community."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.accounts.selectors import who_answers
from firstline.census.coverage import Account, CompoundCoverage, coverage
from firstline.census.results import Outcome
from firstline.census.selectors import settled_by_day
from firstline.gaps.board import AT_MOST, Board, board_for
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range, community_of
from firstline.places.models import Management
from firstline.places.selectors import names_at
from firstline.response.errors import EmergencyMissing
from firstline.response.selectors import emergency_at

_DAYS = 16
# Above this many compounds a list of them is no longer read; communities are.
_MOST_COMPOUNDS = 60


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an account equation, and the doors behind it."""

    outcome: Outcome
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """An account as the page draws it."""

    total: int
    left: int
    terms: list[Term]
    walked: bool
    unwalked: int
    frames: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A compound, or a community for those who look after many, by what is left there."""

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
    account: Sum
    tonight: int
    days: list[tuple[date, int]]
    compounds: list[PlaceRow] = field(default_factory=list)
    done: list[PlaceRow] = field(default_factory=list)
    bare: list[PlaceRow] = field(default_factory=list)


def home_for(actor: Actor, *, every_cause: bool = False) -> Home:
    """The home page of somebody: their places, what is missing there, and how far the work has come."""
    ranges = actor.ranges("gaps.read")
    found = coverage(*ranges)
    total, parts = found.total, found.compounds
    wide = len(parts) > _MOST_COMPOUNDS
    rows = _by_community(parts) if wide else _by_compound(parts)
    return Home(
        place_name=_place_name(ranges),
        asked_at=clock.now(),
        board=board_for(actor, None if every_cause else AT_MOST),
        account=_sum(total),
        tonight=total.tonight,
        # Days are counted from the doors' states; over a county that is read too often to be counted each time.
        days=[] if wide else _days(ranges),
        compounds=sorted((row for row in rows if row.left), key=lambda row: -row.left),
        done=[row for row in rows if row.doors and not row.left],
        bare=[row for row in rows if not row.doors],
    )


def _place_name(ranges: list[Range]) -> str:
    names = names_at(within.lo for within in ranges)
    return pgettext("between places", ", ").join(names.get(within.lo, "") for within in ranges[:3])


def _days(ranges: list[Range]) -> list[tuple[date, int]]:
    """Doors settled a day, over all of somebody's places; nothing before an emergency."""
    if not ranges:
        return []
    try:
        campaign_id = emergency_at(ranges[0].lo).default_campaign_id
    except EmergencyMissing:
        return []
    covering = Range(ranges[0].lo, max(within.hi for within in ranges))
    return settled_by_day(campaign_id, covering, days=_DAYS)


def _by_compound(parts: list[CompoundCoverage]) -> list[PlaceRow]:
    answers = who_answers(one.path for one in parts)
    return [
        _row(
            one.path,
            one.name,
            reverse("census:compound", args=[one.compound_id]),
            one.account,
            unmanaged=one.management == Management.NOBODY,
            who=answers[one.path].name if one.path in answers else _("Nobody yet"),
        )
        for one in parts
    ]


def _by_community(parts: Iterable[CompoundCoverage]) -> list[PlaceRow]:
    grouped: dict[str, list[Account]] = defaultdict(list)
    for one in parts:
        grouped[community_of(one.path)].append(one.account)
    names = names_at(grouped)
    answers = who_answers(grouped)
    url = reverse("places:compounds")
    return [
        _row(
            path,
            names.get(path, path),
            f"{url}?at={path}",
            Account.sum(accounts),
            unmanaged=False,
            who=answers[path].name if path in answers else _("Nobody yet"),
        )
        for path, accounts in grouped.items()
    ]


def _row(path: str, name: str, url: str, account: Account, *, unmanaged: bool, who: str) -> PlaceRow:
    summed = _sum(account)
    return PlaceRow(path, name, url, summed.total, summed.left, summed.terms, unmanaged, summed.walked, who)


def _sum(account: Account) -> Sum:
    terms = [Term(outcome, count) for outcome, count in account.counts.items()]
    unwalked = account.frames - account.walked
    # Without a building nothing has been walked either: zero of zero is no promise kept.
    return Sum(account.doors, account.left, terms, account.all_walked and account.frames > 0, unwalked, account.frames)
