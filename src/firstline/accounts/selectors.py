"""Reading people: who asks, who answers for a place, what somebody is called."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.accounts.models import Login, Person, PersonDetails, RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.kernel import clock, paths, scope
from firstline.kernel.actors import Actor, Grant, console, label_without_login
from firstline.kernel.errors import Forbidden

# Until the responsibility tables exist: the grid worker comes before the director, whoever stands nearer.
_ANSWERING = (Role.GRID_WORKER, Role.COMMUNITY_DIRECTOR)


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers for a place: ``label`` is the post as it is called there, else the role."""

    person_id: uuid.UUID
    name: str
    role: Role
    label: str | Promise


def login_with_grants(login_id: uuid.UUID) -> Login | None:
    """A login and its person's grants, in one statement: every request asks for both."""
    found = Login.objects.annotate(
        role=F("person__grants__role"),
        path=F("person__grants__path"),
        valid_from=F("person__grants__valid_from"),
        valid_until=F("person__grants__valid_until"),
    )
    # One row a grant; somebody without any has one row of nothing.
    rows = list(found.filter(pk=login_id).order_by("valid_from", "person__grants__id"))
    if not rows:
        return None
    rows[0].grants = tuple(_grant(row.role, row.path, row.valid_from, row.valid_until) for row in rows if row.role)
    return rows[0]


def actor_of(request: HttpRequest) -> Actor:
    """The logged-in person with their grants, read anew for every request: an ended grant opens nothing."""
    login = request.user
    if not isinstance(login, Login):
        raise Forbidden
    if login.grants is None:
        return _actor(login.person_id, login.username)
    return Actor(login.person_id, login.username, login.grants)


def actor_of_grants(login: Login, grants: Iterable[RoleGrant]) -> Actor:
    """Somebody as an actor, by grants that were read already."""
    worn = tuple(_grant(row.role, row.path, row.valid_from, row.valid_until) for row in grants)
    return Actor(login.person_id, login.username, worn)


def actor_of_person(person_id: uuid.UUID) -> Actor:
    """Somebody of ours as an actor, with or without a login."""
    username = Login.objects.filter(person_id=person_id).values_list("username", flat=True).first()
    return _actor(person_id, username or label_without_login(person_id))


def who_answers(places: Iterable[str]) -> dict[str, Answerer]:
    """Who answers for each path; a path nobody answers for is left out.

    The grid worker whose grant is nearest above the place; without one, the director. Of several at one place
    the one who has been there longest. Kept for the rest of the scope.
    """
    known: dict[str, Answerer | None] = scope.memo().setdefault("accounts.who_answers", {})
    wanted = set(places)
    if unknown := wanted - known.keys():
        found = _who_answers(unknown)
        known |= {path: found.get(path) for path in unknown}
    return {path: answerer for path in wanted if (answerer := known[path]) is not None}


def _who_answers(wanted: Collection[str]) -> dict[str, Answerer]:
    above = {path: paths.ancestors(path) for path in wanted}
    # These places exactly: a county's page asks for its communities, and below them stand a thousand grid workers.
    places = {place for line in above.values() for place in line}
    now = clock.now()
    candidates = RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now),
        path__in=places,
        valid_from__lte=now,
        role__in=_ANSWERING,
    )
    standing: dict[tuple[str, str], RoleGrant] = {}
    for grant in candidates.select_related("person").order_by("valid_from", "id"):
        standing.setdefault((grant.path, grant.role), grant)
    opened: dict[uuid.UUID, PersonDetails] = {}
    answers = {}
    for path, line in above.items():
        if (found := _nearest(line, standing)) is not None:
            if (details := opened.get(found.person_id)) is None:
                details = opened[found.person_id] = details_of(found.person)
            role = Role(found.role)
            answers[path] = Answerer(found.person_id, details.name, role, details.post or role.label)
    return answers


def names_of(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What our own people are called; ids nobody has are left out."""
    names = {person.pk: details_of(person).name for person in Person.objects.filter(pk__in=set(person_ids))}
    operator = console().person_id
    if operator in person_ids:
        names[operator] = _("Operator at the console")
    return names


def grants_in_force(username: str) -> list[RoleGrant]:
    """The roles a login has now."""
    now = clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    return list(RoleGrant.objects.filter(lasting, valid_from__lte=now, person__login__username=username))


def details_of(person: Person) -> PersonDetails:
    """What identifies one of our people, opened."""
    return cast("PersonDetails", person.open())


def _nearest(line: list[str], standing: dict[tuple[str, str], RoleGrant]) -> RoleGrant | None:
    for role in _ANSWERING:
        for path in reversed(line):
            if (grant := standing.get((path, role))) is not None:
                return grant
    return None


def _actor(person_id: uuid.UUID, label: str) -> Actor:
    rows = RoleGrant.objects.filter(person_id=person_id).order_by("valid_from", "id")
    return Actor(person_id, label, tuple(_grant(row.role, row.path, row.valid_from, row.valid_until) for row in rows))


def _grant(role: str, path: str, valid_from: datetime, valid_until: datetime | None) -> Grant:
    return Grant(role, path, PERMISSIONS[Role(role)], valid_from, valid_until)
