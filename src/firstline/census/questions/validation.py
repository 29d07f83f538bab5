"""Answers against their set: which questions are asked, what is wrong with an answer, what is kept. Pure.

Answers come as they were typed: a text for each question, a list of names for select_multiple. The same rules stand in
`frontend/questions/`; both are tested by `contracts/vectors/questions.json`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from firstline.census.questions.calendar_days import day_of
from firstline.census.questions.definition import Expression, Kind, Question, QuestionSet
from firstline.census.questions.expressions import Value, holds

Answers = Mapping[str, str | Sequence[str]]

LONGEST_TEXT = 2000
_LONGEST_PHOTO = 200
_INTEGER = re.compile(r"[+-]?[0-9]{1,9}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,6})?")


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with the answer to a question.

    Codes: required, not_an_integer, not_a_number, not_a_date, not_a_choice, text_too_long, not_a_text, constraint,
    unknown (no question of that name). ``message`` is the set's own sentence for a constraint, else "".
    """

    name: str
    code: str
    message: str = ""


def relevant(said: QuestionSet, answers: Answers) -> list[str]:
    """The names of what is asked or shown with these answers, notes included, in order.

    An answer that is not asked for, or is none, counts as empty for the questions below it.
    """
    return _walk(said, answers)[0]


def problems(said: QuestionSet, answers: Answers, language: str = "") -> list[Problem]:
    """What is wrong, in the order of the questions; nothing about questions that are not asked."""
    names, values = _walk(said, answers)
    found = []
    for name in names:
        question = said.question(name)
        if question is None or question.kind is Kind.NOTE:
            continue
        code = _problem(said, question, answers.get(name, ""), values)
        if code:
            message = said.text(question.message, language) if code == "constraint" else ""
            found.append(Problem(name, code, message))
    known = {one.name for one in said.asked()}
    return found + [Problem(name, "unknown") for name in sorted(set(answers) - known)]


def kept(said: QuestionSet, answers: Answers) -> dict[str, str | list[str]]:
    """The answers in their canonical form: those asked for and given; an answer to what is not asked is dropped."""
    _names, values = _walk(said, answers)
    return {name: value if isinstance(value, str) else list(value) for name, value in values.items() if value}


def _walk(said: QuestionSet, answers: Answers) -> tuple[list[str], dict[str, Value]]:
    """What is asked, and the canonical answers to it. One pass: conditions look at what stands above them only."""
    names: list[str] = []
    values: dict[str, Value] = {}
    for question in said.questions:
        group = said.group(question.group) if question.group else None
        conditions = (group.relevant if group else None, question.relevant)
        if not all(_true(condition, values) for condition in conditions):
            continue
        names.append(question.name)
        if question.kind is not Kind.NOTE:
            values[question.name] = canonical(said, question, answers.get(question.name, "")) or ""
    return names, values


def _true(condition: Expression | None, values: Mapping[str, Value]) -> bool:
    return condition is None or holds(condition, values)


def canonical(said: QuestionSet, question: Question, raw: str | Sequence[str]) -> Value | None:
    """An answer as it is kept ("" for none), or None where it is no answer to this kind of question."""
    if question.kind is Kind.SELECT_MULTIPLE:
        return _chosen(said, question, raw)
    if not isinstance(raw, str):
        return None
    text = raw.strip()
    if not text:
        return ""
    match question.kind:
        case Kind.INTEGER:
            plain = _plain(text)
            return str(int(plain)) if _INTEGER.fullmatch(plain) else None
        case Kind.DECIMAL:
            plain = _plain(text)
            return plain if _DECIMAL.fullmatch(plain) else None
        case Kind.DATE:
            return day_of(text)
        case Kind.SELECT_ONE:
            return text if text in _names(said, question) else None
        case Kind.PHOTO:
            return text if len(text) <= _LONGEST_PHOTO else None
        case _:
            return text if len(text) <= LONGEST_TEXT else None


_WRONG = {
    Kind.INTEGER: "not_an_integer",
    Kind.DECIMAL: "not_a_number",
    Kind.DATE: "not_a_date",
    Kind.SELECT_ONE: "not_a_choice",
    Kind.SELECT_MULTIPLE: "not_a_choice",
    Kind.PHOTO: "not_a_text",
}


def _problem(said: QuestionSet, question: Question, raw: str | Sequence[str], values: Mapping[str, Value]) -> str:
    value = canonical(said, question, raw)
    if value is None:
        return _WRONG.get(question.kind, "text_too_long" if isinstance(raw, str) else "not_a_text")
    if not value:
        return "required" if question.required else ""
    if question.constraint is not None and not holds(question.constraint, values, value):
        return "constraint"
    return ""


def _chosen(said: QuestionSet, question: Question, raw: str | Sequence[str]) -> Value | None:
    """Several choices, in the order of their list, each once."""
    given = raw.split() if isinstance(raw, str) else [one for one in raw if one]
    names = _names(said, question)
    return [name for name in names if name in given] if set(given) <= set(names) else None


def _names(said: QuestionSet, question: Question) -> list[str]:
    return [choice.name for choice in said.choices.get(question.choices, [])]


def _plain(text: str) -> str:
    """Digits as a Chinese keyboard types them, too: １２ -> 12."""
    return unicodedata.normalize("NFKC", text).strip()
