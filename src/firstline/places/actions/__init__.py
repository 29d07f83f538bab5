"""Writing places: divisions, compounds and their profile, buildings and doors."""

from firstline.places.actions.compounds import Profile, create_compound, describe_compound
from firstline.places.actions.declarations import Declaration, declare_buildings, withdraw_declaration
from firstline.places.actions.divisions import create_place, recode_place
from firstline.places.actions.frames import Walk, add_door, walk_frame

__all__ = [
    "Declaration",
    "Profile",
    "Walk",
    "add_door",
    "create_compound",
    "create_place",
    "declare_buildings",
    "describe_compound",
    "recode_place",
    "walk_frame",
    "withdraw_declaration",
]
