"""Reading what was seen at night: the latest count of each building, doors lit that are held empty."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Q

from firstline.census.models import Attempt, BuildingTally, Campaign, DoorState
from firstline.census.models.lights import LitCount
from firstline.census.results import Outcome, Result
from firstline.kernel.paths import Range
from firstline.places.models import Building, Door

COUNT = "census.count_lights"
# What a lit window says something new about. At doors that are registered, or still being worked, nothing is recorded.
UNSETTLED = frozenset({Outcome.VACANT, Outcome.NOT_A_HOME, Outcome.UNKNOWN, Outcome.UNTRIED})
_LIVED_IN = (Outcome.REGISTERED, Outcome.PARTIAL)
_SETTLED_AGAIN = (*_LIVED_IN, Outcome.VACANT, Outcome.NOT_A_HOME)


@dataclass(frozen=True, slots=True)
class Night:
    """A building at its latest count: windows lit against doors the census holds lived in. ``count``: None, never."""

    building: Building
    doors: int
    lived_in: int
    count: LitCount | None

    @property
    def over(self) -> int:
        """Windows lit beyond the doors known as lived in."""
        return max(0, self.count.lit - self.lived_in) if self.count else 0


def nights_within(campaign: Campaign, within: Range) -> list[Night]:
    """The buildings of a range in walking order, each with its latest count."""
    found = Building.objects.filter(place__path__gte=within.lo, place__path__lt=within.hi)
    buildings = found.select_related("place", "compound__place")
    tallies = BuildingTally.objects.filter(campaign=campaign, path__gte=within.lo, path__lt=within.hi)
    lived_in = {pk: registered + partial for pk, registered, partial in tallies.values_list("building", *_LIVED_IN)}
    counts = LitCount.objects.filter(campaign_id=campaign.pk, path__gte=within.lo, path__lt=within.hi)
    latest = {one.building_id: one for one in counts.order_by("happened_at", "id")}
    ordered = buildings.order_by("compound__place__path", "place__position", "place__path")
    return [Night(one, one.door_count, lived_in.get(one.pk, 0), latest.get(one.pk)) for one in ordered]


def lit_doors(campaign: Campaign, within: Range, since: datetime) -> list[tuple[Door, datetime]]:
    """Doors seen lit since a moment that nobody has settled since, in walking order, with when they were seen."""
    made = Attempt.objects.filter(
        campaign_id=campaign.pk,
        path__gte=within.lo,
        path__lt=within.hi,
        result=Result.WINDOW_LIT,
        happened_at__gte=since,
        void=None,
    )
    seen: dict[uuid.UUID, datetime] = dict(made.order_by("happened_at").values_list("door_id", "happened_at"))
    state = FilteredRelation("states", condition=Q(states__campaign=campaign))
    doors = (
        Door.objects.standing()
        .filter(pk__in=seen)
        .annotate(state=state)
        .exclude(state__outcome__in=_SETTLED_AGAIN)
        .select_related("building__place", "building__compound__place")
        .order_by("building__place__position", "building__place__path", "position", "path")
    )
    return [(door, seen[door.pk]) for door in doors]


def unsettled_among(campaign: Campaign, door_ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of the doors at which a lit window says something new."""
    states = dict(DoorState.objects.filter(campaign=campaign, door__in=door_ids).values_list("door", "outcome"))
    return [pk for pk in door_ids if states.get(pk, Outcome.UNTRIED) in UNSETTLED]


def doors_with_outcomes(campaign: Campaign, building: Building) -> list[Door]:
    """The dwellings of a building in walking order, each with its ``outcome`` (None: nobody has been there)."""
    state = FilteredRelation("states", condition=Q(states__campaign=campaign))
    found = Door.objects.standing().filter(building=building).annotate(state=state, outcome=F("state__outcome"))
    return list(found.order_by("position", "path"))
