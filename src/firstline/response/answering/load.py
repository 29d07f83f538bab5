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


def limit_at(path: str) -> Load:
    """How much one person may answer for who belongs to a place."""
    said = LoadLimit.objects.filter(path__in=paths.ancestors(path)).order_by("-path", "-said_at", "-id").first()
    return Load(said.places, said.posts, said.households) if said is not None else USUAL


def load_of(person_id: uuid.UUID, lines: Iterable[Responsibility]) -> Load:
    """What somebody leads now, of the lines that name them, and the households they see to that the reader may know."""
    now = clock.now()
    led = [
        paths.is_post(line.path)
        for line in lines
        if line.rank == Rank.LEAD and line.valid_from <= now and (line.valid_until is None or line.valid_until > now)
    ]
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    households = KeyHouseholdMember.objects.filter(lasting, person=person_id).count()
    return Load(len(led) - sum(led), sum(led), households)
