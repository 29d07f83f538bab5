"""Reading places: the only way from an outside id to a place, a compound, a building or a door."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat, Left

from firstline.identifiers import division, door_label
from firstline.identifiers.width import halve
from firstline.kernel import paths, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.given import Written, in_given, written
from firstline.kernel.joined import joined
from firstline.kernel.paths import Range
from firstline.places.models import (
    Building,
    Compound,
    Door,
    DoorSuccession,
    Frame,
    FrameFact,
    Management,
    Place,
    PlaceCode,
    PlaceKind,
    PlaceSuccession,
    ProposedDoor,
    SuccessionHow,
)

READ = "places.read"
NAMES_READ = "places.names"


@dataclass(frozen=True, slots=True)
class FrameCount:
    """A compound's frames in figures: buildings, known doors, buildings walked, and where a walk counted otherwise."""

    compound: Compound
    buildings: int
    doors: int
    walked: int
    differing: int
    # Doors that lists name and nobody has decided about; counted apart (``places.proposals``).
    proposed: int = 0

    @property
    def unwalked(self) -> int:
        return self.buildings - self.walked


@dataclass(frozen=True, slots=True)
class PlaceMissing:
    """What is missing at a compound, or at a community (without ``compound_id``): counts, and since when, by filter."""

    path: str
    name: str
    compound_id: uuid.UUID | None
    counts: Mapping[str, int]
    since: Mapping[str, datetime | None]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a building line added: how many doors, when, and whether it was taken back."""

    id: uuid.UUID
    doors: int
    at: datetime
    withdrawn: bool


def in_ranges(ranges: Iterable[Range], field: str = "path") -> Q:
    """The condition that ``field`` lies in one of the ranges; no range, no row."""
    condition = Q(pk__in=[])
    for one in ranges:
        condition |= Q(**{f"{field}__gte": one.lo, f"{field}__lt": one.hi})
    return condition


def place_at(path: str) -> Place | None:
    """The place of a path, whoever asks: places are no personal data."""
    return Place.objects.filter(path=path).first()


def place_by_code(code: str, on: date) -> Place | None:
    """The division that had an official code on a day; codes of places merged or renumbered since are found too."""
    valid = Q(valid_until=None) | Q(valid_until__gt=on)
    found = PlaceCode.objects.filter(valid, code=division.parse(code).padded, valid_from__lte=on)
    dated = found.select_related("place").order_by("-valid_from").first()
    return dated.place if dated else None


def successors_at(path: str) -> list[str]:
    """The paths of the places that stand for the division at ``path``; none while it stands itself."""
    found = PlaceSuccession.objects.filter(predecessor__path=path)
    return list(found.order_by("successor__path").values_list("successor__path", flat=True))


def filed_elsewhere(place: Place) -> list[str]:
    """Paths that belong to a place by succession but do not lie below its own: divisions merged into it, with
    whatever had been merged into those; the compounds that came to it when another was split."""
    found = []
    for origin in PlaceSuccession.objects.filter(successor=place).select_related("predecessor"):
        if origin.how == SuccessionHow.MERGED:
            found += [origin.path, *filed_elsewhere(origin.predecessor)]
        else:
            moved = Place.objects.filter(parent=place, path__startswith=origin.path).values_list("path", flat=True)
            found += moved.order_by("path")
    return found


def county_paths() -> list[str]:
    """The counties of this installation: what belongs to nobody in particular is their officers' to see."""
    return list(Place.objects.filter(kind=PlaceKind.COUNTY).order_by("path").values_list("path", flat=True))


def ancestors(path: str) -> list[Place]:
    """The places from the province down to ``path`` itself (a door's path ends at its building), top first."""
    return list(Place.objects.filter(path__in=paths.ancestors(path)).order_by("path"))


def compounds_within(within: Range) -> list[Compound]:
    """The compounds (and scattered homes) of a range in the community's own order, with place and company."""
    found = Compound.objects.filter(in_ranges([within], "place__path")).select_related("place", "company")
    return list(found.order_by("place__path"))


def frame_counts(within: Iterable[Range]) -> list[FrameCount]:
    """The compounds of ranges, in the community's own order, each with the figures of its frames; one statement."""
    walked = Q(buildings__frame=Frame.WALKED)
    found = (
        Compound.objects.filter(in_ranges(within, "place__path"))
        .select_related("place", "company")
        .annotate(
            building_total=Count("buildings"),
            door_total=Sum("buildings__door_count", default=0),
            walked_total=Count("buildings", filter=walked),
            differing_total=Count("buildings", filter=walked & ~Q(buildings__walked_doors=F("buildings__door_count"))),
        )
        .order_by("place__path")
    )
    return [
        FrameCount(
            row,
            row.building_total,
            row.door_total,
            row.walked_total,
            row.differing_total,
        )
        for row in found
    ]


def looked_after_is(answer: bool | None) -> Q:
    """The condition that ``Compound.looked_after`` is this answer; None: nobody has said."""
    somebody = (
        Q(management__in=[Management.COMPANY, Management.GATEHOUSE]) | Q(company__isnull=False) | Q(gatehouse=True)
    )
    said = Q(management=Management.NOBODY) | Q(gatehouse__isnull=False)
    return {True: somebody, False: ~somebody & said, None: ~somebody & ~said}[answer]


def missing_by_place(within: Sequence[Range]) -> list[PlaceMissing]:
    """What is missing at the compounds of ranges, summed by community for those above; one statement or two."""
    if not within:
        return []
    by_community = paths.summed_at(within) == paths.COMMUNITY_LENGTH
    head = _HEADS[by_community]
    columns = (*head, *_COUNTED, *_SINCE)
    rows = [dict(zip(columns, row, strict=True)) for row in _missing(by_community, len(within)).rows(within)]
    names = names_at(row["at"] for row in rows) if by_community else {}
    return [
        PlaceMissing(
            path=row["at"] if by_community else row["place__path"],
            name=names[row["at"]] if by_community else row["place__name"],
            compound_id=row.get("pk"),
            counts={show: row[show] for show in _COUNTED},
            since={"unmanaged": row["unmanaged_from"], "unwalked": row["unwalked_from"]},
        )
        for row in rows
    ]


@cache
def _missing(by_community: bool, ranges: int) -> Written:  # one key of a cache
    head = _HEADS[by_community]
    unmanaged, unwalked = looked_after_is(False), ~Q(buildings__frame=Frame.WALKED)
    unstated = looked_after_is(None) & ~Q(place__kind=PlaceKind.SCATTERED)
    compounds = Count("pk", distinct=True)
    found = (
        Compound.objects.filter(in_given(ranges, "place__path"))
        .annotate(at=Left("place__path", paths.COMMUNITY_LENGTH))
        .values(*head)
        .annotate(
            unmanaged=Count("pk", distinct=True, filter=unmanaged),
            unstated=Count("pk", distinct=True, filter=unstated),
            bare=compounds - Count("pk", distinct=True, filter=Q(buildings__door_count__gt=0)),
            differing=Count("buildings", filter=~unwalked & ~Q(buildings__walked_doors=F("buildings__door_count"))),
            unwalked=Count("buildings", filter=unwalked),
            proposed=_proposed_below(head[0]),
            unmanaged_from=Min("unmanaged_since", filter=unmanaged),
            unwalked_from=Min("buildings__created_at", filter=unwalked),
        )
        .order_by(head[0])
    )
    return written(found.values_list(*head, *_COUNTED, *_SINCE))


_HEADS = {True: ("at",), False: ("place__path", "place__name", "pk")}
_SINCE = ("unmanaged_from", "unwalked_from")
# What is counted at each place, by the filter of the list of compounds that shows it.
_COUNTED = ("unmanaged", "unstated", "bare", "differing", "proposed", "unwalked")


def _proposed_below(head: str) -> Coalesce:
    """The doors proposed below the path that a row is about. Counted apart: joined, each would count every building."""
    below = ProposedDoor.objects.open().filter(path__gte=OuterRef(head), path__lt=Concat(OuterRef(head), Value("~")))
    counted = below.order_by().annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def communities_for(actor: Actor, *, needs: str) -> list[Place]:
    """The communities in which the actor holds the permission ``needs``; those that others stand for are left out."""
    found = Place.objects.filter(in_ranges(actor.ranges(needs)), kind=PlaceKind.COMMUNITY, closed_on=None)
    return list(found.order_by("path"))


def community_at(actor: Actor, path: str, *, needs: str) -> Place:
    """A community by its path, in the actor's places. Raises NotFound."""
    found = Place.objects.filter(in_ranges(actor.ranges(needs)), kind=PlaceKind.COMMUNITY, path=path).first()
    if found is None:
        raise NotFound
    return found


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
    # Hardly any door has ever been another: asked here, its page is spared a statement.
    related = reachable.select_related("building__place", "building__compound__place").annotate(
        has_lineage=Exists(DoorSuccession.objects.filter(Q(predecessor=OuterRef("pk")) | Q(successor=OuterRef("pk"))))
    )
    door = related.first()
    if door is None:
        raise NotFound
    return door


def door_to_record(actor: Actor, door_id: uuid.UUID, *, needs: str) -> Door:
    """A door the actor may reach, with its building and no more: it is asked for at every attempt. Raises NotFound."""
    found: Door | None = scope.memo().get((_TO_RECORD, door_id))
    if found is None:
        found = next(_with_buildings("WHERE places_door.id = %s", [door_id]), None)
    if found is None or not any(found.path in one for one in actor.ranges(needs)):
        raise NotFound
    return found


def standing_doors_called(building: str, rooms: Sequence[str], unit: str, *, compound_id: uuid.UUID) -> list[Door]:
    """Two standing doors at most of a compound's building with one of these rooms, of any unit where none is said.

    What is recorded at one of them in the same scope does not read it again.
    """
    found = list(_with_buildings(_CALLED, [compound_id, building, list(rooms), unit]))
    scope.memo().update({(_TO_RECORD, door.pk): door for door in found})
    return found


def _with_buildings(condition: str, parameters: Sequence[Any]) -> Iterator[Door]:
    for door, building in joined([Door, Building], f"{_FROM_DOORS} {condition}", parameters):
        door.building = building
        yield door


_TO_RECORD = "places.door_to_record"
_FROM_DOORS = "FROM places_door JOIN places_building ON places_building.place_id = places_door.building_id"
_CALLED = """
 WHERE places_building.compound_id = %s AND places_building.label = %s AND places_door.room = ANY(%s)
   AND %s IN ('', places_door.unit) AND places_door.ended_at IS NULL
 LIMIT 2
"""


def doors_of(building: Building) -> list[Door]:
    """The dwellings of a building in walking order."""
    return list(Door.objects.standing().filter(building=building).order_by("position", "path"))


def lineage(door: Door) -> tuple[list[Door], list[Door]]:
    """The doors that this one came from, and those that stand for it or beside it; one statement at most."""
    if not getattr(door, "has_lineage", True):
        return [], []
    facts = DoorSuccession.objects.filter(Q(predecessor=door) | Q(successor=door))
    found = list(facts.select_related("predecessor__building", "successor__building").order_by("recorded_at", "id"))
    origins = [fact.predecessor for fact in found if fact.successor_id == door.pk]
    return origins, [fact.successor for fact in found if fact.predecessor_id == door.pk]


def names_at(paths_asked: Iterable[str]) -> dict[str, str]:
    """The names of places by their paths, in one statement; a path of no place is left out.

    Kept for the rest of the scope: a page's gaps and its account name the same communities.
    """
    known: dict[str, str] = scope.memo().setdefault(NAMES_READ, {})
    wanted = set(paths_asked)
    if unknown := wanted - known.keys():
        known |= dict(Place.objects.filter(path__in=unknown).values_list("path", "name"))
    return {path: known[path] for path in wanted & known.keys()}


def declared_in(compound: Compound, declaration_id: uuid.UUID) -> Declared | None:
    """What a declaration added to a compound; None when it is another's."""
    facts = FrameFact.objects.filter(source_id=declaration_id, how=Frame.DECLARED, building__compound=compound)
    fact = facts.select_related("void").first()
    if fact is None:
        return None
    doors = Door.objects.filter(building__compound=compound, created_at=fact.recorded_at).count()
    return Declared(declaration_id, doors, fact.recorded_at, hasattr(fact, "void"))


def find_doors(actor: Actor, text: str, limit: int, *, needs: str = READ) -> list[Door]:
    """Doors that a typed door may mean, in the actor's places: 3-2-501, 3号楼2单元501, 锦绣苑3-2-501, 501.

    A compound named before the door narrows the search to it. At most ``limit``, in the order of the tree.
    """
    parsed = door_label.parse(text)
    readings: list[door_label.Reading] = []
    if isinstance(parsed, door_label.Found):
        readings = [parsed.door]
    elif isinstance(parsed, door_label.Incomplete):
        readings = [parsed.fragment]
    elif isinstance(parsed, door_label.Ambiguous):
        readings = list(parsed.readings)
    wanted = Q(pk__in=[])
    for reading in readings:
        wanted |= _meant_by(reading)
    if not readings and (words := halve(text).replace(" ", "")):
        # Homes of no compound are called by whatever was said of them.
        wanted |= Q(label=words)
    if not wanted.children[1:]:
        return []
    doors: QuerySet[Door] = Door.objects.filter(in_ranges(actor.ranges(needs)), wanted)
    if not isinstance(parsed, door_label.NoDoor) and parsed.before:
        doors = _in_compound_named(doors, actor, parsed.before, needs)
    related = doors.select_related("building__place", "building__compound__place")
    return list(related.order_by("path")[:limit])


def _meant_by(reading: door_label.Reading) -> Q:
    """The condition for a reading; a building alone is no door, and would be hundreds of them."""
    if isinstance(reading, door_label.Door):
        return Q(label=reading.label)
    if not reading.room:
        return Q(pk__in=[])
    condition = Q(room=reading.room)
    if reading.unit is not None:
        condition &= Q(unit=reading.unit)
    return condition & Q(building__label=reading.building) if reading.building else condition


def _in_compound_named(doors: QuerySet[Door], actor: Actor, said: str, needs: str) -> QuerySet[Door]:
    """Doors of the compounds whose name or alias was said; all of them when no compound is called so."""
    compounds = Compound.objects.filter(in_ranges(actor.ranges(needs), "place__path"))
    named = [
        path
        for path, name, aliases in compounds.values_list("place__path", "place__name", "aliases")
        if any(called and (called in said or said in called) for called in [name, *aliases])
    ]
    return doors.filter(in_ranges(paths.subtree(path) for path in named)) if named else doors
