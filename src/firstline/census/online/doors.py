"""The door a report speaks of: chosen on the page, or written in the household's own words."""

import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Sum
from django.utils import translation

from firstline.census.online.judging import ParkedFor
from firstline.census.online.written import Written
from firstline.identifiers import door_label
from firstline.identifiers.width import halve
from firstline.kernel.ids import read_id
from firstline.kernel.paths import community_of, subtree
from firstline.places.models import Building, Door, PlaceKind
from firstline.places.names import building_name, door_name, unit_name
from firstline.places.proposals import doors_read
from firstline.places.selectors import in_ranges, place_at, standing_doors_called
from firstline.registry.addresses import Placed, StandingDoors, Unsure, read_free
from firstline.registry.door_finding import door_id, standing_doors

MOST_CHOICES = 6

Kept = TypeVar("Kept")


class FoundDoor(NamedTuple):
    """A standing door."""

    id: uuid.UUID
    path: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The door of a report, or why only a person can tell which it is; ``named`` is said in full, but on no record."""

    door: FoundDoor | None
    parked_for: ParkedFor = ParkedFor.NO
    named: Placed | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page offers to choose from. It depends on the frame alone, never on what anybody has reported.

    ``rooms`` are the room numbers of the whole compound, not those of one building: typing goes faster, and the page
    does not say which building has which. Scattered homes offer nothing: their labels are addresses.
    """

    buildings: list[tuple[str, str]]
    units: list[tuple[str, str]]
    rooms: list[str]


class _ForAWhile(Generic[Kept]):
    """What is read for every report and hardly ever changes, kept so many seconds in this process."""

    def __init__(self, read: Callable[[str], Kept], seconds: float) -> None:
        self._read, self._seconds = read, seconds
        self._kept: dict[str, tuple[float, Kept]] = {}

    def __call__(self, key: str) -> Kept:
        kept, now = self._kept.get(key), time.monotonic()
        if kept is None or now - kept[0] > self._seconds:
            kept = self._kept[key] = (now, self._read(key))
        return kept[1]

    def clear(self) -> None:
        self._kept.clear()


def find(written: Written, *, path: str, compound_id: uuid.UUID | None) -> Finding:
    """The standing door that a report means, below a link's place; one statement where it was chosen on the page.

    ``compound_id`` is the link's own compound; a link of a whole community has none, and the page may say one.
    """
    compound_id = compound_id or read_id(written.compound)
    if compound_id and written.room and written.building and (door := _chosen(written, compound_id)):
        return Finding(door)
    chosen, key = _in_words(written), str(compound_id or "")
    unsure: list[str] = []
    named: list[Placed] = []
    for text in filter(None, (chosen, written.address)):
        found = read_free(text, _standing_with(key, path), key)
        meant = found if isinstance(found, Placed) else _named(found)
        # What stands is known as of a minute ago: a door may have ended since, or come.
        if meant is not None and (door := _standing_now(door_id(meant))) is not None:
            return Finding(door)
        unsure.append("no_such_door" if isinstance(found, Placed) else found.reason)
        named += [meant] if meant is not None else []
    if not unsure:
        return Finding(None, ParkedFor.DOOR_MISSING)
    return Finding(None, _PARKED.get(unsure[-1], ParkedFor.DOOR_UNREADABLE), _agreed(named))


def typed(text: str, *, path: str) -> Placed | Unsure:
    """What a clerk types, read as a door of the report's own compound unless it names another."""
    place = place_at(path)
    own = str(place.pk) if place is not None and place.kind != PlaceKind.COMMUNITY else ""
    return read_free(text, _standing_with(own, path), own)


def might_be(written: Written, *, path: str) -> list[tuple[uuid.UUID, str]]:
    """Doors a clerk may mean, with what they are called: those that the household's own words would fit."""
    found = typed(_in_words(written) or written.address, path=path)
    return [(door_id(found), spoken(found))] if isinstance(found, Placed) else choices_of(found)


def choices_of(unsure: Unsure) -> list[tuple[uuid.UUID, str]]:
    """The doors that an unsure reading leaves open, likeliest first."""
    few = [Placed(key, door) for key, door in unsure.choices[:MOST_CHOICES]]
    return [(door_id(one), spoken(one)) for one in few]


def spoken(placed: Placed) -> str:
    """A door within its compound, as it is spoken of."""
    door = placed.door
    return door_name(door.building, door.unit, door.room or door.address)


def label(door: Door) -> str:
    """The same of a door on record."""
    return door_name(door.building.label, door.unit, door.room)


def offer(compound_path: str) -> Offer:
    """What the page of a compound offers to choose from."""
    return _offers(compound_path)


def counted(path: str) -> int:
    """How many doors stand below a place; as of a minute ago at the latest."""
    return _counts(path)


def forget() -> None:
    """Read the frames anew from now on."""
    for kept in (_standing, _offers, _counts):
        kept.clear()


def _standing_with(compound: str, path: str) -> StandingDoors:
    """The doors around a place; a compound put on record since they were read has them read anew."""
    community = community_of(path)
    if compound and compound not in _standing(community).keys:
        _standing.clear()
    return _standing(community)


def _chosen(written: Written, compound_id: uuid.UUID) -> FoundDoor | None:
    """The one door of the chosen building with that room; the unit may be left out where the room tells."""
    room = halve(written.room).upper().removesuffix("室").removesuffix("号")
    doors = standing_doors_called(written.building, [room, f"{room}号"], written.unit, compound_id=compound_id)
    return FoundDoor(doors[0].pk, doors[0].path) if len(doors) == 1 else None


def _standing_now(pk: uuid.UUID) -> FoundDoor | None:
    """The door, unless it has ended since the frame was read."""
    row = Door.objects.standing().filter(pk=pk).values_list("id", "path").first()
    return FoundDoor(*row) if row else None


def _named(unsure: Unsure) -> Placed | None:
    return Placed(unsure.compound, unsure.named) if unsure.compound and unsure.named else None


def _agreed(named: Collection[Placed]) -> Placed | None:
    """The one door that everything a household wrote names."""
    return next(iter(named)) if len(set(named)) == 1 else None


def _in_words(written: Written) -> str:
    """As an address is written here, whatever language the page was read in."""
    if not written.room:
        return ""
    with translation.override("zh-hans"):
        building = building_name(written.building) if written.building else ""
        return f"{building}{unit_name(written.unit)}{written.room}"


def _read_offer(compound_path: str) -> Offer:
    place = place_at(compound_path)
    doors = list(doors_read(place.compound)) if place is not None else []
    named = [door for door in doors if not door.address]
    buildings = {
        door.building: door_label.walking_key(door) for door in sorted(named, key=door_label.walking_key, reverse=True)
    }
    return Offer(
        [(label, building_name(label)) for label in sorted(buildings, key=lambda label: buildings[label])],
        [(unit, unit_name(unit)) for unit in sorted({door.unit for door in named if door.unit}, key=_by_number)],
        sorted({door.room for door in named}, key=_by_number),
    )


def _count(path: str) -> int:
    within = in_ranges([subtree(path)], "place__path")
    return int(Building.objects.filter(within).aggregate(doors=Sum("door_count", default=0))["doors"])


def _by_number(text: str) -> tuple[int, str]:
    return (int(text) if text.isdecimal() else 10**6, text)


_PARKED = {
    "empty": ParkedFor.DOOR_MISSING,
    "door_missing": ParkedFor.DOOR_MISSING,
    "door_incomplete": ParkedFor.DOOR_AMBIGUOUS,
    "door_ambiguous": ParkedFor.DOOR_AMBIGUOUS,
    "no_such_door": ParkedFor.DOOR_UNKNOWN,
    "no_compound": ParkedFor.COMPOUND_UNKNOWN,
}
_standing: _ForAWhile[StandingDoors] = _ForAWhile(standing_doors, 60)
_offers: _ForAWhile[Offer] = _ForAWhile(_read_offer, 60)
_counts: _ForAWhile[int] = _ForAWhile(_count, 60)
