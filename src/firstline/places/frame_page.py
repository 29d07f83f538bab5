"""A compound's own page about itself: its profile, its buildings and how their doors are known."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.identifiers.building_line import EXAMPLES
from firstline.kernel import clock, ports
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.compounds_page import gatehouse_text, is_short, management_text
from firstline.places.models import Building, Compound, MakeUp, Management, PlaceKind
from firstline.places.names import building_name
from firstline.places.plans import plan_of
from firstline.places.preview import mistakes_of, preview_of
from firstline.places.proposals import open_counts
from firstline.places.selectors import Declared, buildings_of, declared_in
from firstline.places.signals import frame_shown

# How long the undo bar stands; the server judges by what leans on the doors, not by the clock.
_UNDO_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page is asked to show beside the compound: a line being written, a door that was not understood."""

    line: str = ""
    declared: uuid.UUID | None = None
    mistake: str = ""
    at_building: uuid.UUID | None = None
    typed: str = ""
    choices: list[str] = field(default_factory=list)
    profile_open: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What another source says beside the frame: how many doors, which, and where to look."""

    title: str
    count: int
    labels: str
    url: str


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """One building: how its doors are known, and what somebody who stands there can say."""

    id: uuid.UUID
    name: str
    line: str
    doors: int
    url: str
    frame: dict[str, Any]
    difference: str
    walk_url: str
    add_url: str
    mistake: str
    typed: str
    choices: list[str]


def frame_page(actor: Actor, compound: Compound, shown: Shown) -> dict[str, Any]:
    """Everything the page of a compound's buildings and doors needs."""
    path, url = compound.place.path, reverse("places:frame", args=[compound.pk])
    buildings = buildings_of(compound)
    names = ports.names_of({building.walked_by_id for building in buildings if building.walked_by_id})
    plan = plan_of(compound, shown.line) if shown.line.strip() else None
    return {
        "section": "places:compounds",
        "compound": _compound(compound, buildings),
        "profile": _profile(compound, actor),
        "profile_open": shown.profile_open,
        "can_edit": actor.may("places.declare_buildings", path),
        "can_describe": actor.may("places.describe_compound", path),
        "describe_url": reverse("places:describe", args=[compound.pk]),
        "contacts_url": _contacts_url(actor, compound),
        "proposed": open_counts([subtree(path)]).get(compound.pk, 0),
        "proposals_url": reverse("places:proposals", args=[compound.pk]),
        "homes_url": _homes_url(compound),
        "buildings": [_row(actor, building, names, shown) for building in buildings],
        "now": timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M"),
        "line": shown.line,
        "save_url": url,
        "preview_url": reverse("places:frame_preview", args=[compound.pk]),
        "examples": list(EXAMPLES.values()),
        "preview": preview_of(plan) if plan else None,
        "mistakes": mistakes_of(plan) if plan else [],
        "mistake": shown.mistake if shown.at_building is None else "",
        "undo": _undo(actor, compound, shown.declared),
        "beside": _beside(actor, compound),
    }


def preview_context(compound: Compound, line: str) -> dict[str, Any]:
    """What the preview fragment shows while a line is being written."""
    plan = plan_of(compound, line) if line.strip() else None
    return {"preview": preview_of(plan) if plan else None, "mistakes": mistakes_of(plan) if plan else [], "line": line}


def difference_text(found: int, known: int) -> str:
    """How a walk's count and the doors known differ, said in words; nothing when they agree."""
    if found > known:
        missing = found - known
        text = ngettext(
            "%(found)d counted, %(known)d known: %(missing)d door is not known yet",
            "%(found)d counted, %(known)d known: %(missing)d doors are not known yet",
            missing,
        )
        return text % {"found": found, "known": known, "missing": missing}
    if found < known:
        surplus = known - found
        text = ngettext(
            "%(found)d counted, %(known)d known: %(surplus)d door was not found",
            "%(found)d counted, %(known)d known: %(surplus)d doors were not found",
            surplus,
        )
        return text % {"found": found, "known": known, "surplus": surplus}
    return ""


def _compound(compound: Compound, buildings: list[Building]) -> dict[str, Any]:
    doors = sum(building.door_count for building in buildings)
    return {
        "name": compound.place.name,
        "path": compound.place.path,
        "url": reverse("census:compound", args=[compound.pk]) if doors else reverse("places:compounds"),
        "make_up": compound.get_make_up_display(),
        "management": management_text(compound),
        "gatehouse": gatehouse_text(compound),
        "unmanaged": compound.looked_after is False,
        "believed": compound.believed_households,
        "short": is_short(compound, doors),
        "doors": doors,
        "who": ports.answering_for([compound.place.path]).get(compound.place.path) or _("Nobody yet"),
    }


def _beside(actor: Actor, compound: Compound) -> list[Beside]:
    """What the apps above say beside the frame; nothing where they agree with it."""
    answers = frame_shown.send(Compound, actor=actor, compound=compound)
    return [one for _receiver, said in answers for one in cast("list[Beside]", said) if one.count]


def _profile(compound: Compound, actor: Actor) -> dict[str, Any]:
    gatehouse = {True: "yes", False: "no", None: ""}[compound.gatehouse]
    return {
        "make_ups": _choices(MakeUp.choices, compound.make_up),
        "managements": _choices(Management.choices, compound.management),
        "gatehouses": _choices(
            [("", _("Not known yet")), ("yes", _("There is one")), ("no", _("There is none"))], gatehouse
        ),
        "company": compound.company.name if compound.company else "",
        "believed": compound.believed_households,
        "aliases": ", ".join(compound.aliases),
        "address": compound.address,
    }


def _choices(choices: Sequence[tuple[str, str | Promise]], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "chosen": value == chosen} for value, label in choices]


def _contacts_url(actor: Actor, compound: Compound) -> str:
    if compound.company_id is None or not actor.may("places.reveal_contacts", compound.place.path):
        return ""
    return reverse("places:contacts", args=[compound.pk])


def _homes_url(compound: Compound) -> str:
    """Homes of no compound are listed by their addresses, not by buildings."""
    scattered = compound.place.kind == PlaceKind.SCATTERED
    return reverse("places:homes", args=[compound.pk]) if scattered else ""


def _row(actor: Actor, building: Building, names: dict[uuid.UUID, str], shown: Shown) -> BuildingRow:
    path, here = building.place.path, shown.at_building == building.pk
    by = names.get(building.walked_by_id, "") if building.walked_by_id else ""
    found = building.walked_doors
    return BuildingRow(
        id=building.pk,
        name=building_name(building.label),
        line=building.plan,
        doors=building.door_count,
        url=reverse("census:building", args=[building.pk]),
        frame={"state": building.frame, "at": building.walked_at, "by": by},
        difference="" if found is None else difference_text(found, building.door_count),
        walk_url=reverse("places:walk", args=[building.pk]) if actor.may("places.walk_frame", path) else "",
        add_url=reverse("places:add_door", args=[building.pk]) if actor.may("places.add_door", path) else "",
        mistake=shown.mistake if here else "",
        typed=shown.typed if here else "",
        choices=shown.choices if here else [],
    )


def _undo(actor: Actor, compound: Compound, declaration_id: uuid.UUID | None) -> dict[str, Any] | None:
    may = actor.may("places.withdraw_declaration", compound.place.path)
    declared = declared_in(compound, declaration_id) if declaration_id and may else None
    if declared is None or declared.withdrawn or (left := _seconds_left(declared)) <= 0:
        return None
    added = ngettext("%(count)d door added", "%(count)d doors added", declared.doors) % {"count": declared.doors}
    return {
        "text": added,
        "detail": f"{timezone.localtime(declared.at):%H:%M}",
        "url": reverse("places:withdraw", args=[declared.id]),
        "seconds": left,
        "fields": {},
    }


def _seconds_left(declared: Declared) -> int:
    return int(_UNDO_SECONDS - (clock.now() - declared.at).total_seconds())
