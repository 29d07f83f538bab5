"""What places are called when they are spoken of: 3 becomes 3号楼, A becomes A座, lanes keep their own names."""

from collections.abc import Iterable

from django.db.models import Value
from django.utils.translation import gettext as _

from firstline.identifiers.door_label import is_lane
from firstline.kernel.paths import is_post
from firstline.places.models import Door, Place, PlaceKind, Post

# Compound, building, door: what a door's path has behind its community.
_DOOR_DEPTH = 3


def building_name(label: str) -> str:
    """A building's name by its canonical label; scattered homes have none and are called so."""
    if not label:
        return _("Scattered homes")
    if label.isdecimal():
        return _("Building %(label)s") % {"label": label}
    if len(label) == 1 and label.isascii():
        return _("Block %(label)s") % {"label": label}
    return label if is_lane(label) or not label[-1].isdecimal() else _("Building %(label)s") % {"label": label}


def unit_name(unit: str) -> str:
    """A stairwell's name; "" where the building has no stairwells."""
    if not unit:
        return ""
    return _("Unit %(unit)s") % {"unit": unit} if unit.isascii() else unit


def stairwell_name(building: str, unit: str) -> str:
    """A stairwell as it is spoken of: 3号楼2单元; the building where it has but one."""
    parts = {"building": building_name(building), "unit": unit_name(unit)}
    return _("%(building)s, %(unit)s") % parts if unit else parts["building"]


def door_name(building: str, unit: str, room: str) -> str:
    """A door as it is spoken of: 3号楼2单元501, 东街3排5号, or the address of a scattered home."""
    if not building:
        return room
    parts = {"building": building_name(building), "unit": unit_name(unit), "room": room}
    if is_lane(building):
        return _("%(building)s%(room)s") % parts
    return _("%(building)s, %(unit)s, %(room)s") % parts if unit else _("%(building)s, %(room)s") % parts


def words_at(paths_asked: Iterable[str]) -> dict[str, str]:
    """What places, doors and posts are called, by their paths; a path of nothing is left out."""
    asked = set(paths_asked)
    posts = {path for path in asked if is_post(path)}
    doors = {path for path in asked - posts if path.count("/") == _DOOR_DEPTH}
    found = Place.objects.filter(path__in=asked - doors - posts).values_list("path", "kind", "name")
    labelled = Door.objects.filter(path__in=doors).values_list("path", Value("door"), "label")
    stationed = Post.objects.filter(path__in=posts).values_list("path", Value("post"), "name")
    return {
        path: building_name(name) if kind == PlaceKind.BUILDING else name
        for path, kind, name in found.union(labelled, stationed, all=True)
    }
