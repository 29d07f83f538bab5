"""The page of search: what was found, grouped, as the template wants it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.kernel.actors import Actor
from firstline.registry.searching import KIND_TEXTS, PERMISSION, DoorAt, Found, Hit, search

__all__ = ["PERMISSION", "context"]

# Nobody types more into a search; a pasted page is cut, not searched.
_LONGEST = 60


def context(actor: Actor, typed: str) -> dict[str, Any]:
    """The context of ``web/search.html``; nothing typed, nothing searched."""
    text = typed.strip()[:_LONGEST]
    if not text:
        return {"query": "", "asked": False, "section": "registry:search"}
    found = search(actor, text)
    groups = [
        {"title": _("People named at doors"), "hits": [_person(hit) for hit in found.hits]},
        {"title": _("Doors"), "hits": [_door(door) for door in found.doors]},
    ]
    return {
        "query": text,
        "asked": True,
        "kind_text": _kind_text(found),
        "count": found.count,
        "too_many": found.too_many,
        "groups": [group for group in groups if group["hits"]],
        "section": "registry:search",
    }


def _kind_text(found: Found) -> str:
    if found.kind is None or (found.doors and not found.hits):
        return gettext("By door")
    return str(KIND_TEXTS[found.kind])


def _person(hit: Hit) -> dict[str, Any]:
    where = f"{hit.door.compound} {hit.door.label}"
    return {"title": hit.name, "detail": f"{where} {hit.detail}".strip(), "sources": hit.sources, "url": _url(hit.door)}


def _door(door: DoorAt) -> dict[str, Any]:
    return {"title": door.label, "detail": door.compound, "sources": [], "url": _url(door)}


def _url(door: DoorAt) -> str:
    return reverse("census:door", args=[door.id])
