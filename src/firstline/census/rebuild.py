"""States and counts derived again from all attempts: proves that what is stored is what the facts add up to."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator

from firstline.census.derivation import COUNTS_READ, Move, keep, lock_building
from firstline.census.models import TALLIED, Attempt, BuildingTally, DoorState
from firstline.census.results import Derived, Outcome, Tried, derive
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range, subtree
from firstline.kernel.rebuilding import Difference
from firstline.places.models import Building, Door


def rebuild(actor: Actor, campaign_id: uuid.UUID, within: Range, *, write: bool = True) -> Iterator[Difference]:
    """Derive every state and count of a campaign within a range again; yield what differed, and mend it.

    One transaction a building, so that nobody at the doors waits for a county. With ``write`` false nothing is
    changed. Whoever records in the building meanwhile waits for that one building.
    """
    buildings = Building.objects.filter(place__path__gte=within.lo, place__path__lt=within.hi).order_by("place__path")
    for building_id, path in list(buildings.values_list("place_id", "place__path")):
        with scope.enter(actor):
            lock_building(campaign_id, building_id)
            differences = list(_building(campaign_id, building_id, path, write=write))
        yield from differences


def _building(campaign_id: uuid.UUID, building_id: uuid.UUID, path: str, *, write: bool) -> Iterator[Difference]:
    doors = dict(Door.objects.filter(building_id=building_id).values_list("id", "path"))
    stored, derived = _stored(campaign_id, path), _derived(campaign_id, path)
    wrong = [door_id for door_id in doors if stored.get(door_id) != derived.get(door_id)]
    for door_id in wrong:
        yield Difference(doors[door_id], _said(stored.get(door_id)), _said(derived.get(door_id)))
    if write and wrong:
        keep(campaign_id, [_move(door_id, doors[door_id], building_id, stored, derived) for door_id in wrong])
    counts = Counter(state.outcome for state in derived.values())
    tally = BuildingTally.objects.filter(campaign_id=campaign_id, building_id=building_id).first()
    kept = {outcome: getattr(tally, outcome.value) if tally else 0 for outcome in TALLIED}
    if any(kept[outcome] != counts[outcome] for outcome in TALLIED):
        if write:
            _write_tally(campaign_id, building_id, path, counts)
        # The doors mended above have changed the counts already; that is one difference, not two.
        if not (write and wrong):
            yield Difference(path, _counted(kept), _counted(counts))


def _stored(campaign_id: uuid.UUID, path: str) -> dict[uuid.UUID, Derived]:
    within = subtree(path)
    states = DoorState.objects.filter(campaign_id=campaign_id, path__gte=within.lo, path__lt=within.hi)
    rows = states.values_list("door_id", "outcome", "since", "attempts", "last_attempt_at")
    return {
        door_id: Derived(Outcome(outcome), since, attempts, last_at)
        for door_id, outcome, since, attempts, last_at in rows
    }


def _derived(campaign_id: uuid.UUID, path: str) -> dict[uuid.UUID, Derived]:
    within = subtree(path)
    facts = Attempt.objects.filter(
        campaign_id=campaign_id, path__gte=within.lo, path__lt=within.hi, void__isnull=True, door__ended_at=None
    ).values_list("door_id", "happened_at", "id", "channel", "result")
    tried: dict[uuid.UUID, list[Tried]] = defaultdict(list)
    for door_id, at, attempt_id, channel, result in facts:
        tried[door_id].append(Tried(at, str(attempt_id), channel, result))
    return {door_id: state for door_id, attempts in tried.items() if (state := derive(attempts))}


def _move(
    door_id: uuid.UUID,
    path: str,
    building_id: uuid.UUID,
    stored: dict[uuid.UUID, Derived],
    derived: dict[uuid.UUID, Derived],
) -> Move:
    before = stored[door_id].outcome if door_id in stored else Outcome.UNTRIED
    return Move(door_id, path, building_id, before, derived.get(door_id))


def _write_tally(campaign_id: uuid.UUID, building_id: uuid.UUID, path: str, counts: Counter[Outcome]) -> None:
    values = {outcome.value: counts[outcome] for outcome in TALLIED}
    scope.memo().pop(COUNTS_READ, None)
    BuildingTally.objects.update_or_create(
        campaign_id=campaign_id, building_id=building_id, defaults={"path": path, **values}
    )


def _said(state: Derived | None) -> str:
    return f"{state.outcome.value} since {state.since.isoformat()}" if state else Outcome.UNTRIED.value


def _counted(counts: Counter[Outcome] | dict[Outcome, int]) -> str:
    return ", ".join(f"{outcome.value} {counts[outcome]}" for outcome in TALLIED if counts[outcome]) or "nothing"
