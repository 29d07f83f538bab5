"""Proposed doors of a compound, building by building: which lists name each, what speaks for it, yes or no."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.places.models import Compound, EvidenceSource
from firstline.places.names import building_name, door_name
from firstline.places.pattern import Support
from firstline.places.proposals import OpenProposal, open_proposals

ACCEPT, REFUSE = "places.accept_proposals", "places.refuse_proposals"
_WHY: dict[Support, str | Promise] = {
    Support.TWO_SOURCES: gettext_lazy("two sources name it"),
    Support.PATTERN: gettext_lazy("it fits among its neighbours"),
    Support.ALONE: gettext_lazy("one source, and nothing around it"),
    Support.HOLE: gettext_lazy("no list names it, but all around it are named"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One proposed door."""

    id: uuid.UUID
    name: str
    evidence: str
    why: str | Promise


@dataclass(frozen=True, slots=True)
class Group:
    """The proposed doors of one building; ``new`` when no door of it is on record."""

    label: str
    name: str
    new: bool
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody pressed: yes or no, to these doors."""

    accept: bool
    door_ids: list[uuid.UUID]


def proposals_page(actor: Actor, compound: Compound) -> dict[str, Any]:
    """The context of ``places/proposals.html``."""
    found = open_proposals(compound)
    known = set(compound.buildings.values_list("label", flat=True))
    return {
        "section": "places:compounds",
        "compound": {"name": compound.place.name, "url": reverse("places:frame", args=[compound.pk])},
        "groups": [
            _group(label, list(listed), known) for label, listed in groupby(found, key=lambda one: one.building)
        ],
        "total": len(found),
        "may_decide": actor.may(ACCEPT, compound.place.path),
        "decide_url": reverse("places:proposals", args=[compound.pk]),
    }


def chosen_of(post: QueryDict, compound: Compound) -> Chosen:
    """The doors a button stands for: ``accept`` or ``refuse`` with ``all``, ``in:<building>`` or a door's id.

    Raises Invalid.
    """
    verb = next((name for name in ("accept", "refuse") if name in post), "")
    what = post.get(verb, "")
    if what == "all" or what.startswith("in:"):
        label = what.removeprefix("in:") if what != "all" else None
        listed = open_proposals(compound)
        return Chosen(verb == "accept", [one.id for one in listed if label is None or one.building == label])
    try:
        return Chosen(verb == "accept", [uuid.UUID(what)])
    except ValueError as problem:
        raise Invalid(problem=_("Choose one of the answers offered.")) from problem


def decided_text(chosen: Chosen, count: int) -> str:
    """What was done, in words."""
    if chosen.accept:
        return ngettext("%(count)d door is on record now.", "%(count)d doors are on record now.", count) % {
            "count": count
        }
    return ngettext("%(count)d door is refused.", "%(count)d doors are refused.", count) % {"count": count}


def _group(label: str, listed: Sequence[OpenProposal], known: set[str]) -> Group:
    return Group(label, building_name(label), label not in known, [_row(one) for one in listed])


def _row(one: OpenProposal) -> Row:
    door = one.door
    name = door_name(door.building, door.unit, door.address or door.room)
    return Row(one.id, name, _evidence(one), _WHY[one.support])


def _evidence(one: OpenProposal) -> str:
    said = [
        _("%(source)s: %(rows)d") % {"source": EvidenceSource(source).label, "rows": rows}
        for source, rows in sorted(one.rows.items())
        if source != EvidenceSource.PATTERN
    ]
    return _(", ").join(said)
