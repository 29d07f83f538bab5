"""What the pages of channels stand on: every compound with its proposal, its reason, what was chosen and brought."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.accounts.selectors import names_of
from firstline.census.campaigns import campaigns_within
from firstline.census.channels.actions import OFFERED
from firstline.census.channels.selectors import CHOOSE, READ, CompoundChannels, channels_within
from firstline.census.channels.sentences import sentence
from firstline.census.results import Channel
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.models import Compound

# Shorter than what an attempt's line says: here the channel is a noun in a row.
SHORT: dict[Channel, str | Promise] = {
    Channel.LIST: gettext_lazy("Company's list"),
    Channel.ONLINE: gettext_lazy("Online form"),
    Channel.PHONE: gettext_lazy("Telephone"),
    Channel.INTERCOM: gettext_lazy("Intercom"),
    Channel.PAPER: gettext_lazy("Paper"),
    Channel.DOOR: gettext_lazy("At the doors"),
    Channel.CALLBACK: gettext_lazy("Called us back"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One compound of the table."""

    name: str
    url: str
    edit_url: str
    doors: int
    proposed: list[str]
    why: str
    chosen: list[str]
    by: str
    at: datetime | None
    brought: list["Brought"]


@dataclass(frozen=True, slots=True)
class Brought:
    """How many doors a channel has registered."""

    label: str
    doors: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of channels, and what may be chosen for it."""

    number: int
    options: list[tuple[str, str, bool]]


def channels_page(actor: Actor) -> dict[str, Any]:
    """Every compound of the actor's places with its channels."""
    parts = campaigns_within(actor.ranges(READ))
    found = channels_within(parts)
    names = names_of({one.choice.by_person_id for one in found if one.choice})
    rows = [_row(actor, one, names) for one in found]
    total: dict[str, int] = {}
    for one in found:
        for channel, doors in one.brought.items():
            total[channel] = total.get(channel, 0) + doors
    return {
        "section": "census:channels",
        "at_work": bool(parts),
        "rows": rows,
        "brought": _brought(total),
        "calls_url": reverse("census:calls"),
        "walk_url": reverse("census:walk"),
        "intercom_url": reverse("census:intercom"),
    }


def choose_page(
    actor: Actor, compound: Compound, *, chosen: list[str] | None = None, mistake: str = ""
) -> dict[str, Any]:
    """The form of one compound: its channels in order, and whether it has a chat group."""
    one = next(iter(channels_within(campaigns_within([subtree(compound.place.path)]))), None)
    standing = chosen if chosen is not None else list(one.choice.channels) if one and one.choice else []
    group = one.choice.chat_group if one and one.choice else None
    return {
        "section": "census:channels",
        "compound": compound.place.name,
        "back_url": reverse("census:channels"),
        "proposed": _names(one.proposal.channels) if one else [],
        "why": sentence(one.proposal) if one else "",
        "places": [_place(number, standing) for number in range(1, len(OFFERED) + 1)],
        "groups": [
            ("yes", _("There is one"), group is True),
            ("no", _("There is none"), group is False),
            ("", _("Not known"), group is None),
        ],
        "mistake": mistake,
    }


def _row(actor: Actor, one: CompoundChannels, names: dict[uuid.UUID, str]) -> Row:
    choice = one.choice if one.choice and one.choice.channels else None
    compound = one.compound
    return Row(
        name=compound.place.name,
        url=reverse("census:compound", args=[compound.pk]),
        edit_url=reverse("census:choose_channels", args=[compound.pk])
        if actor.may(CHOOSE, compound.place.path)
        else "",
        doors=one.profile.doors,
        proposed=_names(one.proposal.channels),
        why=sentence(one.proposal),
        chosen=_names(one.channels) if choice else [],
        by=names.get(choice.by_person_id, "") if choice else "",
        at=choice.recorded_at if choice else None,
        brought=_brought(one.brought),
    )


def _brought(counts: Mapping[str, int]) -> list[Brought]:
    return [Brought(str(SHORT[channel]), counts[channel]) for channel in Channel if counts.get(channel)]


def _names(channels: Iterable[str]) -> list[str]:
    return [str(SHORT[Channel(channel)]) for channel in channels]


def _place(number: int, standing: list[str]) -> Place:
    here = standing[number - 1] if len(standing) >= number else ""
    return Place(number, [("", "—", not here), *((one.value, str(SHORT[one]), one.value == here) for one in OFFERED)])
