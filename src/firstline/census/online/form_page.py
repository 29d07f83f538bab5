"""What the public page stands on. Nothing on it depends on what anybody has reported."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from msgspec.structs import replace

from firstline.census.campaigns import campaign_at
from firstline.census.models import Campaign
from firstline.census.online import asked, doors
from firstline.census.online.codes import grouped
from firstline.census.online.intake import new_token, token_of
from firstline.census.online.judging import Doubt
from firstline.census.online.selectors import PublicLink
from firstline.census.online.written import FIRST_ROWS, MOST_ROWS, PersonWritten, Written
from firstline.kernel import paths
from firstline.kernel.paths import subtree
from firstline.places.models import PlaceKind
from firstline.places.selectors import compounds_within, names_at
from firstline.registry.masks import masked_document, masked_phone
from firstline.registry.mentions import relation_text

RELATIONS = (
    "head", "spouse", "child", "parent", "child_in_law", "parent_in_law", "grandchild", "grandparent", "sibling",
    "other_relative", "tenant", "not_related",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One person's fields on the page, and what is doubtful in them, by field."""

    number: int
    person: PersonWritten
    doubts: dict[str, str | Promise]
    aside: bool

    @property
    def came(self) -> bool:
        return bool(self.person.came_from or self.person.came_on or self.person.came_by)


def form_page(
    link: PublicLink,
    *,
    written: Written | None = None,
    doubts: Sequence[Doubt] = (),
    token: str = "",
    root_id: uuid.UUID | None = None,
    shown: int = 0,
    tell: bool = False,
) -> dict[str, Any]:
    """The page of a link: empty, with what was typed so far, or with the household's earlier words.

    ``shown`` is how many rows it has at least; ``tell``: answers that do not fit are marked.
    """
    campaign = campaign_at(link.path)
    typed = written or Written()
    whole = link.compound_id is None
    questions = asked.questions(campaign, typed, tell=tell)
    return {
        **_about(link),
        "emergency": campaign.emergency.name,
        "action": reverse("census:report", args=[link.code]),
        "back_url": reverse("census:report_back", args=[link.code]),
        "token": token or new_token(link.code),
        "root": token_of(root_id) if root_id else "",
        "typed": typed,
        "compounds": _compounds(link.path, typed.compound) if whole else [],
        "offer": None if whole or link.kind == PlaceKind.SCATTERED else doors.offer(link.path),
        "rows": (rows := _rows(typed, doubts, shown)),
        "full": len(rows) >= MOST_ROWS,
        "relations": [(code, relation_text(code)) for code in RELATIONS],
        "doubts": {doubt.field: doubt.text for doubt in doubts if doubt.row == 0},
        "questions": questions,
        "doubtful": bool(doubts) or any(one.problem for one in (questions or {"fields": []})["fields"]),
        "consent": consent(campaign, community=names_at([paths.community_of(link.path)])),
    }


def sent_page(link: PublicLink, code: str) -> dict[str, Any]:
    """What is said when a report has come in: the same whatever became of it."""
    return {
        **_about(link),
        "household_code": grouped(code),
        "back_url": reverse("census:report_back", args=[link.code]),
        "again_url": reverse("census:report", args=[link.code]),
    }


def back_page(link: PublicLink, mistake: str = "") -> dict[str, Any]:
    """Where a household types its code."""
    return {
        **_about(link),
        "action": reverse("census:report_back", args=[link.code]),
        "form_url": reverse("census:report", args=[link.code]),
        "mistake": mistake,
    }


def consent(campaign: Campaign, community: dict[str, str]) -> list[str]:
    """Who sees what a household writes, what for, and until when, in plain words."""
    name = next(iter(community.values()), "")
    return [
        _("Seen by the people of %(community)s who do the registering, and nobody else. Each look leaves a record.")
        % {"community": name},
        _("Neighbours and property companies do not see it; this page shows nobody what others have written."),
        _("Used for this emergency only. %(days)d days after its end at the latest it becomes unreadable for good.")
        % {"days": settings.FIRSTLINE_KEEP_DAYS},
    ]


def masked(written: Written) -> Written:
    """A household's earlier words for its own eyes; numbers masked, since anybody may find a note with a code."""
    people = [
        replace(person, id_number=masked_document(person.id_number), phone=masked_phone(person.phone))
        for person in written.people
    ]
    return replace(written, people=people)


def unmasked(written: Written, earlier: Written) -> Written:
    """The same with the earlier numbers where the mask was left as it stood, row by row and then anywhere."""
    people = []
    for at, person in enumerate(written.people):
        known = [*earlier.people[at : at + 1], *earlier.people]
        document = next((one.id_number for one in known if masked_document(one.id_number) == person.id_number), None)
        phone = next((one.phone for one in known if masked_phone(one.phone) == person.phone), None)
        people.append(replace(person, id_number=document or person.id_number, phone=phone or person.phone))
    return replace(written, people=people)


def _about(link: PublicLink) -> dict[str, Any]:
    return {"place": link.place, "phone": link.phone}


def _compounds(path: str, chosen: str) -> list[tuple[str, str, bool]]:
    within = subtree(paths.community_of(path))
    return [(str(one.pk), one.place.name, str(one.pk) == chosen) for one in compounds_within(within)]


def _rows(typed: Written, doubts: Sequence[Doubt], shown: int) -> list[Row]:
    count = max(len(typed.people), min(max(shown, FIRST_ROWS), MOST_ROWS))
    people = [*typed.people, *[PersonWritten()] * (count - len(typed.people))]
    if not typed.people:
        people[0] = PersonWritten(relation="head")
    return [
        Row(
            number,
            person,
            {doubt.field: doubt.text for doubt in doubts if doubt.row == number},
            aside=bool(person.sex or person.birth),
        )
        for number, person in enumerate(people, 1)
    ]
