"""What remarks and lists of names in a log say: people, how many, where they came from. Pure: no database.

said_in("刘有才2口人,太原市小店区返")   -> Said(people=(刘有才,), persons=2, returned=("太原市小店区",))
said_in("户主姓王")                    -> Said(surname="王")
people_in("3口人，赵宏刚、爱人雷小琴(太原市小店区回)")
"""

import re
from dataclasses import dataclass

from firstline.identifiers import names
from firstline.identifiers.names.tables import NOT_NAMES
from firstline.identifiers.width import halve
from firstline.registry.person_line import PersonSaid
from firstline.registry.reading.family import LONGEST_CELL, read_family
from firstline.registry.reading.remarks import people_in as tenants_in

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_BREAKS = re.compile(r"[,，;；。、\n]+")
_HEAD = re.compile(
    rf"^(?:户主|业主|房主|租户|租客)?(?P<name>[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,8}})?)家?(?:里|中)?(?:共|一共|有|住)?"
    r"(?P<count>\d{1,2})(?:口人?|个?人|位)"
)
_COUNT = re.compile(r"(?:家[里中]?|共|一家|全家|住|有|常住|实住|现住)*(?P<count>\d{1,2})(?:口人?|个人|人|位)")
_SURNAME = re.compile(rf"(?:户主|房主|业主|主家|租户)?姓(?P<surname>[{_HAN}]{{1,2}})")
_BACK = rf"[{_HAN}]{{2,14}}?"
_RETURNED = re.compile(rf"(?:从|由)?(?P<place>{_BACK})(?:返回?(?:来|人员)?|回来?(?:的|了)?|来的)(?![家话电信头去])")
_HOW_MANY = re.compile(r"^有(?P<place>[^\W\d_]{2,8})返回人员")
_ANOTHER = re.compile(r"另(?:住|有|外).{0,2}(?:一|1|两|2)?[家户]|合住|[住有](?:两|2)[家户]|第二[家户]")
_BRACKET = re.compile(r"[(（](?P<inner>[^()（）]{2,20})[)）]")
_NO_NAME = re.compile(
    r"[说没不返怕灯门邻住租户]|家里|^(?:一共|总共|常住|全家|一家|他家|她家|两口|老人|大人|小孩|孩子|大概|大约|至少|还有)"
)
_NO_PLACE = re.compile(r"[说晚早点天谁他她们我你]|老公|老婆|户主")


# Stands for a bracket while names are read.
_MARK = "\u241e"


@dataclass(frozen=True, slots=True)
class Said:
    """What a remark adds to an attempt. ``persons`` is how many live there, ``returned`` places somebody came from."""

    people: tuple[PersonSaid, ...] = ()
    persons: int | None = None
    surname: str = ""
    returned: tuple[str, ...] = ()
    second_household: bool = False


def said_in(remark: str) -> Said:
    """What a remark at a door says. Never raises; what is not understood stays the remark."""
    people, persons, surname, returned = list[PersonSaid](), None, "", list[str]()
    for piece in _BREAKS.split(halve(remark[:LONGEST_CELL]).strip()):
        if (head := _HEAD.match(piece)) and _is_name(head["name"].removesuffix("家")):
            people.append(PersonSaid(name=names.clean(head["name"].removesuffix("家")), relation="head"))
            persons = int(head["count"])
        elif found := _COUNT.match(piece):
            persons = int(found["count"])
        elif found := _SURNAME.search(piece):
            surname = found["surname"]
        elif found := _HOW_MANY.match(piece) or _RETURNED.search(piece):
            returned += [found["place"]] if not _NO_PLACE.search(found["place"]) else []
    people = people or _named_with_status(remark)
    return Said(tuple(people), persons, surname, tuple(returned), bool(_ANOTHER.search(remark)))


def people_in(text: str) -> Said:
    """Everybody whom a cell of names lists, with relation and telephone; where somebody came back from is a remark."""
    returned: list[str] = []

    def aside(found: re.Match[str]) -> str:
        if (back := _RETURNED.search(found["inner"])) is None:
            return found[0]
        returned.append(back["place"])
        return f"{_MARK}{len(returned)}{_MARK}"

    marked = _BRACKET.sub(aside, halve(text[:LONGEST_CELL]))
    places = {match[1]: marked[: match.start()] for match in re.finditer(rf"{_MARK}(\d+){_MARK}", marked)}
    family = read_family(re.sub(rf"{_MARK}\d+{_MARK}", "", marked))
    people = [
        PersonSaid(name=member.name, relation=member.relation, phones=tuple(member.phones), id_number=member.document)
        for member in family.members
    ] or _named_with_status(text)
    for number, before in places.items():
        people = [
            _came_back(person, returned[int(number) - 1]) if before.rstrip().endswith(person.name) else person
            for person in people
        ]
    return Said(tuple(people), family.persons, returned=tuple(returned))


def _came_back(person: PersonSaid, place: str) -> PersonSaid:
    return PersonSaid(
        name=person.name,
        relation=person.relation,
        phones=person.phones,
        id_number=person.id_number,
        remark=f"{place}回",
    )


def _named_with_status(text: str) -> list[PersonSaid]:
    """租户马润玲 18816742467, 已出租给李某."""
    return [
        PersonSaid(name=one.name, relation=one.relation if one.relation != "unspecified" else "", phones=one.phones)
        for one in tenants_in(text[:LONGEST_CELL])
        if one.name
    ]


def _is_name(text: str) -> bool:
    """Names are heard at a door and spelt by ear, so 彰五女 is one although nobody is called 彰."""
    return len(text) > 1 and text not in NOT_NAMES and not _NO_NAME.search(text)
