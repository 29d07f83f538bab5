"""Writing people: enrol somebody, give a role at a place, end it."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from firstline.accounts.devices.following import give_beside
from firstline.accounts.errors import (
    GrantEndsSooner,
    GrantExists,
    NameMissing,
    PasswordRefused,
    PersonLeft,
    PlaceUnfit,
    RoleEnded,
    RoleNotYours,
    UsernameInvalid,
)
from firstline.accounts.giving import PLACES, may_give
from firstline.accounts.models import Login, Person, PersonDetails, RoleGrant
from firstline.accounts.roles import Role
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import organisation_key
from firstline.places.divisions import midnight
from firstline.places.selectors import filed_elsewhere, in_ranges, place_at, successors_at

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")


@action("accounts.enrol_person")
def enrol_person(
    actor: Actor,
    *,
    name: str,
    home_path: str,
    phone: str = "",
    post: str = "",
    email: str = "",
    username: str | None = None,
    password: str | None = None,
) -> Person:
    """Put somebody of ours on record at ``home_path``, with a login when ``username`` is given.

    Name, phone and e-mail address are sealed under the organisation's key. Enrolling gives no rights: a role does.
    Raises NameMissing, UsernameInvalid, UsernameTaken, PasswordRefused, NotFound (elsewhere).
    """
    if not (name := name.strip()):
        raise NameMissing
    person = Person(home_path=home_path)
    person.seal(PersonDetails(name, phone.strip(), post.strip(), email.strip()), organisation_key())
    person.save(force_insert=True)
    if username is not None:
        _give_login(person, username, password or "")
    ledger.record(
        path=home_path,
        subject=person,
        after={
            "name": name,
            "phone": phone.strip(),
            "post": post.strip(),
            "email": email.strip(),
            "login": username,
        },
    )
    return person


@action("accounts.grant_role")
def grant_role(
    actor: Actor,
    *,
    person_id: uuid.UUID,
    role: Role,
    path: str,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> RoleGrant:
    """Give a role at a place from a moment (default: now) until another (default: until it is ended).

    Raises RoleNotYours, PlaceUnfit, GrantExists, GrantDatesWrong, NotFound (no such person, or a place elsewhere).
    """
    _require_giver(actor, person_id, role, act="accounts.grant_role", path=path)
    place = place_at(path)
    if place is None or place.kind not in PLACES[role]:
        raise PlaceUnfit(place=place.name if place else path, role=role.label)
    # The person's row gives out their grants one at a time, so the same one is not given twice at once.
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    begins = valid_from or clock.now()
    lasting = Q(valid_until=None) | Q(valid_until__gt=begins)
    if person.grants.filter(lasting, role=role, path=path).exists():
        raise GrantExists
    grant = RoleGrant.objects.create(
        person=person,
        role=role,
        path=path,
        valid_from=begins,
        valid_until=valid_until,
        granted_by_id=actor.person_id,
    )
    # Rows filed under the paths of divisions that this place took over belong to it as much as its own.
    _beside(grant, filed_elsewhere(place), begins, actor)
    ledger.record(path=path, subject=grant, after={"person": details_of(person).name, **_terms(grant)})
    return grant


@action("accounts.end_grant")
def end_grant(actor: Actor, *, grant_id: uuid.UUID, at: datetime | None = None) -> RoleGrant:
    """End a role at a moment (default: now); from the next request on it opens nothing. An end is never put off.

    Raises RoleNotYours, RoleEnded, GrantEndsSooner, GrantDatesWrong, NotFound (no such grant, or elsewhere).
    """
    reachable = RoleGrant.objects.filter(in_ranges(actor.ranges("accounts.end_grant")), pk=grant_id)
    grant = reachable.select_for_update().first()
    if grant is None:
        raise NotFound
    _require_giver(actor, grant.person_id, Role(grant.role), act="accounts.end_grant", path=grant.path)
    ends = at or clock.now()
    if grant.valid_until is not None:
        if grant.valid_until <= clock.now():
            raise RoleEnded
        if grant.valid_until < ends:
            raise GrantEndsSooner
    before = _terms(grant)
    grant.valid_until = ends
    grant.save(update_fields=["valid_until"])
    for other in _one_hat(grant):
        other.valid_until = max(grant.valid_until, other.valid_from)
        other.save(update_fields=["valid_until"])
    ledger.record(path=grant.path, subject=grant, before=before, after=_terms(grant))
    return grant


@action("accounts.follow_succession")
def follow_succession(
    actor: Actor, *, predecessors: Sequence[str], successors: Sequence[str], since: date
) -> list[RoleGrant]:
    """End the roles worn at divisions that were merged or split, and renew each at the successors.

    Rows filed below a division's old path stay there, so each role is renewed there as well: whoever saw them sees
    them, and nobody else does. Phones given for the division are given for the successors, too. Roles that end before
    that day are left alone. Raises NotFound (a place elsewhere).
    """
    moment = midnight(since)
    lasting = Q(valid_until=None) | Q(valid_until__gt=moment)
    renewed: list[RoleGrant] = []
    for path in predecessors:
        for grant in RoleGrant.objects.select_for_update().filter(lasting, path=path).order_by("valid_from", "id"):
            before = _terms(grant)
            begins = max(moment, grant.valid_from)
            RoleGrant.objects.filter(pk=grant.pk).update(valid_until=begins)
            renewed += _beside(grant, [path, *successors], begins, actor)
            after = {"role": grant.role, "places": [path, *successors], "valid_from": begins.isoformat()}
            ledger.record(path=path, subject=grant, before=before, after=after)
        give_beside(actor, predecessor=path, successors=successors, since=moment)
        place = place_at(path)
        if place is None:
            raise NotFound
        ledger.record(path=path, subject=place, after={"places": list(successors)})
    return renewed


@action("accounts.say_left")
def say_left(actor: Actor, *, person_id: uuid.UUID) -> Person:
    """Say that somebody is with us no more: from now on they answer for nothing, and their roles end.

    Raises RoleNotYours (a role of theirs is not the actor's to end), PersonLeft (it is said already), NotFound.
    """
    person = Person.objects.select_for_update().filter(in_ranges(actor.ranges("accounts.say_left"), "home_path"))
    found = person.filter(pk=person_id).first()
    if found is None:
        raise NotFound
    if found.left_at is not None:
        raise PersonLeft
    now = clock.now()
    for grant in found.grants.filter(Q(valid_until=None) | Q(valid_until__gt=now)):
        end_grant(actor, grant_id=grant.pk)
    found.left_at = now
    found.save(update_fields=["left_at"])
    ledger.record(path=found.home_path, subject=found, after={"person": details_of(found).name})
    return found


def _beside(grant: RoleGrant, places: Sequence[str], begins: datetime, actor: Actor) -> list[RoleGrant]:
    """The same hat at further places, from a moment until the grant's own end."""
    return RoleGrant.objects.bulk_create(
        RoleGrant(
            person_id=grant.person_id,
            role=grant.role,
            path=path,
            valid_from=begins,
            valid_until=grant.valid_until,
            granted_by_id=actor.person_id,
            continues=grant,
        )
        for path in places
    )


def _one_hat(grant: RoleGrant) -> list[RoleGrant]:
    """What ends with a grant: those given beside it; and once no successor's is left, that for the old path."""
    now = clock.now()
    lasting = RoleGrant.objects.select_for_update().filter(Q(valid_until=None) | Q(valid_until__gt=now))
    ending = list(lasting.filter(continues=grant))
    if grant.continues is not None:
        new = successors_at(grant.continues.path)
        beside = lasting.filter(continues=grant.continues).exclude(pk=grant.pk)
        if grant.path in new and not beside.filter(path__in=new).exists():
            ending += beside
    return ending


@action("accounts.reset_password")
def reset_password(actor: Actor, *, username: str, password: str) -> Login:
    """Give a login a new password when its person has forgotten the old one; every session of it ends.

    At the console only: whoever could do it from a page could become anybody. Raises NotFound, PasswordRefused.
    """
    login = Login.objects.select_related("person").select_for_update(of=("self",)).filter(username=username).first()
    if login is None:
        raise NotFound
    _set_password(login, password)
    login.save(update_fields=["password"])
    ledger.record(path=login.person.home_path, subject=login)
    return login


def _require_giver(actor: Actor, person_id: uuid.UUID, role: Role, *, act: str, path: str) -> None:
    # Where the act is not theirs at all, the ledger answers that there is nothing there.
    where = path if actor.may(act, path) else None
    if person_id == actor.person_id or not may_give(actor, role, act=act, path=where):
        raise RoleNotYours


def _give_login(person: Person, username: str, password: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise UsernameInvalid
    login = Login(person=person, username=username)
    _set_password(login, password)
    login.save(force_insert=True)


def _set_password(login: Login, password: str) -> None:
    try:
        validate_password(password, login)
    except ValidationError as problem:
        raise PasswordRefused(problem=" ".join(problem.messages)) from problem
    login.set_password(password)


def _terms(grant: RoleGrant) -> dict[str, str | None]:
    until = grant.valid_until
    return {
        "role": str(grant.role),
        "valid_from": grant.valid_from.isoformat(),
        "valid_until": until.isoformat() if until else None,
    }
