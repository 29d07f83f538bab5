"""One line for one person, as it is said at a door: `王建国 男 56 户主 13912345678`, or a name and a document number.

The parts may stand in any order; the name comes first among the words. A document number alone fills birth date and
sex. What is not understood stays as the remark. Pure: no database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.identifiers import names, phone, resident_id
from firstline.identifiers.resident_id import Document
from firstline.identifiers.width import halve
from firstline.registry.reading.codes import RELATIONS
from firstline.registry.reading.words import RELATION_WORDS

LONGEST = 400
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """What one source said of one person. ``relation`` is a code of ``reading.codes.RELATIONS`` or empty.

    ``phones`` are digits only, ``birth_date`` is ISO; ``birth_year`` alone may come from an age and be one off.
    """

    name: str
    sex: str = ""
    birth_date: str = ""
    birth_year: int | None = None
    relation: str = ""
    phones: tuple[str, ...] = ()
    id_number: str = ""
    id_problem: str = ""
    origin_division: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PersonRead:
    """How a line was understood; ``person`` is None when it names nobody. ``doubts`` are keys of ``DOUBTS``."""

    person: PersonSaid | None
    doubts: tuple[str, ...] = ()


DOUBTS: dict[str, str | Promise] = {
    "name_missing": _("No name in it"),
    "name_unusual": _("The name looks unusual; is it one?"),
    "phone_problem": _("The phone number cannot be right; it is kept as said"),
    "id_problem": _("The document number cannot be right; it is kept as said"),
    "too_long": _("Too long for one person; write one person a line"),
}

_DOCUMENT = re.compile(r"(?<![0-9A-Za-z])(?:[1-9]\d{16}[0-9Xx]|[1-9]\d{14}|[A-Za-z]{1,3}\d{6,12})(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}|0\d{2,3}[ \-]?[2-9]\d{6,7}|\d{7,14})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d) ?年?(?:生|出生)?(?!\d)")
_AGE = re.compile(r"(?<!\d)(?P<age>\d{1,3}) ?(?:周?岁)?(?!\d)")
_SEX = {"男": "male", "女": "female", "男性": "male", "女性": "female", "m": "male", "f": "female"}
_SEX_GLUED = re.compile(r"^(?P<name>\D{2,})(?P<sex>[男女])$")
_BREAKS = re.compile(r"[\s,，、;；|/]+")
_HAN_DIGIT = re.compile(r"(?<=[\u3400-\u9fff])(?=\d)|(?<=\d)(?=[\u3400-\u9fff])(?!\d*[岁年周生])")


def read_person(text: str, *, today: date) -> PersonRead:
    """Read a line. Never raises; nothing of it is lost: what is no field is the remark."""
    if len(text) > LONGEST:
        return PersonRead(None, ("too_long",))
    line = _Line(halve(text))
    person = PersonSaid(name="")
    doubts: list[str] = []
    for take in (_take_document, _take_phones, _take_birth):
        person, doubt = take(line, person, today)
        doubts += doubt
    person = _take_words(line, person)
    judged = names.judge(person.name)
    if not person.name:
        return PersonRead(None, ("name_missing",))
    if judged.kind != "name" or judged.notes:
        doubts.append("name_unusual")
    return PersonRead(person, tuple(doubts))


def fields_of(read: PersonRead) -> list[tuple[str, str]]:
    """Label and value of everything that was understood, for the line under the entry."""
    if (person := read.person) is None:
        return []
    born = person.birth_date or (gettext("about %(year)s") % {"year": person.birth_year} if person.birth_year else "")
    fields = [
        (gettext("name"), person.name),
        (gettext("sex"), {"male": gettext("male"), "female": gettext("female")}.get(person.sex, "")),
        (gettext("born"), born),
        (gettext("relation"), gettext(RELATIONS.get(person.relation, "")) if person.relation else ""),
        (gettext("phone"), gettext(", ").join(person.phones)),
        (gettext("document"), person.id_number),
        (gettext("remark"), person.remark),
    ]
    return [(label, value) for label, value in fields if value]


def doubts_of(read: PersonRead) -> list[str]:
    """The doubts of a reading in words."""
    return [str(DOUBTS[doubt]) for doubt in read.doubts]


def with_document(person: PersonSaid, document: Document) -> PersonSaid:
    """Fill in what a sound document number says of birth, sex and origin; what was said otherwise stands."""
    known = replace(person, id_problem=document.problems[0] if document.problems else "")
    if not document.sound:
        return known
    return replace(
        known,
        sex=person.sex or document.sex or "",
        birth_date=person.birth_date or (document.birth.isoformat() if document.birth else ""),
        birth_year=person.birth_year or (document.birth.year if document.birth else None),
        origin_division=document.origin or "" if document.kind.startswith("resident") else "",
    )


def completed(person: PersonSaid) -> PersonSaid:
    """The same, with what its document number says; a problem its source saw in the number itself stands."""
    if not person.id_number:
        return person
    known = with_document(person, resident_id.parse(person.id_number))
    return replace(known, id_problem=person.id_problem or known.id_problem)


class _Line:
    """What is left of a line while its parts are taken out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(
        self, pattern: re.Pattern[str], accept: Callable[[re.Match[str]], bool] = lambda _found: True
    ) -> re.Match[str] | None:
        for found in pattern.finditer(self.text):
            if accept(found):
                self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
                return found
        return None

    @property
    def words(self) -> list[str]:
        return [word for word in _BREAKS.split(_HAN_DIGIT.sub(" ", self.text)) if word]


def _take_document(line: _Line, person: PersonSaid, today: date) -> tuple[PersonSaid, list[str]]:
    found = line.take(_DOCUMENT)
    if not found:
        return person, []
    document = resident_id.parse(found[0], today=today)
    person = with_document(replace(person, id_number=document.canonical or found[0].upper()), document)
    return person, [] if document.sound else ["id_problem"]


def _take_phones(line: _Line, person: PersonSaid, _today: date) -> tuple[PersonSaid, list[str]]:
    doubts: list[str] = []
    phones: list[str] = []
    while found := line.take(_PHONE):
        for number in phone.parse_cell(found[0]).numbers:
            phones.append(number.canonical or re.sub(r"\D", "", found[0]))
            doubts += ["phone_problem"] if number.problems and "phone_problem" not in doubts else []
    return replace(person, phones=tuple(dict.fromkeys(phones))), doubts


def _take_birth(line: _Line, person: PersonSaid, today: date) -> tuple[PersonSaid, list[str]]:
    if found := line.take(_YEAR, lambda found: int(found["year"]) <= today.year):
        return replace(person, birth_year=person.birth_year or int(found["year"])), []
    if found := line.take(_AGE, lambda found: int(found["age"]) <= _OLDEST):
        return replace(person, birth_year=person.birth_year or today.year - int(found["age"])), []
    return person, []


def _take_words(line: _Line, person: PersonSaid) -> PersonSaid:
    name = ""
    rest: list[str] = []
    for word in _unglued(line.words):
        if not person.sex and word.lower() in _SEX:
            person = replace(person, sex=_SEX[word.lower()])
        elif word.lower() in _SEX:
            continue
        elif not person.relation and word in RELATION_WORDS:
            person = replace(person, relation=RELATION_WORDS[word])
        elif not name or (name.isascii() and word.isascii() and word.isalpha() and not rest):
            name = f"{name} {word}".strip()
        else:
            rest.append(word)
    return replace(person, name=names.clean(name), remark=" ".join(rest))


def _unglued(words: list[str]) -> list[str]:
    """王建国男 as two words; a name that ends so (胜男) stands alone and stays whole when sex was said apart."""
    sex_said = any(word.lower() in _SEX for word in words)
    apart: list[str] = []
    for word in words:
        found = None if sex_said or len(word) < 4 else _SEX_GLUED.match(word)
        apart += [found["name"], found["sex"]] if found else [word]
    return apart
