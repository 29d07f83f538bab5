"""The people of a row: the owner or head first, then family, then whoever else has a column or stands in a remark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from firstline.identifiers import names, phone, resident_id
from firstline.identifiers.names.tables import NOT_NAMES
from firstline.identifiers.width import halve
from firstline.tables import EMPTY, Cell, Kind

from .codes import Meaning
from .columns import Block
from .doors import said
from .family import LONGEST_CELL, LONGEST_NAME, Family, Member, read_family
from .model import ColumnReading, PersonReading
from .remarks import people_in, says_sold
from .words import (
    EMPTY_FLAT,
    FORMER,
    HEAD,
    MEMBER_HEADINGS,
    NOTHING,
    OWNER,
    RELATION_WORDS,
    SECOND_PHONE,
    TENANT_GROUP,
    simplify,
)

Row = Sequence[Cell]

_MOBILE = re.compile(r"1[3-9]\d{9}")
_DOCUMENT = re.compile(r"\d{17}[\dX]")
_WORDS = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffffA-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class _Slot:
    """The columns of one person of the row. `whole`: the cell may hold a family, none of whom is the head."""

    name: int
    relation: str
    phones: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    members: bool = False


@dataclass(frozen=True, slots=True)
class PeopleAnswer:
    """`persons`: how many they are where a cell of names says it. `remark`: what the cells say beside names."""

    people: tuple[PersonReading, ...] = ()
    doubts: tuple[str, ...] = ()
    persons: int | None = None
    remark: str = ""


class PeopleReader:
    def __init__(self, block: Block) -> None:
        self._slots = _slots(block)
        self._relation = block.first(Meaning.RELATION)
        # The relation is that of the person whose name stands before it: 产权人, 实际居住人, 与产权人关系.
        before = [slot.name for slot in self._slots if 0 < slot.name < self._relation and not slot.members]
        self._related = max(before, default=self._slots[0].name)
        self._remarks = block.where(Meaning.REMARK)

    def read(self, row: Row, beside: str = "") -> PeopleAnswer:
        """`beside` is what stands elsewhere about the row: in a comment, behind the door."""
        people: list[PersonReading] = []
        doubts: list[str] = []
        persons: int | None = None
        notes: list[str] = []
        for slot in self._slots:
            found = self._of_slot(row, slot)
            people += found.people
            doubts += found.doubts
            persons = found.persons if persons is None else persons
            notes += [found.remark] if found.remark else []
        people = _each_once(people)
        remarks = [text for column in self._remarks if (text := _text(row, column))]
        remark = "；".join([*remarks, *notes, *([beside] if beside else [])])
        if remark:
            people += _further(people, remark)
            doubts += ["perhaps_sold"] if says_sold(remark) else []
        return PeopleAnswer(tuple(people), tuple(doubts), persons, remark)

    def relation(self, row: Row) -> str:
        """The code of what stands under the relation, empty where nothing does or we do not know it."""
        return RELATION_WORDS.get(_bare(_at(row, self._relation)), "")

    def _of_slot(self, row: Row, slot: _Slot) -> PeopleAnswer:
        cell = _at(row, slot.name)
        family, doubts, note = _named(cell)
        if slot.members:
            return PeopleAnswer(
                tuple(_members(family.members, slot.relation)), (*doubts, *family.doubts), family.persons
            )
        phones, phone_doubts = _phones([_at(row, column) for column in slot.phones])
        number, problem = _document([_at(row, column) for column in slot.documents])
        head, *others = family.members or (None,)
        doubts = (*doubts, *family.doubts, *phone_doubts, *(head.doubts if head else ()))
        own = tuple(dict.fromkeys((*phones, *(head.phones if head else ()), *family.phones)))
        if head is None and not own and not number:
            return PeopleAnswer((), doubts, family.persons, note)
        relation, relation_doubts = self._relation_of(row, slot, head)
        doubts = (*doubts, *relation_doubts)
        if head is None:
            doubts = (*doubts, "name_missing")
        if head and head.document and not number:
            number, problem = _document([Cell(head.document)])
        if problem:
            doubts = (*doubts, "id_problem")
        person = PersonReading(head.name if head else "", relation, own, number, problem)
        return PeopleAnswer((person, *_members(others, "unspecified")), doubts, family.persons, note)

    def _relation_of(self, row: Row, slot: _Slot, head: Member | None) -> tuple[str, list[str]]:
        written = _bare(_at(row, self._relation)) if slot.name == self._related else ""
        if written and written not in NOTHING:
            code = RELATION_WORDS.get(written)
            return code or "unspecified", [] if code else ["relation_unknown"]
        return (head.relation if head and head.relation else slot.relation), []


def _slots(block: Block) -> list[_Slot]:
    """Phones and documents belong to the name at their left where each name has its own, else to the first."""
    named = sorted(
        sorted((column for column in block.columns if column.meaning is Meaning.NAME), key=_surest)[:3],
        key=lambda column: (bool(FORMER.search(column.header)), column.index),
    )
    members = [column for column in block.columns if column.meaning is Meaning.MEMBERS]
    tenants = [column for column in block.columns if column.meaning is Meaning.TENANT_NAME]
    tenant_phones = block.where(Meaning.TENANT_PHONE)
    # A phone behind the tenant's name is the tenant's, unless a column says so of another.
    holders = [*named, *members, *([] if tenant_phones else tenants)]
    phones = _shared_out(_main_first(block, Meaning.PHONE), holders, named)
    parted = sum(bool(share) for share in phones.values()) > 1
    documents = _shared_out(block.where(Meaning.ID_NUMBER), holders, named, parted=parted)
    slots = [
        _Slot(column.index, _of_heading(column), phones[column.index], documents[column.index]) for column in named
    ]
    slots = slots or [_Slot(0, "unspecified", _main_first(block, Meaning.PHONE), block.where(Meaning.ID_NUMBER))]
    for column in members:
        own = phones.get(column.index, ()), documents.get(column.index, ())
        slots.append(_Slot(column.index, _of_members(column), *own, members=not any(own)))
    # The head's own cells first, the family next, others with a column of their own last.
    slots = [slots[0], *(slot for slot in slots[1:] if slot.members), *(slot for slot in slots[1:] if not slot.members)]
    if tenants or tenant_phones:
        name = tenants[0].index if tenants else 0
        own_phones = tenant_phones or phones.get(name, ())
        slots.append(_Slot(name, "tenant", own_phones, block.where(Meaning.TENANT_ID) or documents.get(name, ())))
    return slots


def _surest(column: ColumnReading) -> float:
    return -column.confidence


def _main_first(block: Block, meaning: Meaning) -> tuple[int, ...]:
    columns = [column for column in block.columns if column.meaning is meaning]
    return tuple(
        column.index for column in sorted(columns, key=lambda column: bool(SECOND_PHONE.search(column.header)))
    )


def _shared_out(
    columns: tuple[int, ...], holders: Sequence[ColumnReading], named: Sequence[ColumnReading], *, parted: bool = False
) -> dict[int, tuple[int, ...]]:
    """Each holder's columns; all to the first name unless there are as many as holders, or names, or `parted`."""
    shares: dict[int, list[int]] = {holder.index: [] for holder in holders}
    if not named:
        return {}
    few = len(columns) < 2 or len(columns) < len(named) or (len(named) < 2 and len(columns) < len(holders))
    if few and not parted:
        return {holder.index: columns if holder is named[0] else () for holder in holders}
    takers = holders if parted or len(columns) >= len(holders) else named
    for column in columns:
        left = [holder.index for holder in takers if holder.index < column]
        shares[max(left) if left else named[0].index].append(column)
    if not shares[named[0].index] and len(named) == 1 and not parted:
        return {holder.index: columns if holder is named[0] else () for holder in holders}
    return {index: tuple(share) for index, share in shares.items()}


def _of_heading(column: ColumnReading) -> str:
    heading = simplify(column.header)
    if FORMER.search(heading):
        return "unspecified"
    if TENANT_GROUP.search(heading):
        return "tenant"
    if HEAD.search(heading):
        return "head"
    return "owner" if OWNER.search(heading) else "unspecified"


def _of_members(column: ColumnReading) -> str:
    heading = simplify(column.header)
    return next((code for code, pattern in MEMBER_HEADINGS if pattern.match(heading)), "unspecified")


def _named(cell: Cell) -> tuple[Family, tuple[str, ...], str]:
    """Who stands in a cell under a name, doubts, and words that are no name but say something (空房)."""
    if not said(cell) or cell.kind is Kind.ERROR:
        return Family(), (), ""
    written = halve(cell.plain[:LONGEST_CELL])
    if written in EMPTY_FLAT:
        return Family(), (), written
    family = _family(cell.plain[:LONGEST_CELL])
    if family.members or family.phones:
        return family, (), ""
    judged = names.judge(written)
    # Words known for something else name nobody; whatever else stands there is kept as the name it may be.
    if judged.kind == "empty":
        return family, (), ""
    if judged.name in NOT_NAMES or not _WORDS.search(judged.name):
        return family, ("name_unusual",), judged.name
    return Family((Member(judged.name[:LONGEST_NAME]),), (), family.persons), ("name_unusual",), ""


@lru_cache(maxsize=50_000)
def _family(text: str) -> Family:
    return read_family(text)


def _members(members: Sequence[Member], relation: str) -> Iterator[PersonReading]:
    for member in members:
        number, problem = _document([Cell(member.document)]) if member.document else ("", "")
        yield PersonReading(member.name, member.relation or relation, tuple(member.phones), number, problem)


def _each_once(people: Sequence[PersonReading]) -> list[PersonReading]:
    """A name said again of the same row without a relation of its own (常住人口: 张三、李四) is no second person."""
    found: list[PersonReading] = []
    for person in people:
        same = next((at for at, one in enumerate(found) if one.name and one.name == person.name), None)
        told_apart = person.relation not in _SAID_AGAIN or (same is not None and _differ(found[same], person))
        if same is None or told_apart:
            found.append(person)
            continue
        phones = tuple(dict.fromkeys((*found[same].phones, *person.phones)))
        number = {} if found[same].id_number else {"id_number": person.id_number, "id_problem": person.id_problem}
        found[same] = replace(found[same], phones=phones, **number)
    return found


def _differ(one: PersonReading, other: PersonReading) -> bool:
    return bool(one.id_number and other.id_number and one.id_number != other.id_number)


_SAID_AGAIN = frozenset({"unspecified", "head", "owner", "tenant"})


def _further(people: Sequence[PersonReading], remark: str) -> list[PersonReading]:
    """Who is named in a remark and nowhere else; a name that stands in the row already only gives its phone away."""
    known = {person.name for person in people if person.name}
    return [person for person in people_in(remark) if person.name not in known]


def _phones(cells: Sequence[Cell]) -> tuple[tuple[str, ...], list[str]]:
    """Digits only; sound numbers before faulty ones, each in the order of writing. Nothing is corrected."""
    sound: list[str] = []
    faulty: list[str] = []
    doubts: list[str] = []
    for cell in cells:
        if cell.blank:
            continue
        written = cell.text if cell.precision_lost else cell.plain
        bare = written.replace(" ", "").replace("-", "")
        if _MOBILE.fullmatch(bare):
            sound.append(bare)
            continue
        if len(written) > LONGEST_CELL:
            doubts.append("phone_problem")
        for number in phone.parse_cell(written[:LONGEST_CELL]).numbers:
            if number.problems:
                doubts.append("phone_precision_lost" if "precision_lost" in number.problems else "phone_problem")
            if number.canonical:
                (faulty if number.problems else sound).append(number.canonical)
    return tuple(dict.fromkeys(sound + faulty)), doubts


def _document(cells: Sequence[Cell]) -> tuple[str, str]:
    """The number and the first thing a standard has against it; of a rounded number the digits that are left."""
    for cell in cells:
        if not said(cell):
            continue
        exact = cell.kind is Kind.NUMBER and cell.number is not None and "e" not in cell.text.lower()
        document = resident_id.parse(cell.number if exact else cell.text[:LONGEST_CELL])
        if document.kind == "none":
            continue
        return document.canonical or document.known, document.problems[0] if document.problems else ""
    return "", ""


def _bare(cell: Cell) -> str:
    return re.sub(r"\s", "", halve(cell.plain))


def _text(row: Row, column: int) -> str:
    return row[column - 1].plain.strip() if 0 < column <= len(row) else ""


def _at(row: Row, column: int) -> Cell:
    return row[column - 1] if 0 < column <= len(row) else EMPTY
