"""The people of a row: the owner or head first, then whoever else has a column of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from firstline.identifiers import names, phone, resident_id
from firstline.identifiers.names.tables import NOT_NAMES
from firstline.identifiers.width import halve
from firstline.tables import EMPTY, Cell, Kind

from .codes import Meaning
from .headers import Header
from .model import ColumnReading, PersonReading
from .words import EMPTY_FLAT, HEAD, NOTHING, OWNER, RELATION_WORDS, simplify

Row = Sequence[Cell]
Doubts = tuple[str, ...]

LONGEST_NAME = 100
# A family with its phones fits; what is longer is no answer to the heading, and stays with the row as it came.
LONGEST_CELL = 400

_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{_HAN}?\ufffd□]{{2,4}}")
_WORDS = re.compile(rf"[{_HAN}A-Za-z]{{2}}")
_BRACKETED = re.compile(r"[(\[【].*?(?:[)\]】]|$)")
_SEPARATORS = re.compile(r"[\s、,，;；/+&|]+")
_RELATIVES = sorted((word for word in RELATION_WORDS), key=len, reverse=True)
_RELATIVE = re.compile(rf"(?:{'|'.join(_RELATIVES)})[:：]?(?=[{_HAN}]{{2}})")


@dataclass(frozen=True, slots=True)
class _Slot:
    """The columns of one person of the row."""

    name: int
    relation: str
    phones: tuple[int, ...]
    documents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A cell under a name. `beside`: the cell's whole text when a phone stands in it too; `packed`: a whole family."""

    text: str = ""
    beside: str = ""
    doubts: Doubts = ()
    packed: bool = False


class PeopleReader:
    def __init__(self, header: Header) -> None:
        self._slots = _slots(header)
        self._relation = (header.where(Meaning.RELATION) or (0,))[0]

    def read(self, row: Row) -> tuple[tuple[PersonReading, ...], Doubts, bool]:
        """People, doubts about them, and whether a cell holds a whole family, which is not taken apart here."""
        people: list[PersonReading] = []
        doubts: list[str] = []
        packed = False
        for position, slot in enumerate(self._slots):
            person, found, family = self._person(row, slot, first=position == 0)
            packed = packed or family
            doubts += found
            if person:
                people.append(person)
        return tuple(people), tuple(doubts), packed

    def _person(self, row: Row, slot: _Slot, *, first: bool) -> tuple[PersonReading | None, list[str], bool]:
        name = _name(_at(row, slot.name))
        phones, phone_doubts = _phones([*(_at(row, column) for column in slot.phones), Cell(name.beside)])
        number, problem = _document([_at(row, column) for column in slot.documents])
        doubts = [*name.doubts, *phone_doubts]
        if not name.text and not phones and not number:
            return None, doubts, name.packed
        if not name.text:
            doubts.append("name_missing")
        if problem:
            doubts.append("id_problem")
        relation = slot.relation
        if first and self._relation:
            said = re.sub(r"\s", "", halve(_at(row, self._relation).plain))
            if said and said not in NOTHING:
                relation = RELATION_WORDS.get(said, "unspecified")
                doubts += [] if said in RELATION_WORDS else ["relation_unknown"]
        return PersonReading(name.text, relation, phones, number, problem), doubts, name.packed


def _slots(header: Header) -> list[_Slot]:
    """Phones and documents belong to the name at their left where each name has its own, else to the first."""
    surest = sorted(
        (column for column in header.columns if column.meaning is Meaning.NAME), key=lambda column: -column.confidence
    )
    named = sorted(surest[:2], key=lambda column: column.index)
    tenants = list(header.where(Meaning.TENANT_NAME))
    phones = _shared_out(header.where(Meaning.PHONE), named)
    documents = _shared_out(header.where(Meaning.ID_NUMBER), named)
    slots = [
        _Slot(column.index, _default_relation(column), phones[position], documents[position])
        for position, column in enumerate(named)
    ] or [_Slot(0, "unspecified", phones[0], documents[0])]
    tenant_phones = header.where(Meaning.TENANT_PHONE)
    if tenants or tenant_phones:
        slots.append(_Slot(tenants[0] if tenants else 0, "tenant", tenant_phones, ()))
    return slots


def _shared_out(columns: tuple[int, ...], named: Sequence[ColumnReading]) -> list[tuple[int, ...]]:
    if len(named) < 2 or len(columns) < len(named):
        return [columns, *((),) * max(0, len(named) - 1)]
    shares: list[list[int]] = [[] for _ in named]
    for column in columns:
        left = [position for position, name in enumerate(named) if name.index < column]
        shares[left[-1] if left else 0].append(column)
    return [tuple(share) for share in shares]


def _default_relation(column: ColumnReading) -> str:
    heading = simplify(column.header)
    if HEAD.search(heading):
        return "head"
    return "owner" if OWNER.search(heading) else "unspecified"


def _name(cell: Cell) -> _Name:
    written = halve(cell.plain[:LONGEST_CELL])
    if not written or written in NOTHING or written in EMPTY_FLAT:
        return _Name()
    beside = ""
    if any(character.isdigit() for character in written):
        found = phone.parse_cell(written)
        if found.numbers:
            beside, written = written, found.rest
    if _family(written):
        return _Name("", beside, packed=True)
    judged = names.judge(written)
    if judged.kind == "empty":
        return _Name("", beside)
    if judged.kind == "not_a_name":
        # Words known for something else name nobody; whatever else stands there is kept as the name it may be.
        known = judged.name in NOT_NAMES or not _WORDS.search(judged.name)
        return _Name("" if known else judged.name[:LONGEST_NAME], beside, ("name_unusual",))
    doubts = set()
    if {"lost_character", "masked"} & set(judged.notes):
        doubts.add("name_damaged")
    elif judged.kind == "partial" or "long" in judged.notes or _BRACKETED.search(written):
        doubts.add("name_unusual")
    return _Name(judged.name[:LONGEST_NAME], beside, tuple(doubts))


def _family(written: str) -> bool:
    """Several names, or a name after a word of kinship: 王亮 老婆刘改莲, 张三、李四, 韩敏(妻)."""
    bare = _BRACKETED.sub(" ", written)
    pieces = [piece for piece in _SEPARATORS.split(bare) if piece]
    if sum(bool(_PIECE.fullmatch(piece)) or bool(_RELATIVE.match(piece)) for piece in pieces) >= 2:
        return True
    return len(pieces) == 1 and bool(_RELATIVE.search(bare, 2)) and len(bare.strip()) > 4


def _phones(cells: Sequence[Cell]) -> tuple[tuple[str, ...], list[str]]:
    """Digits only; sound numbers before faulty ones, each in the order of writing. Nothing is corrected."""
    sound: list[str] = []
    faulty: list[str] = []
    doubts: list[str] = []
    for cell in cells:
        if cell.blank:
            continue
        written = cell.text if cell.precision_lost else cell.plain
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
        if cell.blank or halve(cell.plain) in NOTHING:
            continue
        exact = cell.kind is Kind.NUMBER and cell.number is not None and "e" not in cell.text.lower()
        document = resident_id.parse(cell.number if exact else cell.text[:LONGEST_CELL])
        if document.kind == "none":
            continue
        return document.canonical or document.known, document.problems[0] if document.problems else ""
    return "", ""


def _at(row: Row, column: int) -> Cell:
    return row[column - 1] if 0 < column <= len(row) else EMPTY
