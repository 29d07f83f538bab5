"""What the top bar says of the emergency: its level and which day of it this is."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.places.selectors import place_at
from firstline.response.selectors import find_emergency


def emergency(request: HttpRequest) -> dict[str, Any]:
    """``emergency`` ({level, day} or None) and ``place_name``, where the reader's day begins.

    Asked of the database only when a template shows them: a fragment has no top bar.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"emergency": None, "place_name": ""}
    here = actor.home_path
    return {
        "emergency": SimpleLazyObject(lambda: _in_force(here)),
        "place_name": SimpleLazyObject(lambda: _name(here)),
    }


def _in_force(path: str) -> dict[str, Any] | None:
    if (found := find_emergency(path)) is None:
        return None
    today, first = timezone.localdate(clock.now()), timezone.localdate(found.started_at)
    return {"level": found.get_level_display(), "day": (today - first).days + 1}


def _name(path: str) -> str:
    place = place_at(path)
    return place.name if place else ""
