"""A question set as data: what `reading` makes of a workbook, what is stored, and what the browser is given as JSON.

Pure. Texts shown to people are `Texts`: language code -> text, "" for a column without a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Literal

import msgspec

Texts = dict[str, str]


class Kind(StrEnum):
    """The types of question that are read; a note asks nothing."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    PHOTO = "photo"


CHOSEN = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})


class Answer(msgspec.Struct, frozen=True, tag="answer", tag_field="is"):
    """The answer to a question: ${name}, or "." as the name of the question itself."""

    name: str


class Constant(msgspec.Struct, frozen=True, tag="constant", tag_field="is"):
    """A number, a date or a text that stands in the expression, as text."""

    text: str


Operand = Answer | Constant


class Compare(msgspec.Struct, frozen=True, tag="compare", tag_field="is"):
    """Two values compared as what they are; ``kind`` was settled when the set was read."""

    sign: Literal["=", "!=", "<", "<=", ">", ">="]
    kind: Literal["number", "date", "text"]
    left: Operand
    right: Operand


class Selected(msgspec.Struct, frozen=True, tag="selected", tag_field="is"):
    """selected(${name}, 'choice'): the choice is among the answers."""

    name: str
    choice: str


class AllOf(msgspec.Struct, frozen=True, tag="and", tag_field="is"):
    parts: list[Expression]


class AnyOf(msgspec.Struct, frozen=True, tag="or", tag_field="is"):
    parts: list[Expression]


class Not(msgspec.Struct, frozen=True, tag="not", tag_field="is"):
    part: Expression


Expression = Compare | Selected | AllOf | AnyOf | Not


class Choice(msgspec.Struct, frozen=True):
    name: str
    label: Texts


class Group(msgspec.Struct, frozen=True):
    """A heading over questions; where its condition does not hold, none of them is asked."""

    name: str
    label: Texts
    relevant: Expression | None = None


class Question(msgspec.Struct, frozen=True):
    """One question. ``choices`` names its list, ``group`` the group it stands in; "" for none.

    ``relevant`` looks at questions above it only. ``constraint`` is about an answer that was given.
    """

    name: str
    kind: Kind
    label: Texts
    hint: Texts = msgspec.field(default_factory=dict)
    required: bool = False
    relevant: Expression | None = None
    constraint: Expression | None = None
    message: Texts = msgspec.field(default_factory=dict)
    choices: str = ""
    group: str = ""


class QuestionSet(msgspec.Struct, frozen=True):
    """Questions in the order they are asked. ``name`` is the form_id, ``languages`` those its columns name."""

    name: str
    title: str
    version: str
    questions: list[Question]
    groups: list[Group] = msgspec.field(default_factory=list)
    choices: dict[str, list[Choice]] = msgspec.field(default_factory=dict)
    languages: list[str] = msgspec.field(default_factory=list)
    language: str = ""

    def question(self, name: str) -> Question | None:
        """The question of this name, if there is one."""
        return next((one for one in self.questions if one.name == name), None)

    def group(self, name: str) -> Group | None:
        """The group of this name, if there is one."""
        return next((one for one in self.groups if one.name == name), None)

    def asked(self) -> Iterator[Question]:
        """The questions that take an answer."""
        return (one for one in self.questions if one.kind is not Kind.NOTE)

    def text(self, texts: Mapping[str, str], language: str = "") -> str:
        """A text in the language asked for ("zh", "zh-hans"), else in the set's own, else in any; "" for none."""
        wanted = language.lower().split("-")[0]
        for code in (wanted, self.language, "", *self.languages):
            if texts.get(code):
                return texts[code]
        return ""


def encoded(said: QuestionSet) -> bytes:
    """The one JSON of a set, keys in the order of the structs: what is stored, hashed, and given to the browser."""
    return msgspec.json.encode(said)


def decoded(data: bytes | str) -> QuestionSet:
    """The set that a JSON says. Raises msgspec.ValidationError."""
    return msgspec.json.decode(data, type=QuestionSet)
