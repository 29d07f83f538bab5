"""A question set as lines of a paper form."""

from typing import NamedTuple

from firstline.census.questions import words
from firstline.census.questions.definition import Kind, QuestionSet


class Line(NamedTuple):
    """One line to print. ``kind`` is a question's (see `definition.Kind`), or "group" for a heading.

    ``choices`` are labels to tick; ``condition`` says in words when it is asked, "" for always.
    """

    label: str
    kind: str
    choices: list[str]
    hint: str = ""
    condition: str = ""
    required: bool = False


def lines(said: QuestionSet, language: str = "zh") -> list[Line]:
    """What a form shows, top to bottom; pictures are left out, for paper has none."""
    found: list[Line] = []
    group = ""
    for question in said.questions:
        if question.kind is Kind.PHOTO:
            continue
        begun = said.group(question.group) if question.group != group else None
        group = question.group
        if begun is not None:
            found.append(Line(said.text(begun.label, language), "group", []))
        found.append(
            Line(
                said.text(question.label, language),
                question.kind.value,
                [said.text(choice.label, language) for choice in said.choices.get(question.choices, [])],
                said.text(question.hint, language),
                words.condition_of(said, question, language),
                question.required,
            )
        )
    return found
