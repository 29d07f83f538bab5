"""What the pages of question sets stand on: all sets, one as it will look, and why a workbook is refused."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.census.models import Campaign, QuestionSet
from firstline.census.questions import fields, indices, selectors, shipped, words
from firstline.census.questions.definition import Kind
from firstline.census.questions.definition import QuestionSet as Said
from firstline.census.questions.workbook import Refusal
from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set in the list. ``used_by`` names the campaigns that ask it."""

    title: str
    version: str
    at: datetime
    by: str
    url: str
    used_by: str


@dataclass(frozen=True, slots=True)
class ShippedRow:
    """A set that comes along. ``taken`` when the same questions stand among the sets already."""

    title: str
    about: str
    workbook_url: str
    take_url: str


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign whose questions the reader settles. ``asks`` is what it asks now, "" for nothing."""

    id: uuid.UUID
    name: str
    asks: str
    chosen: bool


def questions_page(actor: Actor, *, refusals: Sequence[Refusal] = (), mistake: str = "") -> dict[str, Any]:
    """All sets the actor may use. ``refusals`` and ``mistake`` come back when a workbook was not taken."""
    sets = selectors.sets_for(actor)
    users = _users(selectors.campaigns_reaching(actor))
    names = names_of({one.by_person_id for one in sets})
    may_upload = actor.may(selectors.UPLOAD)
    return {
        "section": "census:campaigns",
        "sets": [_row(one, names, users) for one in sets],
        "shipped": [_shipped(name) for name in shipped.NAMES],
        "upload_url": reverse("census:questions") if may_upload else "",
        "refusals": [{"where": words.where(one), "text": words.sentence(one)} for one in refusals],
        "mistake": mistake,
    }


def set_page(actor: Actor, found: QuestionSet) -> dict[str, Any]:
    """One set: how it will look, and which campaigns ask it."""
    said = found.said
    mine = selectors.campaigns_to_choose(actor) if actor.may(selectors.CHOOSE) else []
    asked = selectors.sets_by_id([one.question_set_id for one in mine if one.question_set_id])
    campaigns = [
        CampaignRow(
            one.pk,
            one.name,
            _called(asked[one.question_set_id]) if one.question_set_id else "",
            one.question_set_id == found.pk,
        )
        for one in mine
    ]
    return {
        "section": "census:campaigns",
        "set": {
            "title": found.title,
            "version": _version(found),
            "at": found.recorded_at,
            "by": names_of({found.by_person_id}).get(found.by_person_id, ""),
            "count": sum(1 for _one in said.asked()),
            "pictures": any(one.kind is Kind.PHOTO for one in said.questions),
        },
        "questions": fields.questions_for(said),
        "back_url": reverse("census:questions"),
        "workbook_url": reverse("census:question_workbook", args=[found.pk]),
        "campaigns": campaigns,
        "may_choose": actor.may(selectors.CHOOSE),
        "choose_url": reverse("census:choose_questions"),
        "set_id": found.pk,
        "containers_url": reverse("census:containers") if indices.types_in(said) else "",
    }


def workbook_name(name: str, number: int | None = None) -> str:
    """What a downloaded workbook is called: letters, digits and - only, whatever the set is called."""
    safe = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in name).strip("-")
    return f"{safe or 'questions'}{f'-{number}' if number else ''}.xlsx"


def _row(one: QuestionSet, names: Mapping[uuid.UUID, str], users: Mapping[uuid.UUID, list[str]]) -> SetRow:
    return SetRow(
        title=one.title,
        version=_version(one),
        at=one.recorded_at,
        by=names.get(one.by_person_id, ""),
        url=reverse("census:question_set", args=[one.pk]),
        used_by=_(", ").join(users.get(one.pk, [])),
    )


def _version(one: QuestionSet) -> str:
    """The count of its uploads, and what the workbook itself says."""
    number = _("version %(number)d") % {"number": one.number}
    return _("%(number)s (%(said)s)") % {"number": number, "said": one.version} if one.version else number


def _called(one: QuestionSet) -> str:
    return _("%(title)s, %(version)s") % {"title": one.title, "version": _version(one)}


def _users(campaigns: Sequence[Campaign]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = {}
    for one in campaigns:
        if one.question_set_id:
            found.setdefault(one.question_set_id, []).append(one.name)
    return found


def _shipped(name: str) -> ShippedRow:
    said: Said = shipped.read(name)
    about = {
        "epidemic-2020": _("who came back, from where and how; who is unwell; what is needed"),
        "flood-evacuation": _("dangers, who cannot leave alone, vehicles, shelter; a household counts once"),
        "mosquito-inspection": _("containers with water and with larvae by type; gives the Breteau index"),
    }
    titles = {
        "epidemic-2020": _("Epidemic 2020"),
        "flood-evacuation": _("Flood evacuation"),
        "mosquito-inspection": _("Mosquito inspection"),
    }
    return ShippedRow(
        title=titles.get(name, said.title),
        about=about.get(name, ""),
        workbook_url=reverse("census:shipped_workbook", args=[name]),
        take_url=reverse("census:take_shipped", args=[name]),
    )
