"""Reading calls: the community's number and who has it, calls to return, calls of today, calls of one number."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from firstline.accounts.models import Person, RoleGrant
from firstline.accounts.roles import PERMISSIONS
from firstline.accounts.selectors import details_of
from firstline.census.callbacks.standing import ENDING, Standing, stands_at
from firstline.census.models import Callback, CallbackStep, CallStepKind, CommunityNumber, NumberHolder
from firstline.kernel import clock, paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Place
from firstline.places.selectors import communities_for, in_ranges

READ = "census.read_calls"
LOG = "census.log_call"


@dataclass(frozen=True, slots=True)
class Desk:
    """A community's phone: its place, the number on the notices, who has it and since when."""

    place: Place
    number: str
    holder_id: uuid.UUID | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call with the steps about it that count, the oldest first."""

    callback: Callback
    steps: Sequence[CallbackStep]

    @property
    def standing(self) -> Standing:
        return stands_at(taken=self.callback.taken, kinds=(step.kind for step in self.steps))

    @property
    def tries(self) -> int:
        """How often somebody called back and nobody answered."""
        return sum(step.kind == CallStepKind.NOT_REACHED for step in self.steps)

    @property
    def is_mistake(self) -> bool:
        return any(step.kind == CallStepKind.MISTAKE for step in self.steps)


def desks_for(actor: Actor, *, needs: str = READ) -> list[Desk]:
    """The phones of the communities where the actor holds the permission."""
    places = communities_for(actor, needs=needs)
    numbers = _latest(CommunityNumber, places)
    holders = _latest(NumberHolder, places)
    found = []
    for place in places:
        number, holder = numbers.get(place.path), holders.get(place.path)
        found.append(
            Desk(
                place,
                number.number if isinstance(number, CommunityNumber) else "",
                holder.person_id if isinstance(holder, NumberHolder) else None,
                holder.happened_at if isinstance(holder, NumberHolder) else None,
            )
        )
    return found


def number_at(path: str) -> str:
    """The number on the notices of the community that a path lies in; "" while nobody has given one."""
    found = CommunityNumber.objects.filter(path=paths.community_of(path)).order_by("-recorded_at", "-id").first()
    return found.number if found else ""


def held_by(actor: Actor) -> Desk | None:
    """The community's phone that the actor has now, if they have one."""
    if not actor.may(LOG):
        return None
    return next((desk for desk in desks_for(actor, needs=LOG) if desk.holder_id == actor.person_id), None)


def may_hold(path: str) -> dict[uuid.UUID, str]:
    """Who may take calls for a whole community, by name: the only ones its phone can be handed to."""
    roles = [role for role, granted in PERMISSIONS.items() if LOG in granted]
    now = clock.now()
    grants = RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now),
        path__in=paths.ancestors(path),
        valid_from__lte=now,
        role__in=roles,
    )
    people = Person.objects.filter(pk__in=grants.values("person_id"))
    return dict(sorted(((person.pk, details_of(person).name) for person in people), key=lambda one: one[1]))


def call_for(actor: Actor, callback_id: uuid.UUID, *, needs: str = READ) -> Call:
    """A call the actor may reach. Raises NotFound."""
    found = _with_steps(Callback.objects.filter(in_ranges(actor.ranges(needs)), pk=callback_id)).first()
    if found is None:
        raise NotFound
    return _call(found)


def step_for(actor: Actor, step_id: uuid.UUID, *, needs: str) -> CallbackStep:
    """A step about a call the actor may reach. Raises NotFound."""
    found = CallbackStep.objects.filter(in_ranges(actor.ranges(needs)), pk=step_id)
    step = found.select_related("callback", "void").first()
    if step is None:
        raise NotFound
    return step


def calls_shown(within: Range) -> tuple[list[Call], list[Call]]:
    """Calls about which something is left to do, the oldest first, and those since midnight, the latest first."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Q(happened_at__gte=midnight) | ~_has_step(ENDING)
    found = Callback.objects.filter(asked, path__gte=within.lo, path__lt=within.hi)
    calls = [_call(one) for one in _with_steps(found).order_by("happened_at", "id")]
    today = [call for call in reversed(calls) if call.callback.happened_at >= midnight]
    return [call for call in calls if call.standing != Standing.DONE], today


def calls_of(tokens: Sequence[bytes], within: Range) -> list[Call]:
    """The calls of one number (its tokens under every key), the latest first."""
    found = Callback.objects.filter(path__gte=within.lo, path__lt=within.hi, number_token__in=tokens)
    return [_call(one) for one in _with_steps(found).order_by("-happened_at", "-id")]


def all_open(*, spoken: bool) -> QuerySet[Callback]:
    """Calls about which something is left to do: to be written down, or (not ``spoken``) to be returned."""
    was_spoken = Q(taken=True) | _has_step(frozenset({CallStepKind.REACHED}))
    return Callback.objects.filter(~_has_step(ENDING), was_spoken if spoken else ~was_spoken)


def _has_step(kinds: frozenset[CallStepKind]) -> Exists:
    return Exists(CallbackStep.objects.filter(callback=OuterRef("pk"), kind__in=sorted(kinds), void=None))


def _with_steps(calls: QuerySet[Callback]) -> QuerySet[Callback]:
    counting = CallbackStep.objects.filter(void=None).select_related("door__building__compound__place")
    return calls.prefetch_related(Prefetch("steps", counting.order_by("happened_at", "id"), to_attr="counting"))


def _call(callback: Callback) -> Call:
    return Call(callback, callback.counting)  # type: ignore[attr-defined]  # see _with_steps


def _latest(
    model: type[CommunityNumber] | type[NumberHolder], places: Sequence[Place]
) -> dict[str, CommunityNumber | NumberHolder]:
    found = model.objects.filter(path__in=[place.path for place in places])
    latest = found.order_by("path", "-recorded_at", "-id").distinct("path")
    return {row.path: row for row in latest}
