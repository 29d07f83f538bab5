"""Writing places: divisions, compounds and their profile, buildings and doors."""

from firstline.places.actions.compound_lists import Difference, Imported, import_compounds
from firstline.places.actions.compounds import create_compound, describe_compound, learn_names
from firstline.places.actions.declarations import Declaration, declare_buildings, withdraw_declaration
from firstline.places.actions.divisions import Entered, create_place, enter_villages, load_divisions
from firstline.places.actions.dwellings import add_home, merge_doors, split_door
from firstline.places.actions.edits import add_door_seen, edit_compound
from firstline.places.actions.frames import Walk, add_door, walk_frame
from firstline.places.actions.proposals import (
    DoorNamed,
    Settled,
    accept_proposals,
    propose_doors,
    refuse_proposals,
    settle_proposals,
)
from firstline.places.actions.succession import Part, merge_places, rename_place, renumber_place, split_place
from firstline.places.describing import Profile

__all__ = [
    "Declaration",
    "Difference",
    "DoorNamed",
    "Entered",
    "Imported",
    "Part",
    "Profile",
    "Settled",
    "Walk",
    "accept_proposals",
    "add_door",
    "add_door_seen",
    "add_home",
    "create_compound",
    "create_place",
    "declare_buildings",
    "describe_compound",
    "edit_compound",
    "enter_villages",
    "import_compounds",
    "learn_names",
    "load_divisions",
    "merge_doors",
    "merge_places",
    "propose_doors",
    "refuse_proposals",
    "rename_place",
    "renumber_place",
    "settle_proposals",
    "split_door",
    "split_place",
    "walk_frame",
    "withdraw_declaration",
]
