"""Reading people: who asks, what somebody is called."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import cast

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from firstline.accounts.models import Login, Person, PersonDetails, RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.kernel import clock, paths
from firstline.kernel.actors import Actor, Grant, console, label_without_login
from firstline.kernel.errors import Forbidden


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


def who_may(permission: str, path: str) -> dict[uuid.UUID, str]:
    """People whose role now lets them do something at a place, with their names; two statements."""
    return names_of(who_may_where(permission, [path]).keys())


def who_may_where(permission: str, places: Collection[str]) -> dict[uuid.UUID, set[str]]:
    """People whose roles now let them do something at some of these places, and at which; one statement."""
    now = clock.now()
    roles = [role for role, allowed in PERMISSIONS.items() if permission in allowed]
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    line = {path: paths.ancestors(path) for path in places}
    above = {one for those in line.values() for one in those}
    grants = RoleGrant.objects.filter(lasting, path__in=above, role__in=roles, valid_from__lte=now)
    worn: dict[str, set[uuid.UUID]] = {}
    for person_id, place in grants.values_list("person_id", "path"):
        worn.setdefault(place, set()).add(person_id)
    found: dict[uuid.UUID, set[str]] = {}
    for path, those in line.items():
        for person_id in {one for place in those for one in worn.get(place, ())}:
            found.setdefault(person_id, set()).add(path)
    return found


def names_of(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What our own people are called; ids nobody has are left out."""
    names = {person.pk: details_of(person).name for person in Person.objects.filter(pk__in=set(person_ids))}
    operator = console().person_id
    if operator in person_ids:
        names[operator] = _("Operator at the console")
    return names


def addresses_of(person_ids: Collection[uuid.UUID], channel: str) -> dict[uuid.UUID, str]:
    """Where our own people are reached: the e-mail address (``email``) or phone number (``sms``) of who has one."""
    opened = {person.pk: details_of(person) for person in Person.objects.filter(pk__in=set(person_ids))}
    found = {key: details.email if channel == "email" else details.phone for key, details in opened.items()}
    return {key: address for key, address in found.items() if address}


def grants_in_force(username: str) -> list[RoleGrant]:
    """The roles a login has now."""
    now = clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=now)
    return list(RoleGrant.objects.filter(lasting, valid_from__lte=now, person__login__username=username))


def details_of(person: Person) -> PersonDetails:
    """What identifies one of our people, opened."""
    return cast("PersonDetails", person.open())


def _actor(person_id: uuid.UUID, label: str) -> Actor:
    rows = RoleGrant.objects.filter(person_id=person_id).order_by("valid_from", "id")
    return Actor(person_id, label, tuple(_grant(row.role, row.path, row.valid_from, row.valid_until) for row in rows))


def _grant(role: str, path: str, valid_from: datetime, valid_until: datetime | None) -> Grant:
    return Grant(role, path, PERMISSIONS[Role(role)], valid_from, valid_until)
