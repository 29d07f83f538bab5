"""Containers found in house-by-house inspections: the three indices by compound, from the answers of visits that count.

A house counts once, with its last inspection. To add them up, sealed answers are opened in memory, so the page is for
those who may know the residents, and the look is on record.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from firstline.census.campaigns import campaigns_within
from firstline.census.models import Attempt, AttemptNote, Campaign
from firstline.census.questions import fields, indices, selectors
from firstline.census.questions.definition import QuestionSet
from firstline.census.questions.indices import Found, Indices
from firstline.census.questions.validation import Answers
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.paths import Range


@dataclass(frozen=True, slots=True)
class CompoundRow:
    """One compound's inspected houses."""

    name: str
    indices: Indices


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One type of container over all houses shown."""

    label: str
    found: Found


def containers_page(actor: Actor) -> dict[str, Any]:
    """The indices of the campaign that leads at the actor's places, where its questions count containers."""
    parts = [part for part in campaigns_within(actor.ranges(selectors.LOOK)) if _types(part.campaign)]
    inspected = [one for part in parts for one in _inspected(actor, part.campaign, part.within)]
    types = list(dict.fromkeys(name for part in parts for name in _types(part.campaign)))
    houses: dict[str, list[Answers]] = {}
    for attempt, answers in inspected:
        houses.setdefault(attempt.door.building.compound.place.name, []).append(answers)
    whole = indices.indices(types, [answers for _attempt, answers in inspected])
    rows = [CompoundRow(name, indices.indices(types, found)) for name, found in houses.items()]
    rows.sort(key=lambda row: -(row.indices.breteau_index or 0))
    return {
        "section": "census:campaigns",
        "asks": bool(parts),
        "whole": whole,
        "rows": rows,
        "types": [TypeRow(_label(parts[0].campaign, name), whole.by_type[name]) for name in types],
    }


def _types(campaign: Campaign) -> list[str]:
    said = selectors.questions_of(campaign)
    return indices.types_in(said) if said else []


def _inspected(actor: Actor, campaign: Campaign, within: Range) -> list[tuple[Attempt, Answers]]:
    """The last answers at each door, with their attempt. Answers to another set say nothing of containers."""
    last: dict[uuid.UUID, tuple[Attempt, Answers]] = {}
    for attempt in selectors.answered_within(campaign.pk, [within]):
        note = _opened(attempt)
        if note.questions == str(campaign.question_set_id):
            last[attempt.door_id] = (attempt, note.answers)
    found = list(last.values())
    if found:
        ledger.look(actor, selectors.LOOK, path=within.lo, subject=campaign, fields=["answers"])
    return found


def _opened(attempt: Attempt) -> AttemptNote:
    try:
        note: AttemptNote = attempt.open()
    except KeyDestroyed:
        return AttemptNote()
    return note


def _label(campaign: Campaign, name: str) -> str:
    """What a type is called: the label of its first number, up to the colon."""
    said = selectors.questions_of(campaign)
    return _spoken(said, name) if said else name


def _spoken(said: QuestionSet, name: str) -> str:
    question = said.question(name + indices.SEEN)
    label = said.text(question.label, fields.language()) if question else name
    return label.replace("：", ":").partition(":")[0]
