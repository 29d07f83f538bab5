"""What devices hand in about doors: the bodies of commands, as ``docs/protocol/sync.md`` section 13 has them. Pure."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from firstline.census.giving import LONGEST_NOTE, MOST_MINUTES, MOST_PEOPLE
from firstline.census.results import Result
from firstline.registry.person_line import PersonSaid

MOST_PICTURE = 400 * 1024
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]
_Short = Annotated[str, msgspec.Meta(max_length=40)]
_Text = Annotated[str, msgspec.Meta(max_length=2_000)]


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said of one person at a door."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    sex: Literal["", "male", "female"] = ""
    birth_date: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}(-\d{2}){0,2})?$")] = ""
    birth_year: Annotated[int, msgspec.Meta(ge=1850, le=2200)] | None = None
    relation: _Short = ""
    phones: Annotated[tuple[_Short, ...], msgspec.Meta(max_length=10)] = ()
    id_number: _Short = ""
    id_problem: _Short = ""
    remark: Annotated[str, msgspec.Meta(max_length=400)] = ""

    @property
    def said(self) -> PersonSaid:
        return PersonSaid(
            name=self.name,
            sex=self.sex,
            birth_date=self.birth_date,
            birth_year=self.birth_year,
            relation=self.relation,
            phones=self.phones,
            id_number=self.id_number,
            id_problem=self.id_problem,
            remark=self.remark,
        )


class AttemptBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A try at a door. ``again_at`` is a time agreed upon; ``answers`` are to the campaign's questions, by name."""

    door_id: UUID
    result: Result
    channel: Literal["door", "intercom", "phone"] = "door"
    people: Annotated[tuple[Person, ...], msgspec.Meta(max_length=MOST_PEOPLE)] = ()
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""
    minutes: Annotated[int, msgspec.Meta(ge=0, le=MOST_MINUTES)] | None = None
    again_at: Milliseconds | None = None
    answers: dict[str, _Text | list[_Text]] = {}  # msgspec copies an empty default

    @property
    def agreed_at(self) -> datetime | None:
        return datetime.fromtimestamp(self.again_at / 1000, UTC) if self.again_at is not None else None


class VoidBody(msgspec.Struct, frozen=True):
    """An attempt is taken back."""

    attempt_id: UUID


class PictureBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A photograph of an attempt: to a question, or of the attempt itself."""

    attempt_id: UUID
    jpeg: bytes
    question: Annotated[str, msgspec.Meta(max_length=200)] = ""


class SheetBody(msgspec.Struct, frozen=True):
    """A numbered form slipped under a door, or a notice put on it."""

    door_id: UUID
    number: _Short
