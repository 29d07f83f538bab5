"""The questions of a campaign as a page draws them, and what a form posted of them.

Fields are named ``q.NAME``; `census/questions/_fields.html` draws them. Nothing here knows whose form it is: the door's
page, a household's own, a clerk's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import get_language

from firstline.census.questions import words
from firstline.census.questions.definition import Kind, Question, QuestionSet
from firstline.census.questions.validation import Answers, Problem

PREFIX = "q."


@dataclass(frozen=True, slots=True)
class Offered:
    """One choice of a question. ``id`` is its field's id on the page."""

    name: str
    label: str
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question on a page. ``heading`` is the group's label where a group begins, ``condition`` when it is asked."""

    name: str
    post_name: str
    id: str
    kind: str
    label: str
    hint: str
    required: bool
    condition: str
    value: str
    choices: list[Offered] = field(default_factory=list)
    problem: str = ""
    group: str = ""
    heading: str = ""


def typed(said: QuestionSet, form: QueryDict) -> dict[str, str | list[str]]:
    """The answers of a form as they were typed, to be shown again. Pictures are not in it: they are files."""
    answers: dict[str, str | list[str]] = {}
    for question in said.asked():
        given = form.getlist(PREFIX + question.name)
        if question.kind is Kind.SELECT_MULTIPLE:
            answers[question.name] = [one for one in given if one]
        elif question.kind is not Kind.PHOTO:
            answers[question.name] = given[0] if given else ""
    return answers


def questions_for(
    said: QuestionSet, answers: Answers | None = None, problems: Sequence[Problem] = ()
) -> dict[str, Any]:
    """The context of `census/questions/_fields.html`: ``{title, fields, data}``, with what was typed so far.

    Include it with ``questions=`` this. ``data`` is what the browser's half works with.
    """
    given, wrong = answers or {}, {one.name: sentence(one) for one in problems}
    fields, group = [], ""
    for question in said.questions:
        fields.append(_field(said, question, given, wrong, begins=question.group not in {"", group}))
        group = question.group
    return {"title": said.text({"": said.title}), "fields": fields, "data": _data(said)}


def sentence(problem: Problem) -> str:
    """What is wrong with an answer: in the set's own words, else in ours."""
    return problem.message or str(words.PROBLEMS[problem.code])


def language() -> str:
    """The language of the page, as texts of a set are asked for."""
    return get_language() or ""


def _field(said: QuestionSet, question: Question, given: Answers, wrong: Mapping[str, str], *, begins: bool) -> Field:
    value = given.get(question.name, "")
    group = said.group(question.group)
    return Field(
        name=question.name,
        post_name=PREFIX + question.name,
        id=f"q-{question.name}",
        kind=question.kind.value,
        label=said.text(question.label, language()),
        hint=said.text(question.hint, language()),
        required=question.required,
        condition=words.condition_of(said, question, language()),
        value=value if isinstance(value, str) else "",
        choices=_offered(said, question, value),
        problem=wrong.get(question.name, ""),
        group=question.group,
        heading=said.text(group.label, language()) if group and begins else "",
    )


def _offered(said: QuestionSet, question: Question, value: str | Sequence[str]) -> list[Offered]:
    chosen = [value] if isinstance(value, str) else value
    return [
        Offered(choice.name, said.text(choice.label, language()), choice.name in chosen, f"q-{question.name}-{at}")
        for at, choice in enumerate(said.choices.get(question.choices, []))
    ]


def _data(said: QuestionSet) -> dict[str, Any]:
    sentences = {code: str(text) for code, text in words.PROBLEMS.items()}
    return {"set": msgspec.to_builtins(said), "language": language(), "words": sentences}
