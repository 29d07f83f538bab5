"""Find the rows of headings of a sheet, and what each heading says by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from firstline.tables import EMPTY, Cell, Kind, Sheet

from .codes import Meaning
from .content import Profile
from .words import DOOR_OR_ROOM, HEADERS, NOTE, PATTERNS, TOTALS, simplify

# Titles, addresses of the company and a legend may stand above; a list does not begin further down.
SEARCHED_ROWS = 40
LONGEST_HEADING = 24
LONGEST_CELL = 100  # with bracketed remarks and spaces
_BELOW = 400  # rows that are looked at for what stands under a heading

_EXACT = {word: meaning for meaning, words in HEADERS.items() for word in words}
_DIGIT = re.compile(r"\d")
_DOOR_WAYS = frozenset({Meaning.DOOR, Meaning.ROOM, Meaning.BUILDING_UNIT})
# A column that looks like this holds data: whatever stands above it in words is its heading.
_DATA = ("phone", "document", "door", "long_room")


@dataclass(frozen=True, slots=True)
class Headings:
    """`rows` are the numbers of the rows that hold headings, none where a list begins at once.

    `texts` by column; `groups` what is merged above them, empty where nothing is.
    """

    rows: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        return self.rows[-1] if self.rows else 0

    def text(self, position: int) -> str:
        return self.texts[position] if position < len(self.texts) else ""

    def group(self, position: int) -> str:
        return self.groups[position] if position < len(self.groups) else ""


@dataclass(frozen=True, slots=True)
class Word:
    """A heading's meaning by itself. `room_too`: the word heads whole doors and bare rooms alike."""

    meaning: Meaning
    sure: bool
    room_too: bool = False


@lru_cache(maxsize=4096)
def word_of(text: str) -> Word | None:
    """What a heading says, None for a text that is none."""
    heading = simplify(text) if len(text) <= LONGEST_CELL else ""
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    if heading in DOOR_OR_ROOM:
        return Word(Meaning.DOOR, sure=True, room_too=True)
    if heading in _EXACT:
        return Word(_EXACT[heading], sure=True)
    # A heading met by a part of it only must be short and without numbers: 1号楼租户的房 is content.
    if len(heading) > 12 or _DIGIT.search(heading):
        return None
    for meaning, pattern in PATTERNS:
        if pattern.search(heading):
            return Word(meaning, sure=False, room_too=meaning is Meaning.ROOM)
    return None


def looks_like_headings(row: Sequence[Cell]) -> bool:
    """Headings of a list of doors: a way to say the door and one thing more, and no cell that is plainly content."""
    return _score(row) > 0


def find_headings(sheet: Sheet) -> Headings:
    """No rows when the list begins without headings."""
    top = sheet.rows[:SEARCHED_ROWS]
    scores = [_score(row) for row in top]
    best = max(scores, default=0.0)
    if best > 0:
        return spread(sheet, _with_neighbours(sheet, scores.index(best)))
    told = (index for index, row in enumerate(top) if _tells_people(row))
    index = next(told, None)
    if index is None:
        index = next((index for index, row in enumerate(top) if _stands_over_data(sheet, index, row)), None)
    return Headings() if index is None else spread(sheet, _with_neighbours(sheet, index))


def spread(sheet: Sheet, rows: tuple[int, ...]) -> Headings:
    """The heading of each column, and the group heading above it, spread over the blank cells to its right."""
    if not rows:
        return Headings()
    last = sheet.rows[rows[-1] - 1]
    if len(rows) == 1:
        return Headings(rows, tuple(cell.text.strip() for cell in last))
    upper = sheet.rows[rows[0] - 1]
    texts: list[str] = []
    groups: list[str] = []
    group = ""
    merged = {(area.row, area.column): area for area in sheet.merges}
    until = 0
    for position in range(max(len(upper), len(last))):
        above, below = at(upper, position).text.strip(), at(last, position).text.strip()
        if above:
            area = merged.get((rows[0], position + 1))
            until = area.last_column if area else 0
        elif until and position + 1 > until:
            group = ""
        group = above or (group if below else "")
        texts.append(below or above)
        groups.append(group)
    return Headings(rows, tuple(texts), tuple(groups))


def at(row: Sequence[Cell], position: int) -> Cell:
    return row[position] if position < len(row) else EMPTY


def _words(row: Sequence[Cell]) -> list[Word | None]:
    return [word_of(cell.text) if cell.kind is Kind.TEXT else None for cell in row]


def _score(row: Sequence[Cell]) -> float:
    filled = [cell for cell in row if not cell.blank]
    words = [word for word in _words(row) if word]
    meanings = {word.meaning for word in words}
    if len(meanings) < 2 or not (meanings & _DOOR_WAYS or {Meaning.BUILDING, Meaning.UNIT} <= meanings):
        return 0.0
    if len(words) * 2 < len(filled) or any(cell.kind in (Kind.NUMBER, Kind.DATE) for cell in filled):
        return 0.0
    return len(meanings) + sum(word.sure for word in words) / (len(words) + 1)


def _tells_people(row: Sequence[Cell]) -> bool:
    """Headings that name no door, which may still be seen from the cells below: 姓名, 电话, 备注."""
    filled = [cell for cell in row if not cell.blank]
    words = [word for word in _words(row) if word]
    return (
        len({word.meaning for word in words} - {Meaning.OTHER}) >= 2
        and len(words) * 2 >= len(filled)
        and all(cell.kind is Kind.TEXT for cell in filled)
    )


def _stands_over_data(sheet: Sheet, index: int, row: Sequence[Cell]) -> bool:
    """Words we have never met, but in each column another kind of thing than what stands below."""
    filled = [(position, cell) for position, cell in enumerate(row) if not cell.blank]
    texts = [cell.text.strip() for _, cell in filled]
    if len(texts) < 2 or len(set(texts)) < len(texts):
        return False
    if any(cell.kind is not Kind.TEXT or len(cell.text) > 12 or _DIGIT.search(cell.text) for _, cell in filled):
        return False
    if NOTE.match(texts[0]) or TOTALS.match(texts[0]):
        return False
    below = sheet.rows[index + 1 : index + 1 + _BELOW]
    data = 0
    for position, cell in filled:
        profile = Profile([at(line, position) for line in below])
        own = Profile([cell])
        if profile.filled >= 2 and any(profile.share(looks) >= 0.6 and not own.share(looks) for looks in _DATA):
            data += 1
    return data >= 2


def _with_neighbours(sheet: Sheet, index: int) -> tuple[int, ...]:
    """One row of headings, or two where merged group headings stand above or finer ones below."""
    if index + 1 < len(sheet.rows) and _is_second(sheet.rows[index], sheet.rows[index + 1]):
        return index + 1, index + 2
    if index and _is_second(sheet.rows[index - 1], sheet.rows[index]):
        return index, index + 1
    return (index + 1,)


def _is_second(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Each row leaves blank what the other says: groups are merged over columns, single headings over both rows."""
    width = max(len(upper), len(lower))
    pairs = [(at(upper, position), at(lower, position)) for position in range(width)]
    filled = [low for _, low in pairs if not low.blank]
    words = [word for word in _words(lower) if word]
    return (
        bool(words)
        and len(words) * 2 >= len(filled)
        and all(low.kind is Kind.TEXT and not _DIGIT.search(low.text) for low in filled)
        and sum(not up.blank for up, _ in pairs) >= 2
        and any(up.blank and not low.blank for up, low in pairs)
        and (any(low.blank and not up.blank for up, low in pairs) or len(words) > sum(not up.blank for up, _ in pairs))
    )
