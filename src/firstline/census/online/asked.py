"""The questions of a campaign on the public page, and what a household answered to them."""

from typing import Any

from firstline.census.models import Campaign
from firstline.census.online.written import Written
from firstline.census.questions import fields, validation
from firstline.census.questions.definition import Kind, QuestionSet
from firstline.census.questions.selectors import questions_of

Answers = dict[str, str | list[str]]


def questions(campaign: Campaign, written: Written, *, tell: bool) -> dict[str, Any] | None:
    """The questions as ``census/questions/_fields.html`` draws them, with what was answered so far; None without any.

    ``tell``: what does not fit is marked.
    """
    said = questions_of(campaign)
    if said is None:
        return None
    given = _typed(said, written)
    return fields.questions_for(said, given, _problems(said, given) if tell else ())


def misfit(campaign: Campaign, written: Written) -> bool:
    """Whether an answer does not fit its question, or one that must be given is missing."""
    said = questions_of(campaign)
    return said is not None and bool(_problems(said, _typed(said, written)))


def answers(campaign: Campaign, written: Written) -> Answers:
    """What is to be kept with the attempt, as it was given: what does not fit is for the attempt to refuse."""
    said = questions_of(campaign) if written.answers else None
    return {name: given for name, given in _typed(said, written).items() if given} if said is not None else {}


def fitting(campaign: Campaign, written: Written) -> Answers:
    """The same for a clerk who places the report: none where they do not fit; the report itself keeps every word."""
    return {} if misfit(campaign, written) else answers(campaign, written)


def _typed(said: QuestionSet, written: Written) -> Answers:
    typed: Answers = {}
    for question in said.asked():
        given = [text for text in written.answers.get(question.name, []) if text]
        if question.kind is Kind.SELECT_MULTIPLE:
            typed[question.name] = given
        elif question.kind is not Kind.PHOTO:
            typed[question.name] = given[0] if given else ""
    return typed


def _problems(said: QuestionSet, given: Answers) -> list[validation.Problem]:
    return list(validation.problems(said, given, fields.language()))
