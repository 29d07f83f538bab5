"""What can be made of a report: its people, what is doubtful in it, and whether a clerk must look before it counts.

Nothing here refuses. A doubt is shown once, and the household may stand by its words; what is no household's report at
all is parked for a clerk. Pure: no database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.online.written import PersonWritten, Written
from firstline.identifiers import names, phone, resident_id
from firstline.identifiers.width import halve
from firstline.registry.person_line import PersonSaid, completed
from firstline.registry.reading.words import RELATION_WORDS

# More people live behind a door now and then; a clerk looks whether they do.
MOST_AT_ONCE = 12
LONGEST_NOTE, LONGEST_LINE = 2_000, 200
_OLDEST = 120


class ParkedFor(TextChoices):
    """Why a report waits for a clerk, in the order in which the pile shows it; empty: it does not wait."""

    NO = "", _("placed at once")
    DOOR_MISSING = "door_missing", _("No door is written")
    DOOR_UNREADABLE = "door_unreadable", _("The door cannot be read")
    DOOR_AMBIGUOUS = "door_ambiguous", _("Several doors fit")
    DOOR_UNKNOWN = "door_unknown", _("No such door is on record")
    COMPOUND_UNKNOWN = "compound_unknown", _("Which compound is not clear")
    NOBODY = "nobody", _("Nobody is named")
    NAMES = "names", _("Names that are none")
    NUMBERS = "numbers", _("Numbers that cannot be right")
    MANY = "many", _("Very many people for one door")
    LONG = "long", _("A very long text")
    AGAIN = "again", _("The same door again and again")
    FLOOD = "flood", _("Came in a flood")
    UNSIGNED = "unsigned", _("Not sent from our page")
    QUESTIONS = "questions", _("Answers that do not fit the questions")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the household should look at once more; ``row`` counts people from 1, 0 is the page itself."""

    row: int
    field: str
    text: str | Promise


def people_of(written: Written, today: date) -> list[PersonSaid]:
    """The people who were named, as any other source says them."""
    return [_said(person, today) for person in written.named if person.name]


def doubts_of(written: Written, today: date) -> list[Doubt]:
    """What is worth a second look before it is sent, in the order of the page."""
    found = []
    if not (written.room or written.address):
        found.append(Doubt(0, "room", _("Which door is yours? Write building, unit and room, or the address.")))
    if not written.named:
        found.append(Doubt(0, "people", _("Nobody is written down yet. Write at least one name.")))
    for row, person in enumerate(written.people, 1):
        if not person.empty:
            found += [Doubt(row, field, text) for field, text in _doubts(person, today)]
    return found


def parked_for(written: Written) -> ParkedFor:
    """Why a report's own words are for a clerk, or NO. Whether its door is known is not asked here."""
    named = written.named
    judged = [names.judge(person.name).kind for person in named]
    if "name" not in judged and "partial" not in judged:
        return ParkedFor.NAMES if any(person.name for person in named) else ParkedFor.NOBODY
    if "not_a_name" in judged or "empty" in judged:
        return ParkedFor.NAMES
    if _made_up(named):
        return ParkedFor.NUMBERS
    if len(named) > MOST_AT_ONCE:
        return ParkedFor.MANY
    lines = (text for person in named for text in _texts(person))
    if len(written.note) > LONGEST_NOTE or any(len(text) > LONGEST_LINE for text in (*lines, written.symptoms)):
        return ParkedFor.LONG
    return ParkedFor.NO


def complete(person: PersonSaid) -> bool:
    """Whether somebody is known well enough that nobody need ask again: a whole name, and when they were born."""
    whole = names.judge(person.name).kind == "name"
    return whole and bool(completed(person).birth_year)


def sounds_ill(symptoms: str) -> bool:
    """Whether the line about symptoms says anything but no."""
    return bool(symptoms) and not _NO.fullmatch(halve(symptoms).strip("。.! "))


_NO = re.compile(
    r"(?:没有?|无|否|都?没有?症状|无症状|正常|健康|都?好|都健康|0|no|none)(?:症状|异常|不舒服)?", re.IGNORECASE
)


def _said(person: PersonWritten, today: date) -> PersonSaid:
    document = resident_id.parse(person.id_number) if person.id_number else None
    numbers = phone.parse_cell(person.phone).numbers if person.phone else ()
    digits = [one.canonical or re.sub(r"\D", "", person.phone) for one in numbers]
    birth_date, birth_year = _born(person.birth, today)
    remarks = [_came(person)]
    if person.phone and not any(digits):
        remarks.append(person.phone)
    relation = RELATION_WORDS.get(person.relation, "")
    if person.relation and not relation:
        remarks.append(person.relation)
    return PersonSaid(
        name=names.clean(person.name) or person.name,
        sex={"男": "male", "女": "female", "male": "male", "female": "female"}.get(person.sex, ""),
        birth_date=birth_date,
        birth_year=birth_year,
        relation=relation,
        phones=tuple(dict.fromkeys(filter(None, digits))),
        id_number=(document.canonical or person.id_number) if document else "",
        id_problem=document.problems[0] if document and document.problems else "",
        remark=", ".join(filter(None, remarks)),
    )


def _came(person: PersonWritten) -> str:
    """Where somebody came home from, as one line of words; the report keeps them apart."""
    return " ".join(filter(None, (person.came_on, person.came_from, person.came_by)))


def _born(text: str, today: date) -> tuple[str, int | None]:
    """Birth date (ISO, if it is one) and year of ``1961``, ``1961-5-2``, ``19610502``, ``59`` or ``59岁``."""
    plain = halve(text)
    if found := re.fullmatch(r"((?:19|20)\d\d)[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?", plain):
        try:
            born = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return "", int(found[1])
        return born.isoformat(), born.year
    if found := re.match(r"((?:19|20)\d\d)(?!\d)", plain):
        return "", int(found[1])
    if (found := re.fullmatch(r"(\d{1,3}) ?(?:周?岁)?", plain)) and int(found[1]) <= _OLDEST:
        return "", today.year - int(found[1])
    return "", None


def _doubts(person: PersonWritten, today: date) -> Iterator[tuple[str, str | Promise]]:
    judged = names.judge(person.name)
    if not person.name:
        yield "name", _("Whose row is this? The name is missing.")
    elif judged.kind != "name":
        yield "name", _("Is this the whole name?")
    if person.id_number and not resident_id.parse(person.id_number, today=today).sound:
        yield "id", _("This number is not right somewhere; compare it with the card.")
    if person.phone and not _possible(person.phone):
        yield "phone", _("This phone number cannot be right; look at it once more.")
    if person.birth and not any(_born(person.birth, today)):
        yield "birth", _("Write the year of birth with four digits, or the age.")


def _possible(text: str) -> bool:
    """Whether a phone may be somebody's; eleven times the same digit is nobody's."""
    return any(
        not number.problems
        and number.kind in {"mobile", "landline", "international"}
        and len(set(number.canonical)) > 3
        for number in phone.parse_cell(text).numbers
    )


def _made_up(named: list[PersonWritten]) -> bool:
    """Whether phones are given and none can be one, and no document number speaks for anybody."""
    phones = [person.phone for person in named if person.phone]
    sound = any(resident_id.parse(person.id_number).sound for person in named if person.id_number)
    return bool(phones) and not sound and not any(map(_possible, phones))


def _texts(person: PersonWritten) -> Iterator[str]:
    return (getattr(person, name) for name in person.__struct_fields__)
