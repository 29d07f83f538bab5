"""What the top bar says of the emergency: its level and which day of it this is."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.selectors import place_at
from firstline.response.levels.selectors import level_now
from firstline.response.selectors import emergencies_within


def emergency(request: HttpRequest) -> dict[str, Any]:
    """``emergency`` ({level, day, where} or None) and ``place_name``, where the reader's day begins.

    ``where`` names the part of the reader's place that an emergency covers, when it is a part only; of several the
    gravest is said.

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
    parts = emergencies_within([subtree(path)]) if path else []
    if not parts:
        return None
    graded = [(level_now(found), found.started_at, part, found) for part, found in parts]
    level, _since, part, found = min(graded, key=lambda one: one[:2])
    today, first = timezone.localdate(clock.now()), timezone.localdate(found.started_at)
    where = _name(part.lo) if part.lo != path else ""
    return {"level": level.label, "day": (today - first).days + 1, "where": where}


def _name(path: str) -> str:
    place = place_at(path)
    return place.name if place else ""
