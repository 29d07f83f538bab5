"""How much one person answers for, and how much one person may: by the rule said nearest above, else by these."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from firstline.kernel import clock, paths
from firstline.response.models import KeyHouseholdMember, LoadLimit, Rank, Responsibility

POST_PART = "/[P-U][0-9]{3}$"


@dataclass(frozen=True, slots=True)
class Load:
    """Places, posts and key households of one person, or the most of each."""

    places: int
    posts: int
    households: int

    def exceeds(self, most: "Load") -> bool:
        """Whether any of the three is more than it may be."""
        return self.places > most.places or self.posts > most.posts or self.households > most.households


USUAL = Load(places=12, posts=4, households=10)


def limits_at(places: Iterable[str]) -> dict[str, Load]:
    """How much one person may answer for who belongs to each of these places; one statement."""
    asked = set(places)
    above = {path for place in asked for path in paths.ancestors(place)}
    said = {
        one.path: Load(one.places, one.posts, one.households)
        for one in LoadLimit.objects.filter(path__in=above).order_by("said_at", "id")
    }
    nearest = {place: next((p for p in reversed(paths.ancestors(place)) if p in said), "") for place in asked}
    return {place: said.get(path, USUAL) for place, path in nearest.items()}


def limit_at(path: str) -> Load:
    """The same for one place."""
    return limits_at([path])[path]


def load_of(person_id: uuid.UUID, lines: Iterable[Responsibility]) -> Load:
    """What somebody leads now, of the lines that name them, and the households they see to that the reader may know."""
    now, counted = clock.now(), without_old_paths(lines)
    led = [
        paths.is_post(line.path)
        for line in counted
        if line.rank == Rank.LEAD and line.valid_from <= now and (line.valid_until is None or line.valid_until > now)
    ]
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    households = KeyHouseholdMember.objects.filter(lasting, person=person_id).count()
    return Load(len(led) - sum(led), sum(led), households)


def without_old_paths(lines: Iterable[Responsibility]) -> list[Responsibility]:
    """Lines but for those that others of them stand beside: a division that was merged is not one more place."""
    found = list(lines)
    beside = {line.continues_id for line in found}
    return [line for line in found if line.pk not in beside]
