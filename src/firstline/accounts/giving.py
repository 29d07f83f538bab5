"""Where each role may be worn, and who may give and end it."""

from firstline.accounts.roles import Role
from firstline.kernel import clock
from firstline.kernel.actors import EVERYTHING, Actor
from firstline.places.models import PlaceKind

# Where a role may be worn: whoever answers for a county answers for a county, not for one street of it.
_BELOW_COMMUNITY = frozenset({PlaceKind.COMPOUND, PlaceKind.SCATTERED, PlaceKind.BUILDING})
PLACES: dict[Role, frozenset[PlaceKind]] = {
    Role.CITY_OFFICER: frozenset({PlaceKind.CITY}),
    Role.COUNTY_OFFICER: frozenset({PlaceKind.COUNTY}),
    Role.SUBDISTRICT_CLERK: frozenset({PlaceKind.TOWNSHIP}),
    Role.COMMUNITY_DIRECTOR: frozenset({PlaceKind.COMMUNITY}),
    Role.GRID_WORKER: _BELOW_COMMUNITY | {PlaceKind.COMMUNITY},
    Role.INFORMATION_CLERK: _BELOW_COMMUNITY | {PlaceKind.COMMUNITY},
    Role.RECHECKER: _BELOW_COMMUNITY,
}

# Which roles the holder of a role may give and end; never one that sees more than the giver's own line of work.
_GIVEN_BY: dict[Role, frozenset[Role]] = {
    Role.COUNTY_OFFICER: frozenset(Role) - {Role.CITY_OFFICER},
    Role.COMMUNITY_DIRECTOR: frozenset({Role.GRID_WORKER, Role.INFORMATION_CLERK, Role.RECHECKER}),
}


def may_give(actor: Actor, role: Role, *, act: str, path: str | None) -> bool:
    """Whether one role that the actor holds now covers ``act`` at ``path`` (None: anywhere) and gives ``role``.

    One and the same: whoever is county officer elsewhere gives no county officer's roles where they are a director.
    """
    return any(
        grant.covers(act, path, clock.now())
        and (EVERYTHING in grant.permissions or role in _GIVEN_BY.get(Role(grant.role), frozenset()))
        for grant in actor.grants
    )
