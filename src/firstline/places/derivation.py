"""From doors and frame facts to what a building keeps of them: how many doors, how they are known, the latest walk."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import datetime

from django.db.models import Count, Q

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range
from firstline.kernel.rebuilding import Difference
from firstline.places.frames import STRENGTH
from firstline.places.models import Building, Compound, Door, Frame, FrameFact
from firstline.places.selectors import in_ranges


@dataclass(frozen=True, slots=True)
class FrameState:
    """What a building keeps, by the names of its fields."""

    door_count: int
    frame: str
    walked_at: datetime | None = None
    walked_by_id: uuid.UUID | None = None
    walked_doors: int | None = None

    def __str__(self) -> str:
        walk = f" at {self.walked_at.isoformat()}, {self.walked_doors} doors found" if self.walked_at else ""
        return f"{self.door_count} doors, {self.frame}{walk}"


# Doors that became others are no dwellings, and count nowhere.
_STANDING = Count("doors", filter=Q(doors__ended_at=None))
_KEPT = [field.name for field in fields(FrameState)]


def derived(building_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, FrameState]:
    """What the facts that were not taken back say of buildings; one that no fact speaks of is left out."""
    counted = Door.objects.standing().filter(building__in=building_ids).values_list("building_id")
    doors = dict(counted.annotate(Count("id")).values_list("building_id", "id__count"))
    # In the order in which walks replace each other: of two at one moment the one recorded later stands.
    facts = FrameFact.objects.filter(building__in=building_ids, void=None).order_by("happened_at", "recorded_at", "id")
    states: dict[uuid.UUID, FrameState] = {}
    for fact in facts:
        before = states.get(fact.building_id, FrameState(doors.get(fact.building_id, 0), fact.how))
        frame = max(fact.how, before.frame, key=STRENGTH.__getitem__)
        walk = (before.walked_at, before.walked_by_id, before.walked_doors)
        if fact.how == Frame.WALKED:
            walk = (fact.happened_at, fact.by_person_id, fact.doors_found)
        states[fact.building_id] = FrameState(before.door_count, frame, *walk)
    return states


def keep(buildings: Collection[Building], states: dict[uuid.UUID, FrameState]) -> None:
    """Write what was derived into buildings. Call it under the compound's lock."""
    for building in buildings:
        for name, value in zip(_KEPT, astuple(states[building.pk]), strict=True):
            setattr(building, name, value)
    Building.objects.bulk_update(buildings, _KEPT, batch_size=500)


def rebuild_frames(actor: Actor, within: Range, *, write: bool = True) -> Iterator[Difference]:
    """Derive count, frame and walk of every building in a range again; yield what differed, and mend it.

    One transaction a compound, under the lock of everybody who writes to its frames. With ``write`` false nothing is
    changed. A building that no fact speaks of can only be called declared: that is the weakest there is.
    """
    compounds = Compound.objects.filter(buildings__place__path__gte=within.lo, buildings__place__path__lt=within.hi)
    for compound_id in list(compounds.order_by("place__path").values_list("pk", flat=True).distinct()):
        with scope.enter(actor):
            Compound.objects.select_for_update(no_key=True).get(pk=compound_id)
            differences = list(_compound(compound_id, within, write=write))
        yield from differences


def _compound(compound_id: uuid.UUID, within: Range, *, write: bool) -> Iterator[Difference]:
    found = Building.objects.filter(in_ranges([within], "place__path"), compound=compound_id).select_related("place")
    buildings = list(found.annotate(standing=_STANDING).order_by("place__path"))
    states = {building.pk: FrameState(building.standing, Frame.DECLARED.value) for building in buildings}
    states |= derived(states)
    wrong = [building for building in buildings if _stored(building) != states[building.pk]]
    for building in wrong:
        yield Difference(building.place.path, str(_stored(building)), str(states[building.pk]))
    if write and wrong:
        keep(wrong, states)


def _stored(building: Building) -> FrameState:
    return FrameState(*(getattr(building, name) for name in _KEPT))
