"""How much one person answers for, and how much one person may: by the rule said nearest above, else by these."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

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


def loads_of(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Load]:
    """What people lead now by the table, and the households they see to as far as the reader may know those."""
    people, now = set(person_ids), clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    post = Q(path__regex=POST_PART)
    lines = Responsibility.objects.filter(lasting, person__in=people, valid_from__lte=now, rank=Rank.LEAD)
    led = {
        row["person"]: row
        for row in lines.values("person").annotate(posts=Count("pk", filter=post), places=Count("pk", filter=~post))
    }
    members = KeyHouseholdMember.objects.filter(lasting, person__in=people)
    seen = dict(members.values_list("person").annotate(n=Count("pk")))
    return {
        person: Load(*(led[person][what] if person in led else 0 for what in ("places", "posts")), seen.get(person, 0))
        for person in people
    }
