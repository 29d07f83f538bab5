"""Compounds: added below their community, and described by whoever knows them."""

import uuid
from collections.abc import Sequence

from django.db.models import Max

from firstline.kernel import ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.describing import Profile, describe
from firstline.places.errors import FrameTooLarge, PlaceClosed
from firstline.places.models import Compound, Place, PlaceKind
from firstline.places.selectors import compound_for

_MOST_COMPOUNDS = 9_999


@action("places.create_compound")
def create_compound(actor: Actor, *, community_path: str, name: str, scattered: bool = False) -> Compound:
    """Add a compound, or a community's scattered homes, below its community.

    Raises NotFound, NameTaken, PlaceClosed.
    """
    # The community's row gives out the numbers of its compounds, one at a time.
    communities = Place.objects.select_for_update(no_key=True)
    community = communities.filter(path=community_path, kind=PlaceKind.COMMUNITY).first()
    if community is None:
        raise NotFound
    if community.closed_on is not None:
        raise PlaceClosed(place=community.name)
    last = Place.objects.filter(parent=community).aggregate(last=Max("path"))["last"]
    number = int(last.rsplit("/", 1)[-1]) + 1 if last else 1
    if number > _MOST_COMPOUNDS:
        raise FrameTooLarge(limit=_MOST_COMPOUNDS, place=community.name)
    place = Place.objects.create(
        path=paths.child(community_path, "compound", number),
        kind=PlaceKind.SCATTERED if scattered else PlaceKind.COMPOUND,
        name=name,
        parent=community,
        position=number,
    )
    compound = Compound.objects.create(place=place)
    ledger.record(path=place.path, subject=compound, after={"name": name, "kind": place.kind})
    return compound


@action("places.describe_compound")
def describe_compound(actor: Actor, *, compound_id: uuid.UUID, profile: Profile) -> Compound:
    """Say how a compound is made up, who looks after it and whom to call there; a gatehouse brings a gate to be manned.

    The company's contacts are sealed. Since when nobody looks after a compound is kept until somebody does.
    Raises NotFound.
    """
    compound_for(actor, compound_id, needs="places.describe_compound")
    compound = (
        Compound.objects.select_for_update(no_key=True, of=("self",))
        .select_related("place", "company")
        .get(pk=compound_id)
    )
    describe(compound, profile)
    return compound


@action("places.learn_names")
def learn_names(actor: Actor, *, compound_id: uuid.UUID, names: Sequence[str]) -> Compound:
    """Keep further names that people call a compound by, as lists write them; known ones change nothing.

    Raises NotFound.
    """
    compound_for(actor, compound_id, needs="places.learn_names")
    compound = Compound.objects.select_for_update(no_key=True, of=("self",)).select_related("place").get(pk=compound_id)
    before = list(compound.aliases)
    known = {compound.place.name, *before}
    compound.aliases = before + [name for name in dict.fromkeys(names) if name not in known]
    compound.save(update_fields=["aliases"])
    ledger.record(
        path=compound.place.path, subject=compound, before={"aliases": before}, after={"aliases": compound.aliases}
    )
    return compound
