"""Lists behind the table: its places and posts, and people who answer for more than they may."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from firstline.accounts.selectors import details_of
from firstline.kernel import clock
from firstline.kernel.paths import Range, subtree
from firstline.places.models import Place, PlaceKind, Post
from firstline.places.posts import posts_below
from firstline.places.selectors import in_ranges, names_at
from firstline.response.answering.holes import overloaded
from firstline.response.answering.load import Load, limits_at

# Down to where a table goes: a county to its villages, a community to its compounds and their gates.
_BELOW = {
    PlaceKind.PROVINCE: {PlaceKind.CITY, PlaceKind.COUNTY},
    PlaceKind.CITY: {PlaceKind.COUNTY},
    PlaceKind.COUNTY: {PlaceKind.TOWNSHIP, PlaceKind.COMMUNITY},
    PlaceKind.TOWNSHIP: {PlaceKind.COMMUNITY},
    PlaceKind.COMMUNITY: {PlaceKind.COMPOUND, PlaceKind.SCATTERED},
    PlaceKind.COMPOUND: {PlaceKind.BUILDING},
    PlaceKind.SCATTERED: {PlaceKind.BUILDING},
    PlaceKind.BUILDING: set(),
}


@dataclass(frozen=True, slots=True)
class Overloaded:
    """Somebody who answers for more than one person may."""

    name: str
    post: str
    place: str
    url: str
    load: Load
    most: Load


def places_of_table(top: Place) -> tuple[list[Place], list[Post]]:
    """The places that a table of ``top`` shows, in the order of the tree, and their posts; two statements."""
    kinds = _BELOW[PlaceKind(top.kind)]
    below = Q(in_ranges([subtree(top.path)]), kind__in=kinds, closed_on=None)
    places = list(Place.objects.filter(Q(pk=top.pk) | below).order_by("path"))
    return places, posts_below(places)


def overloaded_people(within: Iterable[Range]) -> list[Overloaded]:
    """People of these ranges who answer for too much, the heaviest load first."""
    people = list(overloaded(clock.now()).filter(in_ranges(within, "home_path")))
    if not people:
        return []
    homes = {person.home_path for person in people}
    names, most = names_at(homes), limits_at(homes)
    found = []
    for person in people:
        details = details_of(person)
        load = Load(person.load_places, person.load_posts, person.load_households)
        url = reverse("response:answering_person", args=[person.pk])
        place = names.get(person.home_path, "")
        found.append(Overloaded(details.name, details.post, place, url, load, most[person.home_path]))
    return sorted(found, key=lambda one: -(one.load.places + one.load.posts + one.load.households))
