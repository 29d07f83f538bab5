"""Find the row of headings, and what each column means by its heading and its content together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firstline.tables import EMPTY, Cell, Kind, Sheet

from .codes import Meaning
from .content import bare_rooms, fits, guess
from .errors import BlocksSideBySide, NoDoorColumn, NoHeader
from .model import ColumnReading
from .words import DOOR_OR_ROOM, HEADERS, PATTERNS, TENANT_GROUP, simplify

# Titles, addresses of the company and a legend may stand above; a list does not begin further down.
SEARCHED_ROWS = 40
LONGEST_HEADING = 24
LONGEST_CELL = 100  # with bracketed remarks and spaces

_EXACT = {word: meaning for meaning, words in HEADERS.items() for word in words}
_DIGIT = re.compile(r"\d")
_DOOR_WAYS = frozenset({Meaning.DOOR, Meaning.ROOM})
_TENANTS = {Meaning.NAME: Meaning.TENANT_NAME, Meaning.PHONE: Meaning.TENANT_PHONE}


@dataclass(frozen=True, slots=True)
class Header:
    """`rows` are the numbers of the one or two rows that hold headings; the first data row follows them."""

    rows: tuple[int, ...]
    columns: tuple[ColumnReading, ...]

    def where(self, *meanings: Meaning) -> tuple[int, ...]:
        return tuple(column.index for column in self.columns if column.meaning in meanings)


@dataclass(frozen=True, slots=True)
class _Word:
    """A heading's meaning by itself. `room_too`: the word heads whole doors and bare rooms alike."""

    meaning: Meaning
    sure: bool
    room_too: bool = False


def word_of(text: str) -> _Word | None:
    """What a heading says, None for a text that is none."""
    heading = simplify(text) if len(text) <= LONGEST_CELL else ""
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    if heading in DOOR_OR_ROOM:
        return _Word(Meaning.DOOR, sure=True, room_too=True)
    if heading in _EXACT:
        return _Word(_EXACT[heading], sure=True)
    # A heading met by a part of it only must be short and without numbers: 1号楼租户的房 is content.
    if len(heading) > 12 or _DIGIT.search(heading):
        return None
    for meaning, pattern in PATTERNS:
        if pattern.search(heading):
            return _Word(meaning, sure=False, room_too=meaning is Meaning.ROOM)
    return None


def looks_like_header(row: Sequence[Cell]) -> bool:
    """Headings of a list of doors: a way to say the door and one thing more, and no cell that is plainly content."""
    return _score(row) > 0


def find_header(sheet: Sheet) -> Header:
    """Raises NoHeader, NoDoorColumn or BlocksSideBySide."""
    top = sheet.rows[:SEARCHED_ROWS]
    scores = [_score(row) for row in top]
    best = max(scores, default=0.0)
    if best > 0:
        return _header(sheet, scores.index(best))
    without_door = next((index for index, row in enumerate(top) if len(_meanings(row) - {Meaning.OTHER}) >= 2), None)
    if without_door is None:
        raise NoHeader
    return _header(sheet, without_door)


def _words(row: Sequence[Cell]) -> list[_Word | None]:
    return [word_of(cell.text) if cell.kind is Kind.TEXT else None for cell in row]


def _meanings(row: Sequence[Cell]) -> set[Meaning]:
    return {word.meaning for word in _words(row) if word}


def _score(row: Sequence[Cell]) -> float:
    filled = [cell for cell in row if not cell.blank]
    words = [word for word in _words(row) if word]
    meanings = {word.meaning for word in words}
    if not meanings & (_DOOR_WAYS | {Meaning.BUILDING_UNIT}) or len(meanings) < 2:
        return 0.0
    if len(words) * 2 < len(filled) or any(cell.kind in (Kind.NUMBER, Kind.DATE) for cell in filled):
        return 0.0
    return len(meanings) + sum(word.sure for word in words) / (len(words) + 1)


def _header(sheet: Sheet, index: int) -> Header:
    rows = _both_rows(sheet, index)
    texts, groups = _texts(sheet, rows)
    below = sheet.rows[rows[-1] :]
    columns: list[ColumnReading] = []
    for position in range(max(len(texts), max(map(len, below), default=0))):
        text = texts[position] if position < len(texts) else ""
        group = groups[position] if position < len(groups) else ""
        cells = [row[position] if position < len(row) else EMPTY for row in below]
        columns.append(_column(position + 1, text, group, cells))
    columns = _room_or_door(columns, below)
    _refuse_blocks(columns, rows[-1])
    columns = _one_of_each(columns)
    columns = _people_as_names(_guessed(columns, below))
    header = Header(rows, tuple(columns))
    if not header.where(Meaning.DOOR, Meaning.ROOM):
        named = "、".join(column.header for column in columns if column.header)
        raise NoDoorColumn(row=rows[-1], headers=named[:200])
    return header


def _both_rows(sheet: Sheet, index: int) -> tuple[int, ...]:
    """One row of headings, or two where merged group headings stand above or finer ones below."""
    if index + 1 < len(sheet.rows) and _is_second(sheet.rows[index], sheet.rows[index + 1]):
        return index + 1, index + 2
    if index and _is_second(sheet.rows[index - 1], sheet.rows[index]):
        return index, index + 1
    return (index + 1,)


def _is_second(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Each row leaves blank what the other says: groups are merged over columns, single headings over both rows."""
    width = max(len(upper), len(lower))
    pairs = [(_at(upper, position), _at(lower, position)) for position in range(width)]
    filled = [low for _, low in pairs if not low.blank]
    words = [word for word in _words(lower) if word]
    return (
        bool(words)
        and len(words) * 2 >= len(filled)
        and all(low.kind is Kind.TEXT and not _DIGIT.search(low.text) for low in filled)
        and sum(not up.blank for up, _ in pairs) >= 2
        and any(up.blank and not low.blank for up, low in pairs)
        and any(low.blank and not up.blank for up, low in pairs)
    )


def _at(row: Sequence[Cell], position: int) -> Cell:
    return row[position] if position < len(row) else EMPTY


def _texts(sheet: Sheet, rows: tuple[int, ...]) -> tuple[list[str], list[str]]:
    """The heading of each column, and the group heading above it (spread over the blank cells to its right)."""
    last = sheet.rows[rows[-1] - 1]
    if len(rows) == 1:
        return [cell.text.strip() for cell in last], []
    upper = sheet.rows[rows[0] - 1]
    texts: list[str] = []
    groups: list[str] = []
    group = ""
    for position in range(max(len(upper), len(last))):
        above, below = _at(upper, position).text.strip(), _at(last, position).text.strip()
        group = above or (group if below else "")
        texts.append(below or above)
        groups.append(group)
    return texts, groups


def _column(index: int, text: str, group: str, cells: Sequence[Cell]) -> ColumnReading:
    word = word_of(text)
    if word is None:
        return ColumnReading(index, text, Meaning.OTHER, 0.0)
    meaning = word.meaning
    if word.room_too and bare_rooms(cells):
        meaning = Meaning.ROOM
    elif word.room_too:
        meaning = Meaning.DOOR
    if TENANT_GROUP.search(group):
        meaning = _TENANTS.get(meaning, meaning)
    confidence = (1.0 if word.sure else 0.7) * (0.4 + 0.6 * min(1.0, fits(meaning, cells) / 0.8))
    return ColumnReading(index, text, meaning, round(confidence, 2))


def _room_or_door(columns: list[ColumnReading], below: Sequence[Sequence[Cell]]) -> list[ColumnReading]:
    """Beside a column with the building, 门牌号 means the room; without one, whole doors stand in the room's column."""
    has_building = any(column.meaning in (Meaning.BUILDING, Meaning.BUILDING_UNIT) for column in columns)
    has_door = any(column.meaning is Meaning.DOOR and not _ambiguous_word(column) for column in columns)
    changed = []
    for column in columns:
        meaning = column.meaning
        if meaning is Meaning.DOOR and has_building and _ambiguous_word(column):
            meaning = Meaning.ROOM
        elif meaning is Meaning.ROOM and not has_building and not has_door:
            cells = [_at(row, column.index - 1) for row in below]
            meaning = Meaning.ROOM if bare_rooms(cells) else Meaning.DOOR
        changed.append(ColumnReading(column.index, column.header, meaning, column.confidence))
    return changed


def _ambiguous_word(column: ColumnReading) -> bool:
    word = word_of(column.header)
    return bool(word and word.room_too)


def _refuse_blocks(columns: Iterable[ColumnReading], row: int) -> None:
    """The same door heading twice and the same name heading twice: two lists side by side."""
    repeated: dict[Meaning, tuple[int, int, str]] = {}
    seen: dict[tuple[Meaning, str], int] = {}
    for column in columns:
        if column.meaning is Meaning.OTHER:
            continue
        key = (column.meaning, simplify(column.header))
        if key in seen:
            repeated.setdefault(column.meaning, (seen[key], column.index, column.header))
        seen.setdefault(key, column.index)
    doors = [repeated[meaning] for meaning in (Meaning.DOOR, Meaning.ROOM) if meaning in repeated]
    if doors and len(repeated) >= 2:
        first, second, header = doors[0]
        raise BlocksSideBySide(row=row, header=header, first=first, second=second)


def _one_of_each(columns: list[ColumnReading]) -> list[ColumnReading]:
    """Of several columns with a meaning that a row has once, the surest one counts (the leftmost of equals)."""
    once = {
        Meaning.DOOR,
        Meaning.BUILDING,
        Meaning.UNIT,
        Meaning.BUILDING_UNIT,
        Meaning.ROOM,
        Meaning.RELATION,
        Meaning.PERSONS,
    }
    best: dict[Meaning, ColumnReading] = {}
    for column in columns:
        if column.meaning in once and (
            column.meaning not in best or column.confidence > best[column.meaning].confidence
        ):
            best[column.meaning] = column
    return [
        column
        if column.meaning not in once or best[column.meaning] is column
        else ColumnReading(column.index, column.header, Meaning.OTHER, column.confidence)
        for column in columns
    ]


def _guessed(columns: list[ColumnReading], below: Sequence[Sequence[Cell]]) -> list[ColumnReading]:
    """Columns whose heading tells nothing, by content, where that meaning is not taken."""
    taken = {column.meaning for column in columns}
    if Meaning.ROOM in taken:
        taken.add(Meaning.DOOR)
    result = []
    for column in columns:
        if column.meaning is Meaning.OTHER and word_of(column.header) is None:
            meaning = guess([_at(row, column.index - 1) for row in below])
            if meaning and meaning not in taken:
                taken.add(meaning)
                column = ColumnReading(column.index, column.header, meaning, 0.6)  # noqa: PLW2901
        result.append(column)
    return result


def _people_as_names(columns: list[ColumnReading]) -> list[ColumnReading]:
    """Where nothing else names anybody, 居住人员 does: single names are read, whole families in a cell are asked."""
    if any(column.meaning is Meaning.NAME for column in columns):
        return columns
    first = next((column for column in columns if column.meaning is Meaning.MEMBERS), None)
    return [
        ColumnReading(column.index, column.header, Meaning.NAME, round(column.confidence * 0.7, 2))
        if column is first
        else column
        for column in columns
    ]
