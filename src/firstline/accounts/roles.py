"""Roles and what each may do. Permissions are the names of actions, and of the reading that needs a hat."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COUNTY_OFFICER = "county_officer", _("County officer")
    SUBDISTRICT_CLERK = "subdistrict_clerk", _("Subdistrict clerk")
    COMMUNITY_DIRECTOR = "community_director", _("Community director")
    GRID_WORKER = "grid_worker", _("Grid worker")
    INFORMATION_CLERK = "information_clerk", _("Information clerk")


_READ_PLACES = {"places.read", "gaps.read"}
_AT_THE_DOOR = {"census.read", "census.record_attempt", "census.void_attempt", "registry.read_mentions", "registry.search"}
_FRAME = {"places.add_door", "places.walk_frame"}
_LISTS = {
    "registry.read_lists",
    "registry.stage_file",
    "registry.accept_file",
    "registry.discard_file",
}
_PLAN = {
    "places.create_compound",
    "places.describe_compound",
    "places.declare_buildings",
    "places.withdraw_declaration",
}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.COUNTY_OFFICER: frozenset(
        _READ_PLACES
        | {"places.create_place", "places.recode_place"}
        | {"census.read", "audit.read_ledger", "accounts.grant_role", "accounts.end_grant", "response.declare"}
    ),
    Role.SUBDISTRICT_CLERK: frozenset(_READ_PLACES | {"census.read"}),
    Role.COMMUNITY_DIRECTOR: frozenset(
        _READ_PLACES
        | _AT_THE_DOOR
        | _FRAME
        | _LISTS
        | _PLAN
        | {"registry.reveal_numbers", "audit.read_ledger", "accounts.grant_role", "accounts.end_grant"}
    ),
    Role.GRID_WORKER: frozenset(_READ_PLACES | _AT_THE_DOOR | _FRAME | {"registry.reveal_numbers"}),
    Role.INFORMATION_CLERK: frozenset(_READ_PLACES | _AT_THE_DOOR | _LISTS | {"places.add_door"}),
}
