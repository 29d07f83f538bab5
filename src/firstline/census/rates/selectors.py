"""Reading the counts behind rates: doors by category of their disposition, from the counts of buildings."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet, Sum
from django.db.models.functions import Left

from firstline.census.campaigns import Part
from firstline.census.derivation import tried
from firstline.census.dispositions import Category, codes_of
from firstline.census.models import COUNTED, Attempt
from firstline.census.outcomes import categories
from firstline.census.rates.formulas import Counts
from firstline.places.models import Building, Door
from firstline.places.selectors import in_ranges

_WALK = ("compound__place__position", "compound__place__path", "place__position", "place__path")


class Figures(NamedTuple):
    """Doors of a place: those it has, and those tried by category."""

    path: str
    doors: int
    tried: Mapping[Category, int]

    def counts(self, channel: str) -> Counts:
        """What rates are made of. Doors nobody has tried are unknown (UH, 3.11); to one channel they are no cases."""
        by_letter = {category.value: count for category, count in self.tried.items()}
        if not channel:
            by_letter["uh"] += self.doors - sum(self.tried.values())
        return Counts(**by_letter)


class Leaf(NamedTuple):
    """A building with doors of one category."""

    building_id: uuid.UUID
    path: str
    label: str
    compound: str
    doors: int


class Listed(NamedTuple):
    """A door of one category, with where it stands (None: nobody has been there) and the code it counts by."""

    id: uuid.UUID
    building_id: uuid.UUID
    unit: str
    room: str
    outcome: str | None
    code: str | None


def figures(parts: Sequence[Part], channel: str, level: int) -> list[Figures]:
    """Doors by category, summed by the first ``level`` characters of their path, in one statement; in path order."""
    grouped = _tallied(parts, channel).values(at=Left("place__path", level))
    sums = {f"of_{category.value}": Sum(f"tally__{category.value}", default=0) for category in COUNTED}
    rows = grouped.annotate(known=Sum("door_count", default=0), **sums).order_by()
    return sorted(_figures(*row) for row in rows.values_list("at", "known", *sums))


def leaves(parts: Sequence[Part], channel: str, category: Category) -> list[Leaf]:
    """The buildings with doors of a category, in walking order, in one statement."""
    of_all = [f"tally__{one.value}" for one in COUNTED]
    rows = _tallied(parts, channel).order_by(*_WALK)
    found = rows.values_list("pk", "place__path", "label", "compound__place__name", "door_count", *of_all)
    counted = (_leaf(row, channel, category) for row in found)
    return [leaf for leaf in counted if leaf.doors]


def doors_of(parts: Sequence[Part], channel: str, category: Category, buildings: Sequence[uuid.UUID]) -> list[Listed]:
    """The doors of a category in some buildings, in walking order within each."""
    if channel:
        return _tried_through(parts, channel, category, buildings)
    wanted = Q(state__disposition__in=codes_of(category))
    if category == Category.UNKNOWN_HOUSEHOLD:
        wanted |= Q(state__disposition=None)
    return _listed(parts, buildings, wanted)


def _tried_through(
    parts: Sequence[Part], channel: str, category: Category, buildings: Sequence[uuid.UUID]
) -> list[Listed]:
    """What one channel's attempts come to is kept by building only, so it is derived again for these few."""
    campaigns = {part.campaign.pk: part.campaign for part in parts}
    found = Attempt.objects.filter(
        campaign_id__in=campaigns, channel=channel, void=None, door__building__in=buildings, door__ended_at=None
    ).defer("sealed")
    tries: dict[uuid.UUID, list[Attempt]] = defaultdict(list)
    for attempt in found:
        tries[attempt.door_id].append(attempt)
    those = {
        door_id
        for door_id, attempts in tries.items()
        if categories([tried(one) for one in attempts], campaigns[attempts[0].campaign_id].rules)[channel] == category
    }
    # The code that is kept is the one of all channels together.
    return [row._replace(code=None) for row in _listed(parts, buildings, Q(pk__in=those))]


def _listed(parts: Sequence[Part], buildings: Iterable[uuid.UUID], wanted: Q) -> list[Listed]:
    doors = Door.objects.standing().filter(building__in=buildings)
    found = doors.annotate(state=FilteredRelation("states", condition=belongs(parts, "states"))).filter(wanted)
    rows = found.order_by("building_id", "position", "path").values_list(
        "id", "building_id", "unit", "room", "state__outcome", "state__disposition"
    )
    return list(map(Listed._make, rows))


def _tallied(parts: Sequence[Part], channel: str) -> QuerySet[Building]:
    inside = in_ranges((part.within for part in parts), "place__path")
    condition = belongs(parts, "channel_tallies") & Q(channel_tallies__channel=channel)
    return Building.objects.filter(inside).annotate(tally=FilteredRelation("channel_tallies", condition=condition))


def belongs(parts: Sequence[Part], relation: str) -> Q:
    """That a row of a building or door belongs to the campaign that counts where it is.

    The range stands in the condition even of a single campaign: without it a community's page reads its county's rows.
    """
    condition = Q()
    for within, campaign in parts:
        lies = {f"{relation}__path__gte": within.lo, f"{relation}__path__lt": within.hi}
        condition |= Q(**{f"{relation}__campaign": campaign.pk}, **lies)
    # Where no campaign is at work, no row belongs.
    return condition or Q(**{f"{relation}__campaign": uuid.UUID(int=0)})


def _figures(path: str, doors: int, *tried: int) -> Figures:
    return Figures(path, doors, dict(zip(COUNTED, tried, strict=True)))


def _leaf(row: tuple[Any, ...], channel: str, category: Category) -> Leaf:
    building_id, path, label, compound, doors, *tried = row
    found = Figures(path, doors, {one: count or 0 for one, count in zip(COUNTED, tried, strict=True)})
    return Leaf(building_id, path, label, compound, found.counts(channel)[category.value])


def total(found: Iterable[Figures]) -> Figures:
    """Figures of several places as one."""
    listed = list(found)
    tried = {category: sum(one.tried[category] for one in listed) for category in COUNTED}
    return Figures("", sum(one.doors for one in listed), tried)


def pages(found: Sequence[Leaf], size: int) -> Iterator[list[Leaf]]:
    """Buildings in pages of at least ``size`` doors; a building is never cut."""
    page: list[Leaf] = []
    for leaf in found:
        page.append(leaf)
        if sum(one.doors for one in page) >= size:
            yield page
            page = []
    if page:
        yield page
