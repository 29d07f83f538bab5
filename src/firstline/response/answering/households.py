"""Reading the households that five people see to: in whose reach they are, who the five are, what these are called.

Row-level security shows them only to those who may know the residents there.
"""

import uuid
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from firstline.kernel import paths, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed, NotFound
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges
from firstline.response.models import FiveRole, FiveRoleName, KeyHousehold, KeyHouseholdMember

READ = "response.read_households"


def households_within(within: Iterable[Range], *, over: bool = False) -> "list[KeyHousehold]":
    """The households of ranges with the five that are named, those without some first by path; with ``over`` all."""
    found = _known().filter(in_ranges(within))
    if not over:
        found = found.filter(until=None)
    return list(found.order_by("path", "since"))


def household_for(actor: Actor, household_id: uuid.UUID, *, needs: str = READ) -> KeyHousehold:
    """A household in the actor's places, with the five. Raises NotFound."""
    household = _known().filter(in_ranges(actor.ranges(needs)), pk=household_id).first()
    if household is None:
        raise NotFound
    return household


def household_locked(actor: Actor, household_id: uuid.UUID, *, needs: str) -> KeyHousehold:
    """The same, for the running action alone. Raises NotFound."""
    household = KeyHousehold.objects.select_for_update().filter(in_ranges(actor.ranges(needs)), pk=household_id).first()
    if household is None:
        raise NotFound
    return household


def household_at(door_id: uuid.UUID) -> KeyHousehold | None:
    """The household behind a door that five people see to now, if one does."""
    return KeyHousehold.objects.filter(door_id=door_id, until=None).first()


def reason_of(household: KeyHousehold) -> str:
    """Why five people see to it; what stands instead once the emergency's key is destroyed."""
    try:
        return str(household.why.open().reason)
    except KeyDestroyed as gone:
        return gone.instead


def five_named(path: str) -> dict[FiveRole, str]:
    """What the five are called at a place: as said nearest above it, else as everywhere; kept for the scope."""
    place = paths.community_of(path.split("/", 1)[0])
    known: dict[str, dict[FiveRole, str]] = scope.memo().setdefault("response.five_named", {})
    if place not in known:
        said = FiveRoleName.objects.filter(path__in=paths.ancestors(place)).order_by("path", "said_at", "id")
        names: dict[str, str] = {one.role: one.name for one in said}
        known[place] = {role: names.get(role) or str(role.label) for role in FiveRole}
    return known[place]


_ABOUT = ("door__building__place", "door__building__compound__place", "emergency__key", "why")


def _known() -> "QuerySet[KeyHousehold]":
    named = KeyHouseholdMember.objects.select_related("person").order_by("valid_from", "id")
    return KeyHousehold.objects.select_related(*_ABOUT).prefetch_related(Prefetch("members", named))
