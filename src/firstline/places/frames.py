"""Adding doors to a compound: by many hands at once, thousands at a time, and never one door twice."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Max

from firstline.identifiers import door_label
from firstline.kernel import changes, clock, paths
from firstline.kernel.actors import Actor
from firstline.places.errors import FrameTooLarge
from firstline.places.models import Building, Compound, Door, Frame, FrameFact, Place, PlaceKind, Shape
from firstline.places.signals import doors_added

# Weakest first; what is known better is never made worse.
STRENGTH = {frame: rank for rank, frame in enumerate(Frame.values)}
_MOST = {"building": 999, "door": 9_999}
# One statement however many rows: a bulk_update of 10,000 rows would be as many CASE branches.
_MOVE_PLACES = (
    "UPDATE places_place SET position = moved.position"
    " FROM unnest(%s::uuid[], %s::int[]) AS moved(id, position) WHERE places_place.id = moved.id"
)
_MOVE_DOORS = (
    "UPDATE places_door SET position = moved.position"
    " FROM unnest(%s::uuid[], %s::int[]) AS moved(id, position) WHERE places_door.id = moved.id"
)


@dataclass(frozen=True, slots=True)
class DoorProposal:
    """A door somebody says there is, in canonical form (see ``identifiers.door_label``)."""

    building: str
    unit: str
    room: str
    label: str
    floor: int | None = None

    @classmethod
    def of(cls, door: door_label.Door) -> "DoorProposal":
        """The proposal of a door as it was read; a scattered home is its address."""
        room = door.address or door.room
        return cls(door.building, door.unit, room, door.label, door_label.floor_of(door.room))


@dataclass(frozen=True, slots=True)
class Ensured:
    """What came of proposals: the doors added, how many were there already, how many buildings are new."""

    new: list[Door]
    known: int
    buildings_new: int


@dataclass
class _House:
    """A building while doors are being added to it."""

    building: Building
    standing: list[Door] = field(default_factory=list)
    fresh: list[Door] = field(default_factory=list)
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class _Call:
    """What all rows of one call share."""

    how: Frame
    by: Actor
    source_id: uuid.UUID | None
    moment: datetime


def ensure_doors(
    compound: Compound,
    proposals: Sequence[DoorProposal],
    *,
    how: Frame,
    by: Actor,
    source_id: uuid.UUID | None = None,
    plans: dict[str, str] | None = None,
) -> Ensured:
    """See that every proposed door exists, with its building, path, place in the walking order and count.

    Runs inside an action, in a transaction. The compound's row is locked first, so two people who add the same
    doors wait for each other. Each building that gains a door or a better frame gets one FrameFact; all of a call's
    doors and facts carry one moment, by which a declaration is taken back. A frame state never becomes weaker.
    ``plans`` gives the part of the building line that speaks of a building. Raises FrameTooLarge.
    """
    if how == Frame.WALKED:
        raise ValueError("a frame is walked by walk_frame")
    # NO KEY UPDATE: an import that already refers to the compound holds a share lock, and must not deadlock here.
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    moment = clock.now()
    wanted = {Door.id_for(compound.pk, proposal.label): proposal for proposal in proposals}
    labels = {proposal.building for proposal in wanted.values()}
    houses = _standing_houses(compound, labels)
    newcomers = sorted(labels - houses.keys(), key=building_key)
    houses |= _new_houses(compound, newcomers, how, moment, plans or {})
    known = 0
    by_building: dict[str, list[tuple[uuid.UUID, DoorProposal]]] = defaultdict(list)
    for door_id, proposal in wanted.items():
        by_building[proposal.building].append((door_id, proposal))
    for label, asked in by_building.items():
        known += _plan_doors(houses[label], asked, moment)
    _write([houses[label] for label in by_building], _Call(how, by, source_id, moment))
    if newcomers:
        order_buildings(compound)
    new = [door for label in sorted(by_building, key=building_key) for door in houses[label].fresh]
    return Ensured(new, known, len(newcomers))


def building_key(label: str) -> tuple[object, ...]:
    """Sorts the labels of buildings as they are walked: 2 before 10, blocks before lanes."""
    return door_label.walking_key(door_label.Door(label, "", ""))


def door_key(door: Door) -> tuple[object, ...]:
    """Sorts the doors of one building as they are walked."""
    return door_label.walking_key(door_label.Door("", door.unit, door.room))


def order_buildings(compound: Compound) -> None:
    """Put the buildings of a compound into walking order."""
    standing = list(Building.objects.filter(compound=compound).values_list("label", "place_id", "place__position"))
    standing.sort(key=lambda row: building_key(row[0]))
    moved = [(place_id, rank) for rank, (_, place_id, old) in enumerate(standing, 1) if rank != old]
    _move(_MOVE_PLACES, moved)


def _standing_houses(compound: Compound, labels: set[str]) -> dict[str, _House]:
    buildings = Building.objects.filter(compound=compound, label__in=labels).select_related("place")
    houses = {building.pk: _House(building) for building in buildings}
    for door in Door.objects.filter(building_id__in=list(houses)):
        houses[door.building_id].standing.append(door)
    return {house.building.label: house for house in houses.values()}


def _new_houses(
    compound: Compound, labels: Sequence[str], how: Frame, moment: datetime, plans: dict[str, str]
) -> dict[str, _House]:
    if not labels:
        return {}
    # Facts keep the paths of buildings that were taken back: a path is never given twice.
    below = paths.subtree(compound.place.path)
    given = Place.objects.filter(parent_id=compound.pk).aggregate(last=Max("path"))["last"]
    spoken = FrameFact.objects.filter(path__gte=below.lo, path__lt=below.hi).aggregate(last=Max("path"))["last"]
    number = _numbers_after(max(given or "", spoken or ""), "building", len(labels), compound.place.name)
    places = [
        Place(
            id=Building.id_for(compound.pk, label),
            path=paths.child(compound.place.path, "building", number + rank),
            kind=PlaceKind.BUILDING,
            name=label,
            parent_id=compound.pk,
        )
        for rank, label in enumerate(labels, 1)
    ]
    buildings = [
        Building(
            place=place,
            compound=compound,
            label=place.name,
            shape=Shape.ROWS if door_label.is_lane(place.name) else Shape.FLATS,
            plan=plans.get(place.name, ""),
            frame=how,
            created_at=moment,
        )
        for place in places
    ]
    Place.objects.bulk_create(places)
    Building.objects.bulk_create(buildings)
    return {building.label: _House(building) for building in buildings}


def _plan_doors(house: _House, asked: Sequence[tuple[uuid.UUID, DoorProposal]], moment: datetime) -> int:
    """Make the missing doors of one building, not yet written; the number of those that stood already."""
    standing = {door.id for door in house.standing}
    house.proposed = len(asked)
    house.fresh = [
        Door(
            id=door_id,
            building_id=house.building.pk,
            unit=proposal.unit,
            floor=proposal.floor,
            room=proposal.room,
            label=proposal.label,
            created_at=moment,
        )
        for door_id, proposal in asked
        if door_id not in standing
    ]
    house.fresh.sort(key=door_key)
    last = max((door.path for door in house.standing), default="")
    number = _numbers_after(last, "door", len(house.fresh), house.building.label)
    for rank, door in enumerate(house.fresh, 1):
        door.path = paths.child(house.building.place.path, "door", number + rank)
    return house.proposed - len(house.fresh)


def _numbers_after(last_path: str, kind: str, needed: int, place: str) -> int:
    used = int(last_path.rsplit("/", 1)[-1]) if last_path else 0
    if used + needed > _MOST[kind]:
        raise FrameTooLarge(limit=_MOST[kind], place=place)
    return used


def _write(houses: Iterable[_House], call: _Call) -> None:
    doors: list[Door] = []
    moved: list[tuple[uuid.UUID, int]] = []
    facts: list[FrameFact] = []
    changed: list[Building] = []
    for house in houses:
        building, better = house.building, STRENGTH[call.how] > STRENGTH[house.building.frame]
        if not house.fresh and not better:
            continue
        moved += _walking_order(house) if house.fresh else []
        doors += house.fresh
        building.door_count = sum(door.ended_at is None for door in house.standing) + len(house.fresh)
        building.frame = call.how if better else building.frame
        changed.append(building)
        facts.append(_fact(house, call))
    Door.objects.bulk_create(doors, batch_size=5_000)
    if doors:
        doors_added.send(Door, doors=doors)
        # The whole building: doors among which others come are walked in another order.
        changes.touch(door.path.rpartition("/")[0] for door in doors)
    _move(_MOVE_DOORS, moved)
    Building.objects.bulk_update(changed, ["door_count", "frame"], batch_size=500)
    FrameFact.objects.bulk_create(facts)


def _fact(house: _House, call: _Call) -> FrameFact:
    return FrameFact(
        path=house.building.place.path,
        building=house.building,
        how=call.how,
        doors_found=house.proposed,
        source_id=call.source_id,
        by_person_id=call.by.person_id,
        by_device_id=call.by.device_id,
        happened_at=call.moment,
        recorded_at=call.moment,
    )


def _walking_order(house: _House) -> list[tuple[uuid.UUID, int]]:
    """Number all doors of a building in walking order; those already written whose number changes."""
    written = {door.id for door in house.standing}
    moved = []
    # The new ones are in order already; only doors among doors have to be sorted in.
    doors = sorted([*house.standing, *house.fresh], key=door_key) if written else house.fresh
    for rank, door in enumerate(doors, 1):
        if door.id in written and door.position != rank:
            moved.append((door.id, rank))
        door.position = rank
    return moved


def _move(statement: str, moved: Sequence[tuple[uuid.UUID, int]]) -> None:
    if not moved:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, [[row for row, _ in moved], [position for _, position in moved]])
