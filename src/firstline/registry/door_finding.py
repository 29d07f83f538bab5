"""The doors of a community as addresses are looked up among them: what residents type, what rows of logs say."""

import uuid

from firstline.kernel.paths import subtree
from firstline.places.models import Compound, Door, PlaceKind
from firstline.places.proposals import doors_read
from firstline.places.selectors import ancestors, compounds_within
from firstline.registry.addresses import Called, Placed, StandingDoors


def standing_doors(community_path: str) -> StandingDoors:
    """What ``addresses.read_free`` and ``read_parts`` need, inside the scope of whoever asks.

    One statement for the compounds, one for the places above, and one for the doors of each compound that is named.
    """
    compounds = {str(one.pk): one for one in compounds_within(subtree(community_path))}
    around = [place.name for place in ancestors(community_path)]
    return StandingDoors(
        [called(key, one) for key, one in compounds.items()], lambda key: doors_read(compounds[key]), around
    )


def door_id(placed: Placed) -> uuid.UUID:
    """The id of the door that was found, of a compound whose key is its id."""
    return Door.id_for(uuid.UUID(placed.compound), placed.door.label)


def called(key: str, compound: Compound) -> Called:
    """A compound as addresses can mean it."""
    scattered = compound.place.kind == PlaceKind.SCATTERED
    return Called(key, compound.place.name, tuple(compound.aliases), compound.address, scattered)
