"""Reading places: the only way from an outside id to a place, a compound, a building or a door."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from firstline.kernel import paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Building, Compound, Door, Place

READ = "places.read"


def in_ranges(ranges: Iterable[Range], field: str = "path") -> Q:
    """The condition that ``field`` lies in one of the ranges; no range, no row."""
    condition = Q(pk__in=[])
    for one in ranges:
        condition |= Q(**{f"{field}__gte": one.lo, f"{field}__lt": one.hi})
    return condition


def place_at(path: str) -> Place | None:
    """The place of a path, whoever asks: places are no personal data."""
    return Place.objects.filter(path=path).first()


def ancestors(path: str) -> list[Place]:
    """The places from the province down to ``path`` itself (a door's path ends at its building), top first."""
    return list(Place.objects.filter(path__in=paths.ancestors(path)).order_by("path"))


def place_for(actor: Actor, place_id: uuid.UUID, *, needs: str = READ) -> Place:
    """A place the actor may reach with the permission ``needs``. Raises NotFound, also when it is elsewhere."""
    place = Place.objects.filter(in_ranges(actor.ranges(needs)), pk=place_id).first()
    if place is None:
        raise NotFound
    return place


def compounds_within(within: Range) -> list[Compound]:
    """The compounds (and scattered homes) of a range in the community's own order, with place and company."""
    found = Compound.objects.filter(in_ranges([within], "place__path")).select_related("place", "company")
    return list(found.order_by("place__path"))


def compound_for(actor: Actor, compound_id: uuid.UUID, *, needs: str = READ) -> Compound:
    """A compound the actor may reach, with place and company. Raises NotFound."""
    reachable = Compound.objects.filter(in_ranges(actor.ranges(needs), "place__path"), pk=compound_id)
    compound = reachable.select_related("place", "company").first()
    if compound is None:
        raise NotFound
    return compound


def buildings_of(compound: Compound) -> list[Building]:
    """The buildings of a compound in walking order."""
    found = Building.objects.filter(compound=compound).select_related("place")
    return list(found.order_by("place__position", "place__path"))


def building_for(actor: Actor, building_id: uuid.UUID, *, needs: str = READ) -> Building:
    """A building the actor may reach, with its place and its compound's. Raises NotFound."""
    reachable = Building.objects.filter(in_ranges(actor.ranges(needs), "place__path"), pk=building_id)
    building = reachable.select_related("place", "compound__place").first()
    if building is None:
        raise NotFound
    return building


def door_for(actor: Actor, door_id: uuid.UUID, *, needs: str = READ) -> Door:
    """A door the actor may reach, with building and compound. Raises NotFound."""
    reachable = Door.objects.filter(in_ranges(actor.ranges(needs)), pk=door_id)
    door = reachable.select_related("building__place", "building__compound__place").first()
    if door is None:
        raise NotFound
    return door


def doors_of(building: Building) -> list[Door]:
    """The doors of a building in walking order."""
    return list(Door.objects.filter(building=building).order_by("position", "path"))


def names_at(paths_asked: Iterable[str]) -> dict[str, str]:
    """The names of places by their paths, in one statement; a path of no place is left out."""
    return dict(Place.objects.filter(path__in=set(paths_asked)).values_list("path", "name"))


def managements_within(within: Range) -> dict[str, str]:
    """How each compound of a range is managed, by its path."""
    found = Compound.objects.filter(in_ranges([within], "place__path"))
    return dict(found.values_list("place__path", "management"))
