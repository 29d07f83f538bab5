"""What every page's frame shows: the entries this person may open, and which one the page belongs to."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from firstline.kernel import navigation as registered
from firstline.kernel.actors import KNOW_RESIDENTS, Actor
from firstline.registry.searching import PERMISSION as SEARCH


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the bars; ``name`` is its URL's, so that a page of another app can say `section` to light it."""

    name: str
    label: str | Promise
    url: str
    active: bool
    phone: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``nav``: the entries in order. ``tabs`` and ``tabs_rest``: the same, divided for the phone's bar of five.

    ``search_url`` is empty for those who may not search: no page offers what it would refuse. ``lock_minutes``: how
    long an untouched page stays open to view (0: until somebody locks it).
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "tabs": [], "tabs_rest": [], "actor": None, "search_url": "", "lock_minutes": 0}
    entries = [_entry(item, request) for item in registered.items_for(actor)]
    tabs = [entry for entry in entries if entry.phone][:4]
    return {
        "nav": entries,
        "tabs": tabs,
        "tabs_rest": [entry for entry in entries if entry not in tabs],
        "actor": actor,
        # Who sees residents does not leave them on a screen that nobody watches; see accounts/desk_lock.py.
        "lock_minutes": settings.FIRSTLINE_LOCK_MINUTES if actor.may(KNOW_RESIDENTS) else 0,
        "search_url": reverse("registry:search") if actor.may(SEARCH) else "",
    }


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
