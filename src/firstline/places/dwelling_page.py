"""One door and what became of it: the doors it came from, those that stand for it, and how to say it has changed."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from firstline.kernel.actors import Actor
from firstline.places.models import Door
from firstline.places.names import door_name
from firstline.places.selectors import doors_of, lineage

MERGE, SPLIT = "places.merge_doors", "places.split_door"
# Flats knocked together lie side by side or above each other: those near it are offered, not all of a tower.
_OFFERED = 24


def dwelling_page(actor: Actor, door: Door, *, mistake: str = "", typed: QueryDict | None = None) -> dict[str, Any]:
    """The context of ``places/dwelling.html``; ``typed`` comes back when it could not be taken."""
    origins, successors = lineage(door)
    stands, said = door.ended_at is None, typed or QueryDict()
    path = door.path
    return {
        "section": "places:compounds",
        "door": {
            "name": name_of(door),
            "compound": door.building.compound.place.name,
            "url": reverse("census:door", args=[door.pk]),
            "stands": stands,
            "ended_at": door.ended_at,
        },
        "origins": [_link(one) for one in origins],
        "successors": [_link(one) for one in successors],
        "mistake": mistake,
        "split_url": reverse("places:split_door", args=[door.pk]) if stands and actor.may(SPLIT, path) else "",
        "into": said.get("into", "") or f"{door.room}、{door.room}/2",
        "merge_url": reverse("places:merge_doors", args=[door.pk]) if stands and actor.may(MERGE, path) else "",
        "beside": _beside(door, set(said.getlist("door"))) if stands else [],
        "label": said.get("label", "") or door.room,
    }


def name_of(door: Door) -> str:
    """A door as it is spoken of."""
    return door_name(door.building.label, door.unit, door.room)


def _link(door: Door) -> dict[str, str]:
    return {"name": name_of(door), "url": reverse("census:door", args=[door.pk])}


def _beside(door: Door, chosen: set[str]) -> list[dict[str, Any]]:
    others = [one for one in doors_of(door.building) if one.pk != door.pk and one.unit == door.unit]
    near = sorted(
        others, key=lambda one: (abs((one.floor or 0) - (door.floor or 0)), abs(one.position - door.position))
    )
    return [{"id": one.pk, "room": one.room, "chosen": str(one.pk) in chosen} for one in near[:_OFFERED]]
