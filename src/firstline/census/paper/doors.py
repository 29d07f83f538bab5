"""Which door is meant by what was typed beside a sheet's number."""

from django.utils.translation import gettext as _

from firstline.census.models import Sheet
from firstline.census.paper.errors import SheetDoorAmbiguous, SheetDoorUnknown
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.places.names import door_name
from firstline.places.selectors import find_doors

_LOOKED_AT = 40


def door_meant(actor: Actor, sheet: Sheet, text: str) -> Door | None:
    """The door a text means among those the sheet was printed for; None where nothing was typed.

    Raises SheetDoorUnknown, SheetDoorAmbiguous (the compound typed before it settles that).
    """
    if not text.strip():
        return None
    printed_for = subtree(sheet.batch.path)
    found = [
        door
        for door in find_doors(actor, text, _LOOKED_AT, needs="census.record_attempt")
        if door.path in printed_for and door.ended_at is None
    ]
    if not found:
        raise SheetDoorUnknown(text=text.strip()[:40])
    if len(found) > 1:
        places = dict.fromkeys(door.building.compound.place.name for door in found)
        raise SheetDoorAmbiguous(text=text.strip()[:40], places=_(", ").join(list(places)[:4]))
    return found[0]


def full_name(door: Door) -> str:
    """A door with its compound before it, as it stands on a sheet."""
    return f"{door.building.compound.place.name} {door_name(door.building.label, door.unit, door.room)}"
