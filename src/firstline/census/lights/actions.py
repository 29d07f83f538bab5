"""Writing what was seen at night: windows lit, by door where one can tell, by stairwell where not."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping

from firstline.census.actions import record_attempt
from firstline.census.campaigns import campaign_at
from firstline.census.lights import selectors
from firstline.census.lights.errors import LitCountIdTaken, LitCountInvalid
from firstline.census.models.lights import LitCount
from firstline.census.results import Result
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, uuid7
from firstline.places.models import Door
from firstline.places.selectors import building_for

# More windows a stairwell than any tower has doors.
MOST = 500


@action("census.count_lights")
def count_lights(
    actor: Actor,
    *,
    building_id: uuid.UUID,
    doors: Collection[uuid.UUID] = (),
    by_unit: Mapping[str, int] | None = None,
    count_id: uuid.UUID | None = None,
) -> LitCount:
    """Record the lit windows of a building now: ``doors``, where one can tell which; else their number ``by_unit``.

    At a door that the census holds empty, untried or not found, a lit window is an attempt: somebody is there. At any
    other door nothing is recorded, least of all that its people are at home. The same ``count_id`` again changes
    nothing. Raises NotFound, LitCountInvalid, LitCountIdTaken, and as ``record_attempt``.
    """
    building = building_for(actor, building_id, needs=selectors.COUNT)
    campaign, path = campaign_at(building.place.path), building.place.path
    units = dict(Door.objects.standing().filter(building=building).values_list("pk", "unit"))
    counted = _counted(units, doors, by_unit or {})
    before = LitCount.objects.filter(pk=count_id).first() if count_id else None
    if before is not None:
        if (before.building_id, before.by_unit) != (building.pk, counted):
            raise LitCountIdTaken
        ledger.repeated(path=path)
        return before
    count = LitCount(
        id=count_id or uuid7(),
        building=building,
        lit=sum(counted.values()),
        by_unit=counted,
        path=path,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
    count.save(force_insert=True)
    # In the order of their ids: two people who count one building lock its doors in one order.
    for door_id in sorted(selectors.unsettled_among(campaign, list(doors))):
        visit = derived(count.pk, "door", str(door_id))
        record_attempt(actor, door_id=door_id, result=Result.WINDOW_LIT, attempt_id=visit)
    ledger.record(path=path, subject=count, after={"lit": count.lit})
    return count


def _counted(units: Mapping[uuid.UUID, str], doors: Collection[uuid.UUID], said: Mapping[str, int]) -> dict[str, int]:
    """Lit windows by stairwell: those of the doors named, or the number said where it is larger."""
    if not set(doors) <= units.keys() or not set(said) <= {*units.values(), ""}:
        raise LitCountInvalid(most=MOST)
    seen = Counter(units[door] for door in doors)
    counted = {unit: max(seen[unit], said.get(unit, 0)) for unit in sorted({*units.values(), *said})}
    if any(not 0 <= number <= MOST for number in (*counted.values(), *said.values())):
        raise LitCountInvalid(most=MOST)
    return counted
