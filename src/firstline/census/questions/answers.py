"""Answers as an attempt keeps them: checked against the campaign's set, and shown again in words."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from firstline.census.models import AttemptNote, Campaign, QuestionSet
from firstline.census.questions import fields, validation, words
from firstline.census.questions.definition import Kind
from firstline.census.questions.errors import InvalidAnswers, NothingAsked
from firstline.census.questions.selectors import questions_of
from firstline.census.results import Result


class Said(NamedTuple):
    """One answer as people read it."""

    label: str
    text: str


def checked(campaign: Campaign, answers: Mapping[str, Any], result: str) -> dict[str, Any]:
    """The answers to a campaign's questions as they are kept; {} for none given, as lists and logs bring.

    Something known in part (`Result.PARTIAL`) may leave out what must be answered. Raises InvalidAnswers, NothingAsked.
    """
    if not answers:
        return {}
    said = questions_of(campaign)
    if said is None:
        raise NothingAsked
    wrong = validation.problems(said, answers, fields.language())
    if result != Result.REGISTERED:
        wrong = [one for one in wrong if one.code != "required"]
    if wrong:
        labels = (
            said.text(question.label, fields.language()) if (question := said.question(one.name)) else one.name
            for one in wrong
        )
        raise InvalidAnswers(questions=", ".join(labels))
    return validation.kept(said, answers)


def told(note: AttemptNote, sets: Mapping[uuid.UUID, QuestionSet]) -> list[Said]:
    """The answers of an attempt in the order they were asked, pictures left out: they are shown for themselves."""
    found = sets.get(uuid.UUID(note.questions)) if note.questions else None
    if found is None:
        return []
    language = fields.language()
    return [
        Said(found.said.text(question.label, language), words.answer_text(found.said, question, value, language))
        for question in found.said.asked()
        if question.kind is not Kind.PHOTO and (value := note.answers.get(question.name))
    ]


def set_ids(notes: Sequence[AttemptNote]) -> set[uuid.UUID]:
    """The sets that notes hold answers to."""
    return {uuid.UUID(note.questions) for note in notes if note.questions}
