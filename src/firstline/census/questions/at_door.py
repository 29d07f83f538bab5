"""The questions of a campaign on a door's page: what is asked, what was posted, and what attempts have answered."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.models import Attempt, AttemptNote, AttemptPhoto, Campaign
from firstline.census.questions import answers, fields, selectors, validation
from firstline.census.questions.answers import Said
from firstline.census.questions.definition import Kind, QuestionSet
from firstline.census.questions.errors import PictureNotTaken
from firstline.census.questions.uploading import pictures_of
from firstline.census.questions.validation import Problem
from firstline.census.results import Result
from firstline.kernel.ids import read_id

# The field of a picture of the visit itself, and the one that says which set a form was drawn from.
PICTURE, SET = "picture", "questions"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a form of a visit said besides its outcome: answers as typed and as kept, and pictures by question."""

    typed: Mapping[str, str | list[str]] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    mistake: str = ""

    @property
    def has_words(self) -> bool:
        """Whether anything was answered, which no address may carry."""
        return any(self.typed.values())

    def in_the_way(self, result: str) -> str:
        """Why a visit with this result cannot be recorded yet; "" when it can. Partly known may leave things out."""
        if self.mistake:
            return self.mistake
        wrong = [one for one in self.problems if result == Result.REGISTERED or one.code != "required"]
        return _("Some answers are missing or cannot be right; see below.") if wrong else ""


def answered(request: HttpRequest, attempt_id: uuid.UUID) -> Answered:
    """What a form said, by the set it was drawn from; the action judges it once more by the campaign's."""
    said = _set_of(request.POST.get(SET, ""))
    photos = [one.name for one in said.asked() if one.kind is Kind.PHOTO] if said else []
    pictures, mistake = {}, ""
    try:
        pictures = pictures_of(request, {PICTURE: "", **{fields.PREFIX + name: name for name in photos}})
    except PictureNotTaken as problem:
        mistake = str(problem)
    if said is None:
        return Answered(pictures=pictures, mistake=mistake)
    typed = fields.typed(said, request.POST)
    typed |= {name: str(AttemptPhoto.id_for(attempt_id, name)) for name in pictures if name}
    kept = validation.kept(said, typed)
    asked = {name: content for name, content in pictures.items() if not name or name in kept}
    return Answered(typed, kept, validation.problems(said, typed, fields.language()), asked, mistake)


def asked_at(campaign: Campaign, given: Answered, *, tell: bool) -> dict[str, Any] | None:
    """The context of `census/questions/_fields.html` for an entry at a door; None where the campaign asks nothing.

    With ``tell`` it says what is wrong; while people are still being noted, nothing is missing yet.
    """
    said = selectors.questions_of(campaign)
    if said is None:
        return None
    problems = given.problems if tell else ()
    return {**fields.questions_for(said, given.typed, problems), "id": campaign.question_set_id}


def carried(campaign: Campaign, given: Answered) -> list[tuple[str, str]]:
    """What was answered so far as hidden fields, for while another outcome is chosen. Pictures are chosen anew."""
    if not given.has_words:
        return []
    values = [
        (fields.PREFIX + name, value)
        for name, typed in given.typed.items()
        for value in ([typed] if isinstance(typed, str) else typed)
        if value
    ]
    return [(SET, str(campaign.question_set_id)), *values]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visit brought besides its remark: answers in words, and where its pictures are."""

    answers: Sequence[Said] = ()
    pictures: Sequence[Mapping[str, str]] = ()


def shown(attempts: Sequence[Attempt], notes: Mapping[uuid.UUID, AttemptNote]) -> dict[uuid.UUID, Shown]:
    """Answers and pictures of attempts whose notes were opened, by attempt; whoever shows them records the look."""
    sets = selectors.sets_by_id(answers.set_ids(list(notes.values())))
    return {
        attempt.pk: Shown(
            answers.told(note, sets), [_picture(one, note, sets) for one in getattr(attempt, "picture_ids", ())]
        )
        for attempt in attempts
        if (note := notes.get(attempt.pk)) is not None
    }


def _picture(photo_id: uuid.UUID, note: AttemptNote, sets: Mapping[uuid.UUID, Any]) -> dict[str, str]:
    found = sets.get(uuid.UUID(note.questions)) if note.questions else None
    name = next((name for name, value in note.answers.items() if value == str(photo_id)), "")
    question = found.said.question(name) if found and name else None
    label = found.said.text(question.label, fields.language()) if found and question else _("Picture")
    return {"url": reverse("census:photo", args=[photo_id]), "label": label}


def _set_of(text: str) -> QuestionSet | None:
    set_id = read_id(text) if text else None
    found = selectors.sets_by_id([set_id]) if set_id else {}
    return next((one.said for one in found.values()), None)
