"""Compounds: added below their community, and described by whoever knows them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext

from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import organisation_key
from firstline.places.errors import FrameTooLarge, PlaceClosed
from firstline.places.models import (
    Company,
    CompanyContacts,
    Compound,
    Contact,
    MakeUp,
    Management,
    Place,
    PlaceKind,
    Post,
    PostKind,
)
from firstline.places.selectors import compound_for

_MOST_COMPOUNDS = 9_999


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody says of a compound. ``contacts`` None leaves the company's contacts as they are."""

    make_up: MakeUp = MakeUp.UNKNOWN
    management: Management = Management.UNKNOWN
    gatehouse: bool | None = None
    company: str = ""
    contacts: list[Contact] | None = None
    believed_households: str = ""
    aliases: list[str] = field(default_factory=list)
    address: str = ""


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


def describe(compound: Compound, profile: Profile) -> None:
    """Write a profile and put it on record, inside an action that holds the compound."""
    before = _as_said(compound)
    compound.make_up, compound.management = profile.make_up, profile.management
    compound.gatehouse = profile.gatehouse
    compound.company = _company(compound, profile) if profile.company else None
    compound.believed_households = profile.believed_households
    compound.aliases, compound.address = profile.aliases, profile.address
    unmanaged = compound.looked_after is False
    compound.unmanaged_since = (compound.unmanaged_since or clock.now()) if unmanaged else None
    compound.save()
    if profile.gatehouse:
        _main_gate(compound)
    after = _as_said(compound) | (
        {"contacts": [c.name for c in profile.contacts]} if profile.contacts is not None else {}
    )
    ledger.record(path=compound.place.path, subject=compound, before=before, after=after)


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


def _company(compound: Compound, profile: Profile) -> Company:
    """The company of that name in this community, with new contacts where some were given."""
    path = paths.community_of(compound.place.path)
    company = Company.objects.filter(path=path, name=profile.company).first() or Company(
        path=path, name=profile.company
    )
    if profile.contacts is not None or company._state.adding:
        company.seal(CompanyContacts(profile.contacts or []), organisation_key())
        company.save()
    return company


def _main_gate(compound: Compound) -> None:
    # The gate's name is data that everybody reads, so it is in the installation's language, not the clerk's.
    with translation.override(settings.LANGUAGE_CODE):
        name = gettext("Main gate")
    if not Post.objects.filter(place=compound.place, kind=PostKind.GATE).exists():
        Post.objects.create(place=compound.place, path=compound.place.path, kind=PostKind.GATE, name=name)


def _as_said(compound: Compound) -> dict[str, Any]:
    return {
        "make_up": compound.make_up,
        "management": compound.management,
        "gatehouse": compound.gatehouse,
        "company": compound.company.name if compound.company else "",
        "believed_households": compound.believed_households,
        "aliases": compound.aliases,
        "address": compound.address,
    }
