"""What is said of a compound: how it is made up, who looks after it; written inside the action that was told."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from firstline.kernel import clock, ledger, paths
from firstline.kernel.keys import organisation_key
from firstline.places.models import (
    Company,
    CompanyContacts,
    Compound,
    Contact,
    MakeUp,
    Management,
    Post,
    PostKind,
)
from firstline.places.posts import add_post


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
        add_post(compound.place, PostKind.GATE, name)


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
