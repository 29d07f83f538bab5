"""What a household wrote, as it came: the fields of the page read into one value, nothing judged and nothing lost."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from django.http import QueryDict

# Rows of the page; a dormitory writes several reports.
FIRST_ROWS, MOST_ROWS = 3, 40
# No household writes so much; what is larger is not read at all.
MOST_BYTES = 256 * 1024
_ROW_FIELD = re.compile(r"(?P<row>\d{1,3})-(?P<part>name|relation|id|sex|birth|phone|from|on|by)")
_QUESTION = "q."


class PersonWritten(msgspec.Struct, omit_defaults=True):
    """One row of the page. ``came_*`` say where somebody came home from, when and how."""

    name: str = ""
    relation: str = ""
    id_number: str = ""
    sex: str = ""
    birth: str = ""
    phone: str = ""
    came_from: str = ""
    came_on: str = ""
    came_by: str = ""

    @property
    def empty(self) -> bool:
        """Whether the row was left alone; a relation is chosen beforehand in the first one."""
        return not any((self.name, self.id_number, self.birth, self.phone, self.came_from, self.came_on, self.came_by))


class Written(msgspec.Struct, omit_defaults=True):
    """A report as it was posted; texts are as typed, without the space around them.

    ``building`` and ``unit`` were chosen, ``room`` and ``address`` typed. ``filled_at`` is the device's time, as it
    said it. ``confirmed``: the doubts were shown and the household stood by its words.
    """

    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    address: str = ""
    people: list[PersonWritten] = []
    symptoms: str = ""
    note: str = ""
    filled_at: str = ""
    confirmed: bool = False
    answers: dict[str, list[str]] = {}

    @property
    def named(self) -> list[PersonWritten]:
        """The rows in which something stands."""
        return [person for person in self.people if not person.empty]

    @property
    def door(self) -> str:
        """The door in the household's own words."""
        chosen = " ".join(part for part in (self.building, self.unit, self.room) if part)
        return " · ".join(part for part in (chosen, self.address) if part)

    @property
    def empty(self) -> bool:
        return not (self.named or self.room or self.address or self.note)


@dataclass(frozen=True, slots=True)
class Posted:
    """One press of a button: what was written, under which token, and whether a row more was asked for.

    ``root`` is the signed mark of the report that is being corrected; ``rows`` is how many rows the page had.
    """

    written: Written
    token: str
    root: str
    rows: int
    more: bool


def read(form: QueryDict) -> Posted:
    """Read a posted form; whatever is missing is empty."""
    return Posted(
        written=Written(
            compound=_text(form, "compound"),
            building=_text(form, "building"),
            unit=_text(form, "unit"),
            room=_text(form, "room"),
            address=_text(form, "address"),
            people=_people(form),
            symptoms=_text(form, "symptoms"),
            note=_text(form, "note"),
            filled_at=_text(form, "filled_at"),
            confirmed=bool(form.get("confirmed")),
            answers=dict(_answers(form)),
        ),
        token=form.get("token", ""),
        root=form.get("root", ""),
        rows=len({found["row"] for field in form if (found := _ROW_FIELD.fullmatch(field))}),
        more=form.get("step") == "more",
    )


def fields_of(written: Written) -> dict[str, str]:
    """The fields of the page that say the same; for a client, and for a test."""
    parts = {name: getattr(written, name) for name in _PLAIN}
    for row, person in enumerate(written.people, 1):
        parts |= {f"{row}-{short}": getattr(person, name) for short, name in _PARTS.items()}
    return {name: text for name, text in parts.items() if text}


_PLAIN = ("compound", "building", "unit", "room", "address", "symptoms", "note", "filled_at")
_PARTS: Mapping[str, str] = {
    "name": "name",
    "relation": "relation",
    "id": "id_number",
    "sex": "sex",
    "birth": "birth",
    "phone": "phone",
    "from": "came_from",
    "on": "came_on",
    "by": "came_by",
}


def _people(form: QueryDict) -> list[PersonWritten]:
    """The rows in their order; those left empty at the end are none."""
    rows: dict[int, dict[str, str]] = {}
    for field in form:
        if found := _ROW_FIELD.fullmatch(field):
            rows.setdefault(int(found["row"]), {})[_PARTS[found["part"]]] = _text(form, field)
    people = [PersonWritten(**rows[row]) for row in sorted(rows)]
    while people and people[-1].empty:
        people.pop()
    return people


def _answers(form: QueryDict) -> Iterable[tuple[str, list[str]]]:
    for name in form:
        if name.startswith(_QUESTION):
            yield name.removeprefix(_QUESTION), [_plain(value) for value in form.getlist(name)]


def _text(form: QueryDict, name: str) -> str:
    return _plain(form.get(name, ""))


def _plain(text: str) -> str:
    # PostgreSQL keeps no NUL, and half of a surrogate pair has no bytes; neither was typed by anybody.
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()
