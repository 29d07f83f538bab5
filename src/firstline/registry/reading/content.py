"""What a column's cells look like, whatever its heading says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from firstline.identifiers import names
from firstline.identifiers.door_label import Ambiguous, Found, Incomplete, parse
from firstline.identifiers.names.tables import NOT_NAMES
from firstline.identifiers.width import halve
from firstline.tables import Cell, Kind

from .codes import Meaning
from .words import EMPTY_FLAT, NOTHING, RELATION_WORDS

SAMPLE = 120

_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})(?!\d)")
_DOCUMENT = re.compile(r"'?\d{14,17}[\dXx]'?|\d\.\d+[eE]\+1[67]")
_HAN_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff㼆·?？]{2,4}")
_BARE_ROOM = re.compile(r"-?\d{1,5}[A-Za-z]?室?号?(?:\(.*\))?|[东西南北中]户")
_LONG_ROOM = re.compile(r"-?\d{3,5}[A-Za-z]?室?号?(?:\(.*\))?")
_BUILDING = re.compile(
    r"第?(?:\d{1,3}|[A-Z]\d?|[一二三四五六七八九十]{1,3}|[东西南北]\d?)(?:号楼|#楼?|栋楼?|幢楼?|座|楼|排)"
)
_UNIT = re.compile(r"第?(?:\d{1,2}|[一二三四五六七八九十甲乙丙丁东西中])(?:单元|门洞|门|梯)")
_COUNT = re.compile(r"[0-9]{1,2}[人口个]*")
_FLOOR = re.compile(r"-?\d{1,2}[层楼F]")
_STATUS = re.compile(r"租|自住|常住|不住|空|装修|毛坯|入住|无人|有车|独居|外出|回来|返乡|车|售|卖|搬")
_DAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")  # 20200115
_SPACES = re.compile(r"[\s-]+")
_FAMILY = re.compile(
    rf"(?:{'|'.join(sorted(RELATION_WORDS, key=len, reverse=True))})[:：]?[㐀-鿿]{{2}}|[(（][^)）]{{1,4}}[)）]"
)


class Profile:
    """A sample of a column's filled cells, and the share of them that fits a meaning."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        filled = [cell for cell in cells if not cell.blank and halve(cell.plain) not in NOTHING]
        self.filled = len(filled)
        step = len(filled) // SAMPLE + 1
        self._cells = filled[::step]
        self._shares: dict[str, float] = {}

    def share(self, looks: str) -> float:
        """0 to 1; 0 for an empty column. `looks` is a key of `_TESTS`."""
        if looks not in self._shares:
            test = _TESTS[looks]
            self._shares[looks] = sum(map(test, self._cells)) / len(self._cells) if self._cells else 0.0
        return self._shares[looks]

    def fits(self, meaning: Meaning) -> float:
        """As `share`; 1 where looks say nothing about the meaning, or nothing stands there."""
        looks = _LOOKS.get(meaning)
        return 1.0 if looks is None or not self._cells else self.share(looks)

    @property
    def running(self) -> bool:
        """Whole numbers that go up evenly nearly always."""
        numbers = [int(cell.plain) for cell in self._cells if cell.plain.isdecimal() and len(cell.plain) < 7]
        if len(numbers) < 3 or len(numbers) * 10 < len(self._cells) * 9:
            return False
        # Only some rows are looked at, so that the numbers go up by what lies between these.
        ((step, often),) = Counter(later - earlier for earlier, later in pairwise(numbers)).most_common(1)
        return step > 0 and (often + 1) * 10 >= len(numbers) * 8

    @property
    def repetitive(self) -> bool:
        """A few words over and over, as kinds and states are written; names and doors are not."""
        return len(self._cells) >= 6 and len({cell.plain for cell in self._cells}) < 0.3 * len(self._cells)

    @property
    def constant(self) -> bool:
        """The same in every row, or nearly so."""
        different = len({cell.plain for cell in self._cells})
        return different == 1 or different < 0.1 * len(self._cells)


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> object:
    return parse(text)


def _phone(cell: Cell) -> bool:
    text = _SPACES.sub("", halve(cell.plain))
    return bool(_PHONE.search(text)) and not _DAY.fullmatch(text)


def _document(cell: Cell) -> bool:
    return bool(_DOCUMENT.fullmatch(_SPACES.sub("", halve(cell.text)))) or (
        cell.precision_lost and len(cell.plain) >= 15
    )


def _name(cell: Cell) -> bool:
    text = _SPACES.sub("", halve(cell.text))
    return bool(_HAN_NAME.fullmatch(text)) and text not in NOT_NAMES and not _BUILDING.fullmatch(text)


def _sure_name(cell: Cell) -> bool:
    text = _SPACES.sub("", halve(cell.text))
    return _name(cell) and names.has_surname(text) and text not in RELATION_WORDS


def _names_more(cell: Cell) -> bool:
    """A name, alone or with more in the cell: a phone, a family."""
    text = halve(cell.text)
    first = re.match(r"[㐀-鿿]{2,4}(?=[\s、,，;；/\d(]|$)", text)
    named = bool(first and names.has_surname(first[0])) and first is not None and first[0] not in NOT_NAMES
    return _name(cell) or bool(_FAMILY.search(text)) or named


def _door(cell: Cell) -> bool:
    """A whole door: a bare number may be anything, so it does not count."""
    text = halve(cell.plain)
    if (
        cell.kind is Kind.DATE
        or _DAY.fullmatch(text)
        or len(text) > 40
        or (text.isdigit() and not 5 <= len(text) <= 8)
        or _phone(cell)
    ):
        return False
    parsed = _parsed(text)
    return isinstance(parsed, Found | Ambiguous) or (
        isinstance(parsed, Incomplete) and parsed.fragment.room is not None and parsed.fragment.unit is not None
    )


def _named_door(cell: Cell) -> bool:
    """A door that names its building and more than digits."""
    return isinstance(_parsed(halve(cell.plain)), Found)


def _two_part(cell: Cell) -> bool:
    parsed = _parsed(halve(cell.plain))
    return isinstance(parsed, Ambiguous) and parsed.cause == "building_or_unit"


def _fullmatch(pattern: re.Pattern[str]):  # type: ignore[no-untyped-def]
    return lambda cell: bool(pattern.fullmatch(halve(cell.plain)))


_TESTS = {
    "phone": _phone,
    "document": _document,
    "name": _name,
    "sure_name": _sure_name,
    "names": _names_more,
    "door": _door,
    "named_door": _named_door,
    "two_part": _two_part,
    "bare_room": _fullmatch(_BARE_ROOM),
    "long_room": _fullmatch(_LONG_ROOM),
    "building": _fullmatch(_BUILDING),
    "unit": _fullmatch(_UNIT),
    "count": _fullmatch(_COUNT),
    "floor": _fullmatch(_FLOOR),
    "relation": lambda cell: halve(cell.plain).replace(" ", "") in RELATION_WORDS,
    "status": lambda cell: bool(_STATUS.search(cell.text)) or halve(cell.text) in EMPTY_FLAT,
    "small": lambda cell: cell.plain.isdecimal() and len(cell.plain) <= 2,
}

_LOOKS = {
    Meaning.PHONE: "phone",
    Meaning.TENANT_PHONE: "phone",
    Meaning.ID_NUMBER: "document",
    Meaning.TENANT_ID: "document",
    Meaning.NAME: "names",
    Meaning.DOOR: "door",
    Meaning.PERSONS: "count",
    Meaning.RELATION: "relation",
}
