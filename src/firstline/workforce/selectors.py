"""Reading duty: who is on duty at one's places, and the people who may be."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.accounts.selectors import details_of
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.places.models import Place, PlaceKind
from firstline.places.selectors import in_ranges
from firstline.workforce.models import DutySign, Step
from firstline.workforce.stretches import LONGEST, Stretch, stretches

SIGN_IN, SIGN_FOR, READ = "workforce.sign_in", "workforce.sign_for", "workforce.read"
_SIGNING = [role for role in Role if SIGN_IN in PERMISSIONS[role]]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody's duty as it stands: the latest stretch, if there was any lately, and how long today.

    ``unsettled``: the latest sign-in was never followed by anything, and is too old to be true.
    """

    person_id: uuid.UUID
    latest: Stretch | None
    today: timedelta
    doubted: bool

    @property
    def now(self) -> bool:
        return self.latest is not None and self.latest.until is None

    @property
    def unsettled(self) -> bool:
        return self.latest is not None and self.latest.forgotten


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be on duty, and the place of their role."""

    person_id: uuid.UUID
    name: str
    path: str


def standing() -> "QuerySet[DutySign]":
    """Sign-ins that nothing of the same person has followed."""
    after = Q(happened_at__gt=OuterRef("happened_at")) | Q(happened_at=OuterRef("happened_at"), pk__gt=OuterRef("pk"))
    return DutySign.objects.filter(
        ~Exists(DutySign.objects.filter(after, person_id=OuterRef("person_id"))), step=Step.IN
    )


def latest_signs(people: Collection[uuid.UUID], at: datetime) -> dict[uuid.UUID, DutySign]:
    """The last that each of some people signed, in or out, by a moment; who never did is left out."""
    signs = DutySign.objects.filter(person_id__in=people, happened_at__lte=at)
    latest = signs.order_by("person_id", "-happened_at", "-pk").distinct("person_id")
    return {sign.person_id: sign for sign in latest}


def on_duty_at(places: Collection[str], at: datetime) -> dict[str, list[uuid.UUID]]:
    """Who is signed in at these very places at a moment, by place, whoever came last first."""
    signs = standing().filter(path__in=places, happened_at__gt=at - LONGEST, happened_at__lte=at)
    found: dict[str, list[uuid.UUID]] = {}
    for path, person_id in signs.order_by("-happened_at", "-pk").values_list("path", "person_id"):
        found.setdefault(path, []).append(person_id)
    return found


def duty_now(actor: Actor) -> dict[uuid.UUID, OnDuty]:
    """Duty of today and what is still open from before, by person, at the actor's places; their own without READ."""
    now = clock.now()
    midnight = _midnight(now)
    lately = Q(happened_at__gte=midnight - LONGEST) | Q(pk__in=standing().values("pk"))
    signs = DutySign.objects.filter(lately, in_ranges(actor.ranges(READ)) | _own(actor))
    by_person: dict[uuid.UUID, list[DutySign]] = {}
    for sign in signs:
        by_person.setdefault(sign.person_id, []).append(sign)
    return {person_id: _on_duty(person_id, found, midnight, now) for person_id, found in by_person.items()}


def colleagues(actor: Actor) -> list[Colleague]:
    """Those whose roles at the actor's places let them sign in, by name."""
    now = clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    worn = RoleGrant.objects.filter(lasting, in_ranges(actor.ranges(READ)), role__in=_SIGNING, valid_from__lte=now)
    found: dict[uuid.UUID, RoleGrant] = {}
    for grant in worn.select_related("person").order_by("path", "id"):
        found.setdefault(grant.person_id, grant)
    named = (Colleague(one.person_id, details_of(one.person).name, one.path) for one in found.values())
    return sorted(named, key=lambda one: (one.name, one.person_id))


def places_to_sign(actor: Actor) -> list[Place]:
    """Where the actor may sign in: communities and compounds, the wider ones first."""
    kinds = [PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.SCATTERED, PlaceKind.BUILDING]
    roots = Q(path__in=[grant.path for grant in actor.grants])
    within = Q(kind__in=kinds[:3])
    found = Place.objects.filter(in_ranges(actor.ranges(SIGN_IN)), roots | within, kind__in=kinds, closed_on=None)
    return sorted(found.order_by("position", "path"), key=lambda place: place.kind != PlaceKind.COMMUNITY)


def _own(actor: Actor) -> Q:
    return Q(person_id=actor.person_id) & in_ranges(actor.ranges(SIGN_IN))


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _on_duty(person_id: uuid.UUID, signs: list[DutySign], midnight: datetime, now: datetime) -> OnDuty:
    found = stretches(signs, now)
    latest = found[-1] if found else None
    if (
        latest is not None
        and latest.forgotten
        and max(signs, key=lambda one: (one.happened_at, one.pk)).step == Step.OUT
    ):
        latest = None
    today = [one for one in found if one.within(midnight, now)]
    length = sum((one.within(midnight, now) for one in today), timedelta())
    return OnDuty(person_id, latest, length, any(one.doubted for one in today))
