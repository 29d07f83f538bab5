"""Reading second factors: who has one, who owes one, within the asker's places."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from firstline.accounts.giving import may_give
from firstline.accounts.models import Login, RoleGrant
from firstline.accounts.roles import Role
from firstline.accounts.second_factor.gate import must_give
from firstline.accounts.selectors import actor_of_grants
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.places.selectors import in_ranges

RESET = "accounts.reset_second_factor"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who owes a second factor, or has one: since when, when it was used last, and whether it is the
    asker's to reset."""

    login: Login
    grants: list[RoleGrant]
    since: datetime | None
    used_at: datetime | None
    resettable: bool


def holders(actor: Actor) -> list[Holder]:
    """The people of the actor's places who owe a second factor or have one, in the order of places."""
    here = set(_in_force().filter(in_ranges(actor.ranges(RESET))).values_list("person_id", flat=True))
    worn: dict[uuid.UUID, list[RoleGrant]] = {}
    for grant in grants_now(here):
        worn.setdefault(grant.person_id, []).append(grant)
    logins = {login.person_id: login for login in Login.objects.filter(person__in=here).select_related("person")}
    phones = {
        phone.user_id: phone
        for phone in Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=logins.values())
    }
    found = []
    for person_id, login in logins.items():
        phone, grants = phones.get(login.pk), worn[person_id]
        if phone is None and not must_give(actor_of_grants(login, grants)):
            continue
        found.append(
            Holder(
                login=login,
                grants=grants,
                since=phone and phone.created_at,
                used_at=phone and phone.last_used_at,
                resettable=phone is not None and person_id != actor.person_id and all_given(actor, grants),
            )
        )
    return sorted(found, key=lambda one: (one.grants[0].path, one.login.username))


def grants_now(person_ids: Collection[uuid.UUID]) -> list[RoleGrant]:
    """The roles that these people have now, in the order of places."""
    return list(_in_force().filter(person__in=person_ids).order_by("path", "id"))


def all_given(actor: Actor, grants: list[RoleGrant]) -> bool:
    """Whether the actor may give every one of these roles at its place."""
    return all(may_give(actor, Role(grant.role), act=RESET, path=grant.path) for grant in grants)


def _in_force() -> QuerySet[RoleGrant]:
    now = clock.now()
    return RoleGrant.objects.filter(Q(valid_until=None) | Q(valid_until__gt=now), valid_from__lte=now)
