"""What the census pages share: the account as an equation, the filters, the undo bar, who answers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.census.coverage import Account
from firstline.census.houses import Shown
from firstline.census.models import Attempt
from firstline.census.results import Outcome
from firstline.census.selectors import Recent, Standing, own_recent_attempt
from firstline.census.words import told
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.places.models import Building, Door, Frame
from firstline.places.names import unit_name
from firstline.response.answering.selectors import who_answers

# How long the undo bar stands on a page; on the door's own page an attempt can be taken back at any time.
UNDO_SECONDS = 90
# Lists that doors are opened from besides pictures, each with its own view.
_ELSEWHERE = re.compile(r"calls|intercom\.[0-9a-f]{32}|walk\.[0-9a-z-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an account, and the address of the doors behind it, if a page shows them."""

    outcome: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Equation:
    """An account as pages draw it."""

    total: int
    left: int
    terms: list[Term]
    walked: bool
    unwalked: int
    frames: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which doors stand out; ``key`` is the letter that chooses it on a keyboard."""

    label: str | Promise
    count: int
    url: str
    active: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """What was recorded a moment ago, and where to take it back."""

    text: str
    detail: str
    url: str
    seconds: int
    fields: dict[str, str] = field(default_factory=dict)


def account_of(buildings: Sequence[Building], standings: Sequence[Standing]) -> Account:
    """The account of doors already read, so that the equation and the picture cannot differ."""
    counted = Counter(standing.outcome for standing in standings)
    walked = sum(building.frame == Frame.WALKED for building in buildings)
    counts = {outcome: counted[outcome.value] for outcome in Outcome}
    return Account(counts, len(buildings), walked, frame=len(standings))


def equation(account: Account, url: str = "") -> Equation:
    """An account whose terms are filters of the page at ``url``; without a page they are figures only."""
    terms = [
        Term(outcome.value, count, f"{url}?outcome={outcome.value}" if url else "")
        for outcome, count in account.counts.items()
    ]
    unwalked = account.frames - account.walked
    return Equation(account.doors, account.left, terms, account.all_walked, unwalked, account.frames)


def filters(account: Account, url: str, shown: Shown) -> list[Filter]:
    """All, left, tonight. T goes to tonight and back."""
    return [
        Filter(_("All"), account.doors, url, not shown.view and not shown.outcome, "T" if shown.tonight else ""),
        Filter(_("Unanswered"), account.left, f"{url}?view=left", shown.view == "left"),
        Filter(_("For tonight"), account.tonight, f"{url}?view=tonight", shown.tonight, "" if shown.tonight else "T"),
    ]


def undo_of(actor: Actor, saved: str, back: str) -> Undo | None:
    """The undo bar for the attempt a page was sent here with, while it is fresh and the reader's own."""
    attempt_id = read_id(saved)
    attempt = own_recent_attempt(actor, attempt_id, seconds=UNDO_SECONDS) if attempt_id else None
    return undo_bar(attempt, attempt.door, back) if attempt else None


def undo_among(actor: Actor, recent: Sequence[Recent], doors: Sequence[Standing], saved: str, back: str) -> Undo | None:
    """The same, where doors and today's attempts have been read already."""
    fresh = clock.now() - timedelta(seconds=UNDO_SECONDS)
    for one in recent:
        if str(one.id) == saved and one.by_person_id == actor.person_id and one.recorded_at > fresh:
            return next((undo_bar(one, door, back) for door in doors if door.id == one.door_id), None)
    return None


def undo_bar(attempt: Attempt | Recent, door: Door | Standing, back: str) -> Undo:
    """The bar that takes one attempt back."""
    age = (clock.now() - attempt.recorded_at).total_seconds()
    at = f"{timezone.localtime(attempt.recorded_at):%H:%M}"
    return Undo(
        text=_("Recorded: %(what)s") % {"what": told(attempt.result, attempt.persons_met)},
        detail=_("%(door)s, %(time)s") % {"door": short_name(door.unit, door.room), "time": at},
        url=reverse("census:void", args=[attempt.id]),
        seconds=max(int(UNDO_SECONDS - age), 1),
        fields={"back": back},
    )


def answerer(path: str) -> str:
    """The name of whoever answers for a place."""
    found = who_answers([path]).get(path)
    return found.name if found else _("Nobody yet")


def short_name(unit: str, room: str) -> str:
    """A door within its building: 2单元601."""
    return _("%(unit)s %(room)s") % {"unit": unit_name(unit), "room": room} if unit else room


def with_query(url: str, **query: object) -> str:
    """An address with what it is asked; empty values are left out."""
    kept = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(kept)}" if kept else url


def way_back(text: str) -> str:
    """The page a door was opened from and its view: ``compound``, ``building.tonight``, ``walk.evening``; else the
    building.
    """
    page, _dot, view = text.partition(".")
    if page in {"building", "compound"} and view in {"", "left", "tonight"}:
        return text
    return text if _ELSEWHERE.fullmatch(text) else "building"
