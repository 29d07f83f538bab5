"""What a column's cells look like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firstline.identifiers.door_label import Found, NoDoor, parse
from firstline.identifiers.width import halve
from firstline.tables import Cell, Kind

from .codes import Meaning

SAMPLE = 60

_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})(?!\d)")
_DOCUMENT = re.compile(r"'?\d{14,17}[\dXx]'?|\d\.\d+[eE]\+1[67]")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff㼆·?？]{2,4}")
_BARE_ROOM = re.compile(r"-?\d{1,5}[A-Za-z]?室?号?|[东西南北中]户")
_SPACES = re.compile(r"[\s-]+")


def fits(meaning: Meaning, cells: Sequence[Cell]) -> float:
    """Share of the filled cells (of a sample) that look like it; 1 where looks say nothing about the meaning."""
    test = _TESTS.get(meaning)
    filled = [cell for cell in cells if not cell.blank][:SAMPLE]
    if test is None or not filled:
        return 1.0
    return sum(test(cell) for cell in filled) / len(filled)


def bare_rooms(cells: Sequence[Cell]) -> bool:
    """Most cells hold a room number alone: 101, 1203室."""
    filled = [cell for cell in cells if not cell.blank][:SAMPLE]
    return bool(filled) and sum(bool(_BARE_ROOM.fullmatch(halve(cell.plain))) for cell in filled) * 2 > len(filled)


def guess(cells: Sequence[Cell]) -> Meaning | None:
    """What a column without a telling heading clearly holds; None where two readers could differ."""
    filled = [cell for cell in cells if not cell.blank]
    if len(filled) < 3:
        return None
    for meaning, share in ((Meaning.ID_NUMBER, 0.8), (Meaning.PHONE, 0.8), (Meaning.DOOR, 0.9)):
        if fits(meaning, cells) >= share:
            return meaning
    return None


def _phone(cell: Cell) -> bool:
    return bool(_PHONE.search(_SPACES.sub("", halve(cell.plain))))


def _document(cell: Cell) -> bool:
    return bool(_DOCUMENT.fullmatch(_SPACES.sub("", halve(cell.text)))) or (
        cell.precision_lost and len(cell.plain) >= 15
    )


def _name(cell: Cell) -> bool:
    return bool(_NAME.fullmatch(_SPACES.sub("", halve(cell.text))))


def _door(cell: Cell) -> bool:
    """A whole door: a bare number may be anything, so it does not count."""
    if cell.kind is Kind.DATE or halve(cell.plain).isdigit():
        return False
    parsed = parse(cell.plain)
    return isinstance(parsed, Found) or not isinstance(parsed, NoDoor)


_TESTS = {
    Meaning.PHONE: _phone,
    Meaning.TENANT_PHONE: _phone,
    Meaning.ID_NUMBER: _document,
    Meaning.NAME: _name,
    Meaning.DOOR: _door,
}
