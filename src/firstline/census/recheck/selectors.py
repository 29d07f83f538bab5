"""Reading re-checks: the sample, who has which building, both results, the decisions."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.census.models import Attempt, Campaign
from firstline.census.models.recheck import (
    Recheck,
    RecheckAssignment,
    RecheckBuilding,
    RecheckDecision,
    RecheckDoor,
    RecheckFinding,
    StrataBy,
)
from firstline.census.recheck.comparing import First, Living, Second, distinct
from firstline.census.recheck.sampling import Cluster
from firstline.census.results import Outcome
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed, NotFound
from firstline.kernel.paths import community_of, subtree
from firstline.places.models import Building, Door, Management
from firstline.places.selectors import in_ranges
from firstline.registry.mentions import known_name
from firstline.registry.models import Mention
from firstline.registry.selectors import counted

DRAW, ASSIGN, DECIDE = "census.draw_recheck", "census.assign_recheck", "census.decide_recheck"
FIND, CLOSE = "census.record_finding", "census.close_recheck"
READ = "census.read"
# Who can be sent: people of the community who go to doors or keep its lists.
_SENT = (Role.GRID_WORKER, Role.INFORMATION_CLERK, Role.RECHECKER)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could enumerate a building again. ``blind``: no role of theirs opens the first result there."""

    person_id: uuid.UUID
    blind: bool


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who has a building now, and by which day."""

    person_id: uuid.UUID
    due_on: date


def recheck_for(actor: Actor, recheck_id: uuid.UUID, *, needs: str = DECIDE) -> Recheck:
    """A re-check in the actor's places. Raises NotFound."""
    found = Recheck.objects.filter(in_ranges(actor.ranges(needs)), pk=recheck_id).first()
    if found is None:
        raise NotFound
    return found


def rechecks_at(actor: Actor, campaign_id: uuid.UUID, path: str) -> list[Recheck]:
    """The re-checks drawn in a campaign below a path, the latest first."""
    within = subtree(path)
    found = Recheck.objects.filter(
        in_ranges(actor.ranges(DECIDE)), campaign_id=campaign_id, path__gte=within.lo, path__lt=within.hi
    )
    return list(found.order_by("-recorded_at", "-id"))


def building_for(actor: Actor, building_id: uuid.UUID, *, needs: str = DECIDE) -> RecheckBuilding:
    """A drawn building in the actor's places, with its re-check, building and compound. Raises NotFound."""
    found = _drawn().filter(in_ranges(actor.ranges(needs)), pk=building_id).first()
    if found is None:
        raise NotFound
    return found


def own_building(actor: Actor, building_id: uuid.UUID, *, needs: str = FIND) -> RecheckBuilding:
    """A building that this very person is to enumerate again. Anybody else is told there is none. Raises NotFound."""
    found = building_for(actor, building_id, needs=needs)
    if assignments([found.pk]).get(found.pk, Assigned(uuid.UUID(int=0), date.min)).person_id != actor.person_id:
        raise NotFound
    return found


def own_buildings(actor: Actor) -> list[tuple[RecheckBuilding, Assigned]]:
    """What this person has to enumerate again and has not closed, in order of the day it is due."""
    asked = RecheckAssignment.objects.filter(in_ranges(actor.ranges(FIND)), person_id=actor.person_id)
    open_ones = _drawn().filter(pk__in=asked.values("building"), closing=None)
    rows = {row.pk: row for row in open_ones}
    now_with = assignments(rows)
    mine = [(rows[pk], one) for pk, one in now_with.items() if one.person_id == actor.person_id]
    return sorted(mine, key=lambda pair: (pair[1].due_on, pair[0].path))


def drawn_of(recheck: Recheck) -> list[RecheckBuilding]:
    """The buildings drawn, in walking order, each with its closing if it was closed."""
    return list(_drawn().filter(recheck=recheck).order_by("path"))


def drawn_with(recheck: Recheck) -> tuple[list[RecheckBuilding], dict[uuid.UUID, Assigned]]:
    """The same, and who has which building now, in one statement."""
    latest = RecheckAssignment.objects.filter(building=OuterRef("pk")).order_by("-recorded_at", "-id")
    with_whom = {"who": Subquery(latest.values("person_id")[:1]), "due": Subquery(latest.values("due_at")[:1])}
    rows = list(_drawn().filter(recheck=recheck).annotate(**with_whom).order_by("path"))
    given = {row.pk: (vars(row)["who"], vars(row)["due"]) for row in rows}
    return rows, {pk: Assigned(who, timezone.localdate(due)) for pk, (who, due) in given.items() if who}


def population_of(recheck: Recheck) -> dict[str, int]:
    """How many buildings each stratum had when the sample was drawn."""
    rows = RecheckBuilding.objects.filter(recheck=recheck).values_list("stratum").annotate(n=Count("pk"))
    return dict(rows.order_by("stratum"))


def clusters_of(recheck: Recheck) -> list[Cluster]:
    """What the sample was drawn from, as it was then: with the seed, anybody draws it again."""
    rows = RecheckBuilding.objects.filter(recheck=recheck).values_list("building_id", "stratum", "doors")
    return [Cluster(str(pk), stratum, doors) for pk, stratum, doors in rows]


def clusters_at(path: str, strata_by: str) -> list[tuple[Building, Cluster]]:
    """The buildings of a place as they can be drawn now."""
    within = subtree(path)
    found = Building.objects.filter(place__path__gte=within.lo, place__path__lt=within.hi)
    rows = found.select_related("place", "compound__place").order_by("place__path")
    return [(row, Cluster(str(row.pk), _stratum(row, strata_by), row.door_count)) for row in rows]


def stratum_names(listed: Iterable[tuple[str, Building]], strata_by: str) -> dict[str, str]:
    """What strata are called, each with a building of it: who looks after their compounds, or the compound."""
    if strata_by == StrataBy.COMPOUND:
        return {stratum: building.compound.place.name for stratum, building in listed}
    return {stratum: str(Management(stratum).label) for stratum, _building in listed}


def assignments(building_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Assigned]:
    """Who has which building: the latest assignment of each."""
    rows = RecheckAssignment.objects.filter(building__in=building_ids).order_by("recorded_at", "id")
    return {
        building: Assigned(person, timezone.localdate(due))
        for building, person, due in rows.values_list("building", "person_id", "due_at")
    }


def candidates(rows: Sequence[RecheckBuilding]) -> dict[uuid.UUID, list[Candidate]]:
    """For each building the people of its community who were at no door of it in the first round."""
    now, visited = clock.now(), visitors_of(rows)
    below = in_ranges(subtree(path) for path in {community_of(row.path) for row in rows})
    grants = list(
        RoleGrant.objects.filter(
            below, Q(valid_until=None) | Q(valid_until__gt=now), valid_from__lte=now, role__in=_SENT
        ).order_by("person_id")
    )
    found = {}
    for row in rows:
        near = {one.person_id for one in grants if community_of(one.path) == community_of(row.path)}
        seeing = {
            one.person_id for one in grants if row.path in subtree(one.path) and READ in PERMISSIONS[Role(one.role)]
        }
        found[row.pk] = [Candidate(one, one not in seeing) for one in near - visited[row.pk]]
    return found


def visitors_of(rows: Sequence[RecheckBuilding]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Who recorded an attempt at a door of each building in its campaign, also one taken back: they were there."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {row.pk: set() for row in rows}
    by_building = {row.building_id: row.pk for row in rows}
    made = Attempt.objects.filter(
        campaign_id__in={row.recheck.campaign_id for row in rows}, door__building__in=by_building
    )
    for building, person in made.values_list("door__building_id", "by_person_id").distinct():
        found[by_building[building]].add(person)
    return found


def first_now(campaign: Campaign, building_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[tuple[Door, First]]]:
    """The census as it stands now at every door of buildings: outcome, and whom sources that count name there."""
    state = FilteredRelation("states", condition=Q(states__campaign=campaign))
    doors = Door.objects.standing().filter(building__in=building_ids)
    rows = list(doors.order_by("path"))
    stands = dict(doors.annotate(state=state).values_list("pk", "state__outcome"))
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    mentions = Mention.objects.filter(counted(), door_id__in=[door.pk for door in rows]).order_by("source", "part")
    for mention in mentions:
        if name := known_name(mention):
            named[mention.door_id].append(name)
    found: dict[uuid.UUID, list[tuple[Door, First]]] = defaultdict(list)
    for door in rows:
        first = First(stands[door.pk] or Outcome.UNTRIED.value, distinct(named[door.pk]))
        found[door.building_id].append((door, first))
    return found


def first_of(building_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, First]]:
    """The first result as it was kept when the sample was drawn, by drawn building and door label."""
    found: dict[uuid.UUID, dict[str, First]] = defaultdict(dict)
    for door in RecheckDoor.objects.filter(building__in=building_ids).order_by("path"):
        found[door.building_id][door.label] = First(door.outcome, _names(door))
    return found


def findings_of(building_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, RecheckFinding]]:
    """The latest finding at each door, by drawn building and label; struck ones too."""
    found: dict[uuid.UUID, dict[str, RecheckFinding]] = defaultdict(dict)
    for finding in RecheckFinding.objects.filter(building__in=building_ids).order_by("recorded_at", "id"):
        found[finding.building_id][finding.label] = finding
    return found


def second_of(findings: Mapping[str, RecheckFinding]) -> dict[str, Second]:
    """Findings as they are compared."""
    return {
        label: Second(one.living, one.persons, _names(one) if one.living == Living.LIVED_IN else ())
        for label, one in findings.items()
    }


def decisions_of(building_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[tuple[str, str, str], str]]:
    """The latest verdict of each difference, by drawn building and ``Difference.key``."""
    found: dict[uuid.UUID, dict[tuple[str, str, str], str]] = defaultdict(dict)
    for one in RecheckDecision.objects.filter(building__in=building_ids).order_by("recorded_at", "id"):
        try:
            name = one.open().name
        except KeyDestroyed:
            # Of whom it was is gone with the names themselves; what was decided of doors stays.
            name = ""
        found[one.building_id][one.kind, one.label, name] = one.verdict
    return found


def is_closed(row: RecheckBuilding) -> bool:
    """Whether a building was closed."""
    return hasattr(row, "closing")


def end_of(day: date) -> datetime:
    """The last moment of a day, as people there count it."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _drawn() -> QuerySet[RecheckBuilding]:
    related = ("recheck", "closing", "settlement", "building__place", "building__compound__place__parent")
    return RecheckBuilding.objects.filter(drawn=True).select_related(*related)


def _stratum(building: Building, strata_by: str) -> str:
    compound = building.compound
    return compound.place.path if strata_by == StrataBy.COMPOUND else compound.management


def _names(row: RecheckDoor | RecheckFinding) -> tuple[str, ...]:
    try:
        return tuple(row.open().names)
    except KeyDestroyed:
        return ()


def labels_known(row: RecheckBuilding) -> Sequence[Door]:
    """The dwellings of the building as it stands, in walking order."""
    return list(Door.objects.standing().filter(building=row.building_id).order_by("position", "path"))
