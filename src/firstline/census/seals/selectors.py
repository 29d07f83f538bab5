"""Reading seals: which doors carry one, how it was when somebody last looked, which is due."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, FilteredRelation, Q

from firstline.census.models import Attempt, Campaign
from firstline.census.models.seals import Seal
from firstline.census.results import Outcome, Result
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Door
from firstline.places.selectors import in_ranges

SET, CHECK = "census.set_seal", "census.check_seal"
_LOOKS = (Result.SEAL_SET, Result.SEAL_INTACT, Result.SEAL_BROKEN)
_LIVED_IN = frozenset({Outcome.REGISTERED.value, Outcome.PARTIAL.value})


@dataclass(frozen=True, slots=True)
class Standing:
    """A seal on a door: how it was at the last look, and from when on somebody is to look again."""

    seal: Seal
    outcome: str
    last_at: datetime
    broken: bool
    due_at: datetime

    @property
    def due(self) -> bool:
        return not self.broken and self.due_at <= clock.now()


def seal_for(actor: Actor, seal_id: uuid.UUID) -> Seal:
    """A seal in the actor's places, with its door. Raises NotFound."""
    found = Seal.objects.filter(in_ranges(actor.ranges(CHECK)), pk=seal_id).select_related("door").first()
    if found is None:
        raise NotFound
    return found


def seals_within(campaign: Campaign, within: Range, *, days: int) -> list[Standing]:
    """The seals on doors in walking order; of several on one door the last. Where somebody is registered by now, none.

    ``days``: so long after a look the next one is due.
    """
    state = FilteredRelation("door__states", condition=Q(door__states__campaign=campaign))
    rows = (
        Seal.objects.filter(campaign_id=campaign.pk, path__gte=within.lo, path__lt=within.hi, door__ended_at=None)
        .annotate(state=state, outcome=F("state__outcome"))
        .select_related("door__building__place", "door__building__compound__place")
        .order_by("recorded_at", "id")
    )
    # What was taken back by its visitor never was on the door.
    looks = _looks(campaign, [row.door_id for row in rows])
    latest = {row.door_id: row for row in rows if row.attempt_id in {one.pk for one in looks.get(row.door_id, [])}}
    found = []
    for door_id, row in latest.items():
        outcome = row.outcome or Outcome.UNTRIED.value
        last = looks[door_id][-1]
        if outcome not in _LIVED_IN:
            due = last.happened_at + timedelta(days=days)
            found.append(Standing(row, outcome, last.happened_at, last.result == Result.SEAL_BROKEN, due))
    return sorted(found, key=lambda one: _walk(one.seal.door))


def unsealed(campaign: Campaign, within: Range, sealed: Sequence[uuid.UUID], *, at_most: int) -> list[Door]:
    """Doors that stand empty and carry no seal, in walking order."""
    state = FilteredRelation("states", condition=Q(states__campaign=campaign))
    found = (
        Door.objects.standing()
        .filter(path__gte=within.lo, path__lt=within.hi)
        .annotate(state=state)
        .filter(state__outcome=Outcome.VACANT)
        .exclude(pk__in=sealed)
        .select_related("building__place", "building__compound__place")
        .order_by("building__place__position", "building__place__path", "position", "path")
    )
    return list(found[:at_most])


def outcome_at(campaign: Campaign, door: Door) -> str:
    """Where a door stands; untried where nobody has been."""
    stored = door.states.filter(campaign=campaign).values_list("outcome", flat=True).first()
    return stored or Outcome.UNTRIED.value


def _looks(campaign: Campaign, door_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Attempt]]:
    made = Attempt.objects.filter(campaign_id=campaign.pk, door__in=door_ids, result__in=_LOOKS, void=None)
    found: dict[uuid.UUID, list[Attempt]] = {}
    for attempt in made.defer("sealed").order_by("happened_at", "id"):
        found.setdefault(attempt.door_id, []).append(attempt)
    return found


def _walk(door: Door) -> tuple[str, int, str, int, str]:
    place = door.building.place
    return (door.building.compound.place.path, place.position, place.path, door.position, door.path)
