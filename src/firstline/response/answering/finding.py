"""Finding somebody of ours by a typed name: those of the reader's places, and those above by their full name."""

import uuid

from django.db.models import Q

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import paths
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMMUNITY_LENGTH, community_of, subtree
from firstline.places.selectors import in_ranges
from firstline.response.answering.selectors import READ

MOST = 12
# As many names as a list under a field is read through.
_MOST_BESIDE = 40


def people_called(actor: Actor, name: str) -> list[Person]:
    """People with us still whose name is, or holds, what was typed; whose name it is come first.

    Who belongs above the actor's places is found by the full name only. Names are opened in memory, never stored.
    """
    if not (wanted := name.strip()):
        return []
    ranges = actor.ranges(READ)
    found = Person.objects.filter(in_ranges(ranges, "home_path") | _above(ranges), left_at=None)
    exact: list[Person] = []
    partly: list[Person] = []
    for person in found.order_by("home_path", "id"):
        called = details_of(person).name
        if called == wanted:
            exact.append(person)
        elif wanted in called and any(person.home_path in one for one in ranges):
            partly.append(person)
    return (exact + partly)[:MOST]


def colleagues_called(actor: Actor, name: str) -> list[Person]:
    """People of the actor's own communities, or above them, with this very name: any of them may stand in."""
    found = Person.objects.filter(_beside(actor) | _above(actor.reach()), left_at=None).exclude(pk=actor.person_id)
    return [person for person in found.order_by("home_path", "id") if details_of(person).name == name.strip()][:MOST]


def may_stand_in(actor: Actor, person_id: uuid.UUID) -> bool:
    """Whether somebody belongs to the actor's own communities, or above them."""
    return Person.objects.filter(_beside(actor) | _above(actor.reach()), pk=person_id).exists()


def names_beside(actor: Actor) -> list[str]:
    """What the people of the actor's own community are called, the actor left out; none for whoever stands above."""
    if any(len(one.lo) < COMMUNITY_LENGTH for one in actor.reach()):
        return []
    found = Person.objects.filter(_beside(actor), left_at=None).exclude(pk=actor.person_id)
    return sorted({details_of(person).name for person in found.order_by("id")[:_MOST_BESIDE]})


def _beside(actor: Actor) -> Q:
    near = [subtree(community_of(one.lo)) if len(one.lo) > COMMUNITY_LENGTH else one for one in actor.reach()]
    return in_ranges(near, "home_path")


def _above(ranges: list[paths.Range]) -> Q:
    return Q(home_path__in={path for one in ranges for path in paths.ancestors(one.lo)})
