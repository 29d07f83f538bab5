"""Finding somebody of ours by a typed name: those of the reader's places, and those above by their full name."""

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import paths
from firstline.kernel.actors import Actor
from firstline.places.selectors import in_ranges
from firstline.response.answering.selectors import READ

MOST = 12


def people_called(actor: Actor, name: str) -> list[Person]:
    """People with us still whose name is, or holds, what was typed; whose name it is come first.

    Who belongs above the actor's places is found by the full name only. Names are opened in memory, never stored.
    """
    if not (wanted := name.strip()):
        return []
    ranges = actor.ranges(READ)
    above = {path for one in ranges for path in paths.ancestors(one.lo)}
    found = Person.objects.filter(in_ranges(ranges, "home_path"), left_at=None)
    found |= Person.objects.filter(home_path__in=above, left_at=None)
    exact: list[Person] = []
    partly: list[Person] = []
    for person in found.order_by("home_path", "id"):
        called = details_of(person).name
        if called == wanted:
            exact.append(person)
        elif wanted in called and any(person.home_path in one for one in ranges):
            partly.append(person)
    return (exact + partly)[:MOST]
