"""Reading the walk: doors with something left to do, times agreed upon, minutes recorded, and whose door is whose."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FilteredRelation, Q, Window
from django.db.models.functions import Lag

from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.accounts.selectors import details_of
from firstline.census.models import Attempt, Share, ShareDoor
from firstline.census.next_steps import Slot, Step
from firstline.census.results import KNOCKS, ON_THE_SPOT, Outcome, outcome_by
from firstline.census.walk.minutes import Spent
from firstline.census.walk.route import OpenDoor, in_walking_order
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import COMMUNITY_LENGTH, COMPOUND_LENGTH, Range, ancestors, subtree
from firstline.places.models import Door, Place, PlaceKind
from firstline.places.selectors import in_ranges

READ, SHARE, TAKE = "census.record_attempt", "census.share_walk", "census.take_call"
_WALKING = sorted(role for role in Role if READ in PERMISSIONS[role])
_DIRECTING = frozenset(role for role in Role if SHARE in PERMISSIONS[role])


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody of ours who may visit doors, and where; ``directs``: may also go where the director is asked for."""

    person_id: uuid.UUID
    name: str
    reach: tuple[Range, ...]
    directs: bool

    def may_walk(self, door: OpenDoor) -> bool:
        """Whether they should be sent to a door: it is theirs to reach, and nobody asked for somebody else."""
        if door.not_by == self.person_id or (door.step == Step.SEND_DIRECTOR and not self.directs):
            return False
        return any(door.path in within for within in self.reach)


def open_doors(campaign_id: uuid.UUID, within: Iterable[Range]) -> list[OpenDoor]:
    """Every dwelling of ranges with something left to do, in the order of the walk, in one statement."""
    doors = Door.objects.standing().filter(in_ranges(within))
    found = doors.annotate(state=FilteredRelation("states", condition=Q(states__campaign=campaign_id)))
    left = found.filter(Q(state__step=None) | ~Q(state__step=Step.NONE))
    ordered = left.order_by(
        "building__compound__place__position",
        "building__compound__place__path",
        "building__place__position",
        "building__place__path",
        "position",
        "path",
    )
    return in_walking_order(map(OpenDoor._make, ordered.values_list(*_OPEN)))


def agreed_times(campaign_id: uuid.UUID, doors: Iterable[OpenDoor]) -> set[tuple[uuid.UUID, datetime]]:
    """Doors and the times agreed upon with whoever lives there, as far as the next step waits for them."""
    asked = [door.id for door in doors if door.due_at is not None]
    if not asked:
        return set()
    found = Attempt.objects.filter(campaign_id=campaign_id, door__in=asked, void=None).exclude(again_at=None)
    return {(door_id, again_at) for door_id, again_at in found.values_list("door_id", "again_at") if again_at}


def minutes_spent(campaign_id: uuid.UUID, within: Iterable[Range]) -> Iterator[Spent]:
    """Recorded minutes of visits in ranges, each with where its door stood before it; those taken back are left out."""
    visits = Attempt.objects.filter(in_ranges(within), campaign_id=campaign_id, channel__in=ON_THE_SPOT, void=None)
    earlier = Window(Lag("result"), partition_by="door_id", order_by=["happened_at", "id"])
    # A visit whose minutes nobody wrote down still comes before another one, so it is left out only here.
    for path, channel, before, minutes in visits.annotate(before=earlier).values_list(
        "path", "channel", "before", "minutes"
    ):
        if minutes is not None:
            yield Spent(path[:COMPOUND_LENGTH], kind_of(outcome_by(channel, before) if before else None), minutes)


def kind_of(outcome: str | None) -> str:
    """What a visit is after, as far as its length depends on it: where the door stood before, "" for a first one."""
    if outcome is None or outcome == Outcome.UNTRIED:
        return ""
    return Outcome.KNOCKED_ONCE.value if outcome in KNOCKS else str(outcome)


def holders(campaign_id: uuid.UUID, day: date, slot: Slot, within: Iterable[Range]) -> dict[uuid.UUID, uuid.UUID]:
    """Whose each door is that day or evening, by door; doors that are nobody's are left out."""
    shared = ShareDoor.objects.filter(in_ranges(within), campaign_id=campaign_id, day=day, slot=slot)
    latest = shared.order_by("door_id", "-recorded_at", "-id").distinct("door_id")
    return {door_id: person_id for door_id, person_id in latest.values_list("door_id", "person_id") if person_id}


def latest_share(campaign_id: uuid.UUID, day: date, slot: Slot, path: str) -> Share | None:
    """How the walk of a place was last shared out for a day or evening, or None."""
    found = Share.objects.filter(campaign_id=campaign_id, day=day, slot=slot, path=path)
    return found.order_by("-recorded_at", "-id").first()


def share_for(actor: Actor, share_id: uuid.UUID, *, needs: str = SHARE) -> Share:
    """A sharing out the actor may reach. Raises NotFound."""
    found = Share.objects.filter(in_ranges(actor.ranges(needs)), pk=share_id).first()
    if found is None:
        raise NotFound
    return found


def places_to_share(actor: Actor) -> list[Place]:
    """The communities whose walks the actor shares out, and their compounds, in the order of the tree."""
    kinds = [PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.SCATTERED]
    found = Place.objects.filter(in_ranges(actor.ranges(SHARE)), kind__in=kinds, closed_on=None)
    return sorted(
        found.order_by("position", "path"),
        key=lambda place: (place.path[:COMMUNITY_LENGTH], place.kind != PlaceKind.COMMUNITY),
    )


def walkers_at(path: str) -> list[Walker]:
    """People who may record visits somewhere at or below a place, by name."""
    now = clock.now()
    near = Q(path__in=ancestors(path)) | Q(path__gte=path, path__lt=subtree(path).hi)
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    grants = RoleGrant.objects.filter(near, lasting, role__in=_WALKING, valid_from__lte=now)
    hats: dict[uuid.UUID, list[RoleGrant]] = {}
    for grant in grants.select_related("person").order_by("path"):
        hats.setdefault(grant.person_id, []).append(grant)
    return sorted(
        (
            Walker(
                person_id,
                details_of(worn[0].person).name,
                tuple(subtree(hat.path) for hat in worn),
                any(hat.role in _DIRECTING for hat in worn),
            )
            for person_id, worn in hats.items()
        ),
        key=lambda walker: (walker.name, walker.person_id),
    )


_OPEN: Sequence[str] = (
    "id",
    "path",
    "building_id",
    "building__label",
    "building__shape",
    "building__compound_id",
    "building__compound__place__name",
    "unit",
    "floor",
    "room",
    "position",
    "state__outcome",
    "state__attempts",
    "state__step",
    "state__slot",
    "state__due_at",
    "state__not_by",
)
