"""Frames of doors: one door added on the spot, a building walked."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.places.errors import MomentInvalid
from firstline.places.frames import ensure_doors
from firstline.places.models import Building, Compound, Door, Frame, FrameFact
from firstline.places.selectors import building_for
from firstline.places.typed_doors import read_door


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found beside what was known: more doors than known are missing here, fewer are to be explained."""

    building: Building
    doors_found: int
    doors_known: int

    @property
    def difference(self) -> int:
        return self.doors_found - self.doors_known


# Nobody walked a building for this before; an earlier year is a slip of the keys.
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@action("places.add_door")
def add_door(actor: Actor, *, building_id: uuid.UUID, text: str, chosen: str = "") -> Door:
    """Add one door that somebody stands in front of; one that is known already is simply returned.

    Raises NotFound, DoorNotUnderstood, DoorElsewhere, and DoorAmbiguous until one of its readings is ``chosen``.
    """
    building = building_for(actor, building_id, needs="places.add_door")
    units = Door.objects.filter(building=building).values_list("unit", flat=True).distinct()
    proposal = read_door(text, building=building.label, units=units, chosen=chosen)
    ensured = ensure_doors(building.compound, [proposal], how=Frame.DECLARED, by=actor)
    door = Door.objects.select_related("building__place").get(building=building, label=proposal.label)
    ledger.record(path=door.path, subject=door, after={"label": door.label, "new": bool(ensured.new)})
    return door


@action("places.walk_frame")
def walk_frame(actor: Actor, *, building_id: uuid.UUID, happened_at: datetime, doors_found: int) -> Walk:
    """Record that a building was walked from door to door and how many doors there were.

    An earlier walk told later changes nothing about the latest. The number found is kept beside the doors known, never
    adjusted to them. Raises NotFound, MomentInvalid.
    """
    building = building_for(actor, building_id, needs="places.walk_frame")
    if not _EARLIEST <= happened_at <= clock.now():
        raise MomentInvalid
    # As everybody who writes to a frame: the compound first. Otherwise an import under way would write back the frame
    # it read before the walk.
    Compound.objects.select_for_update(no_key=True).get(pk=building.compound_id)
    building = Building.objects.select_for_update(no_key=True, of=("self",)).select_related("place").get(pk=building.pk)
    FrameFact.objects.create(
        path=building.place.path,
        building=building,
        how=Frame.WALKED,
        doors_found=doors_found,
        happened_at=happened_at,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
    before = {"frame": building.frame, "walked_at": building.walked_at and building.walked_at.isoformat()}
    if building.walked_at is None or happened_at >= building.walked_at:
        building.frame, building.walked_at = Frame.WALKED, happened_at
        building.walked_by_id, building.walked_doors = actor.person_id, doors_found
        building.save(update_fields=["frame", "walked_at", "walked_by_id", "walked_doors"])
    ledger.record(
        path=building.place.path,
        subject=building,
        before=before,
        after={"walked_at": happened_at.isoformat(), "doors_found": doors_found, "doors_known": building.door_count},
    )
    return Walk(building, doors_found, building.door_count)
