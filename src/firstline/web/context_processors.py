"""What every page's frame shows: the entries this person may open, and which one the page belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from firstline.kernel import navigation as registered
from firstline.kernel.actors import KNOW_RESIDENTS, Actor
from firstline.registry.searching import PERMISSION as SEARCH

# What the desk's bar has left for entries at 1440 px, beside search, day and login; and what one takes
# besides its word.
_ROOM, _BESIDE = 480, 18


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bars; ``name`` is its URL's, so that a page of another app can say `section` to light it."""

    name: str
    label: str | Promise
    url: str
    active: bool
    phone: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``nav``: the entries in order. ``bar`` and ``bar_rest``: the same, divided for the desk's bar; ``tabs`` and
    ``tabs_rest`` for the phone's bar of five.

    ``search_url`` is empty for those who may not search: no page offers what it would refuse. ``lock_minutes``: how
    long an untouched page stays open to view (0: until somebody locks it).
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        nothing = {key: list[Entry]() for key in ("nav", "bar", "bar_rest", "tabs", "tabs_rest")}
        return {**nothing, "actor": None, "search_url": "", "lock_minutes": 0}
    entries = [_entry(item, request) for item in registered.items_for(actor)]
    tabs = [entry for entry in entries if entry.phone][:4]
    cut = _fitting(entries)
    return {
        "nav": entries,
        "bar": entries[:cut],
        "bar_rest": entries[cut:],
        "tabs": tabs,
        "tabs_rest": [entry for entry in entries if entry not in tabs],
        "actor": actor,
        # Who sees residents does not leave them on a screen that nobody watches; see accounts/desk_lock.py.
        "lock_minutes": settings.FIRSTLINE_LOCK_MINUTES if actor.may(KNOW_RESIDENTS) else 0,
        "search_url": reverse("registry:search") if actor.may(SEARCH) else "",
    }


def _fitting(entries: Sequence[Entry]) -> int:
    """How many entries stand in the desk's bar in the reader's language; a fold for one alone would take its room."""
    ends = list(accumulate(_BESIDE + _width(str(entry.label)) for entry in entries))
    cut = sum(end <= _ROOM for end in ends)
    return len(entries) if cut >= len(entries) - 1 else cut


def _width(word: str) -> float:
    """About how many px a word takes in the bar's type of 15 px."""
    return sum(15 if east_asian_width(letter) in "WF" else 7.5 for letter in word)


def _entry(item: registered.NavItem, request: HttpRequest) -> Entry:
    match = request.resolver_match
    namespace = item.url_name.rpartition(":")[0]
    here = match is not None and (match.view_name == item.url_name or (namespace and match.namespace == namespace))
    return Entry(item.url_name, item.label, _url(item.url_name), bool(here), item.phone)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch as problem:
        # A registered entry without a page is a mistake of the app that registered it; say which.
        raise LookupError(f"navigation entry {name!r} has no URL") from problem
