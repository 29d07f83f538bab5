"""What each column of a sheet means, by heading and content together, and which columns stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from firstline.identifiers.door_label import Found, parse
from firstline.identifiers.width import halve
from firstline.tables import Cell

from .codes import Meaning
from .content import Profile
from .headings import Headings, at, word_of
from .model import ColumnReading
from .words import TENANT_GROUP, simplify

Row = Sequence[Cell]

DOOR_MEANINGS = (
    Meaning.DOOR,
    Meaning.UNIT_ROOM,
    Meaning.BUILDING_ROOM,
    Meaning.BUILDING,
    Meaning.BUILDING_UNIT,
    Meaning.UNIT,
    Meaning.FLOOR,
    Meaning.ROOM,
)
LABELS = (Meaning.DOOR, Meaning.UNIT_ROOM, Meaning.BUILDING_ROOM, Meaning.ROOM)
_BUILDINGS = (Meaning.BUILDING, Meaning.BUILDING_UNIT)
_ONCE = frozenset(DOOR_MEANINGS) | {Meaning.RELATION, Meaning.PERSONS}
_TENANTS = {
    Meaning.NAME: Meaning.TENANT_NAME,
    Meaning.PHONE: Meaning.TENANT_PHONE,
    Meaning.ID_NUMBER: Meaning.TENANT_ID,
    Meaning.MEMBERS: Meaning.TENANT_NAME,
}
_LOOKED_AT = 2000  # rows, evenly spread: more say no more of what a column is
_BRACKETED = re.compile(r"^.*?[(（\[【](?P<inside>[^)）\]】]*).*$")
_UNIT_ONLY = re.compile(r"单元")
_BUILDING_WORD = re.compile(r"[楼栋幢座]")
_NAMELIKE = frozenset({Meaning.NAME, Meaning.TENANT_NAME, Meaning.MEMBERS})


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are read together. `place` is the column its doors are told by, None where it stands alone.

    `group` is what stands above the whole block, such as the unit it is about.
    """

    columns: tuple[ColumnReading, ...]
    place: int | None = None
    group: str = ""

    def where(self, *meanings: Meaning) -> tuple[int, ...]:
        return tuple(column.index for column in self.columns if column.meaning in meanings)

    def first(self, *meanings: Meaning) -> int:
        """The column of the first meaning that has one, 0 where none has."""
        return next((found[0] for meaning in meanings if (found := self.where(meaning))), 0)

    @property
    def has_doors(self) -> bool:
        return bool(self.where(*LABELS))


def blocks_of(headings: Headings, rows: Sequence[Row]) -> tuple[Block, ...]:
    """The columns of a sheet, in one block or in several that stand side by side. `rows` are those below."""
    width = max((len(row) for row in rows), default=0)
    width = max(width, len(headings.texts))
    some = rows[:: len(rows) // _LOOKED_AT + 1]
    profiles = [Profile([at(row, position) for row in some]) for position in range(width)]
    columns = [_column(position, headings, profiles[position]) for position in range(width)]
    parts = _side_by_side(headings, columns)
    if len(parts) == 1:
        parts = _by_content(columns, profiles, some) or parts
    blocks = []
    for part in parts:
        own = _settled([columns[position] for position in part], profiles)
        group = _common_group(headings, part) if len(parts) > 1 else ""
        blocks.append(Block(tuple(own), None, group))
    if len(blocks) == 1:
        return tuple(blocks)
    return tuple(replace(block, place=_place(block, blocks)) for block in blocks)


def chosen_block(headings: Headings, chosen: Mapping[int, Meaning], width: int) -> Block:
    """The columns as a person said; those not named are not read."""
    return Block(
        tuple(
            ColumnReading(index, headings.text(index - 1), chosen.get(index, Meaning.OTHER), 1.0)
            for index in range(1, max([width, len(headings.texts), *chosen]) + 1)
        )
    )


def _place(block: Block, blocks: Sequence[Block]) -> int:
    shared = [column.index for column in block.columns if all(column in other.columns for other in blocks)]
    own = [index for index in block.where(*DOOR_MEANINGS) if index not in shared]
    return min(own or [column.index for column in block.columns if column.index not in shared])


def _column(position: int, headings: Headings, profile: Profile) -> ColumnReading:
    text, group = headings.text(position), headings.group(position)
    word = word_of(text)
    if word is None:
        return ColumnReading(position + 1, text, Meaning.OTHER, 0.0)
    meaning = word.meaning
    if word.room_too:
        meaning = _door_or_room(text, profile)
    elif meaning is Meaning.MEMBERS and profile.share("count") > 0.6:
        meaning = Meaning.PERSONS
    elif meaning is Meaning.PERSONS and profile.share("names") > 0.5 > profile.share("count"):
        meaning = Meaning.MEMBERS
    elif meaning is Meaning.PHONE and profile.share("names") > 0.5 and profile.share("phone") > 0.3:
        meaning = Meaning.NAME  # 业主及电话
    elif meaning is Meaning.NUMBER and not profile.running and profile.share("door") > 0.6:
        meaning = Meaning.DOOR
    if TENANT_GROUP.search(group) or TENANT_GROUP.search(_BRACKETED.sub(r"\g<inside>", text)):
        meaning = _TENANTS.get(meaning, meaning)
    if profile.filled >= 3 and profile.fits(meaning) < 0.15:
        # What stands below is plainly something else, as where headings slipped by a column.
        seen = _seen(profile)
        if seen and seen is not meaning:
            return ColumnReading(position + 1, text, seen, 0.5)
    confidence = (1.0 if word.sure else 0.7) * (0.4 + 0.6 * min(1.0, profile.fits(meaning) / 0.8))
    return ColumnReading(position + 1, text, meaning, round(confidence, 2))


def _door_or_room(text: str, profile: Profile) -> Meaning:
    if profile.share("bare_room") > 0.5 and profile.share("door") < 0.5:
        return Meaning.ROOM
    if _UNIT_ONLY.search(text) and not _BUILDING_WORD.search(text) and profile.share("two_part") > 0.5:
        return Meaning.UNIT_ROOM
    return Meaning.DOOR


def _seen(profile: Profile) -> Meaning | None:
    """What a column clearly holds, whatever stands above it; None where two readers could differ."""
    looks = (
        ("document", 0.7, Meaning.ID_NUMBER),
        ("phone", 0.7, Meaning.PHONE),
        ("relation", 0.8, Meaning.RELATION),
        ("door", 0.8, Meaning.DOOR),
        ("building", 0.8, Meaning.BUILDING),
        ("unit", 0.8, Meaning.UNIT),
        ("floor", 0.9, Meaning.FLOOR),
    )
    if profile.filled < 2:
        return None
    for look, least, meaning in looks:
        if profile.share(look) >= least and not (meaning is Meaning.DOOR and profile.running):
            return meaning
    if profile.share("names") >= 0.7 and profile.share("sure_name") >= 0.4 and not profile.repetitive:
        return Meaning.NAME
    return None


def _side_by_side(headings: Headings, columns: Sequence[ColumnReading]) -> list[list[int]]:
    """Positions of each block. A heading of the door that comes again, with one more that does, begins a new one."""
    everything = [list(range(len(columns)))]
    if headings.rows:
        keys = [simplify(column.header) if column.meaning is not Meaning.OTHER else "" for column in columns]
    else:
        keys = []
    starts = _repeats(keys, [column.meaning in LABELS for column in columns])
    if not starts:
        return everything
    back = 0
    while starts[0] - back - 1 >= 0 and starts[1] - back - 1 > starts[0]:
        first, second = starts[0] - back - 1, starts[1] - back - 1
        if headings.text(first) != headings.text(second) or not headings.text(first):
            break
        back += 1
    begins = [start - back for start in starts]
    shared = list(range(begins[0]))
    ends = [*begins[1:], len(columns)]
    return [[*shared, *range(begin, end)] for begin, end in zip(begins, ends, strict=True)]


def _by_content(columns: Sequence[ColumnReading], profiles: Sequence[Profile], rows: Sequence[Row]) -> list[list[int]]:
    """Blocks whose headings do not agree: whole doors stand in several columns, others in each."""
    doors = [at for at, profile in enumerate(profiles) if profile.filled >= 3 and profile.share("named_door") >= 0.8]
    if len(doors) < 2 or any(later - earlier < 2 for earlier, later in pairwise(doors)):
        return []
    pairs = [(halve(at(row, doors[0]).plain), halve(at(row, doors[1]).plain)) for row in rows]
    both = [(parse(one), parse(other)) for one, other in pairs[:60] if one and other]
    same = sum(isinstance(a, Found) and isinstance(b, Found) and a.door == b.door for a, b in both)
    if same * 2 > len(both):
        return []  # the same door written twice: 房号 and 地址
    # What stands in front of the first door, such as a running number, stands in front of each.
    lead = doors[0] if doors[0] < 2 else 0
    begins = [door - lead for door in doors]
    if any(later - earlier <= lead for earlier, later in pairwise(begins)):
        return []
    ends = [*begins[1:], len(columns)]
    return [list(range(begin, end)) for begin, end in zip(begins, ends, strict=True)]


def _repeats(keys: Sequence[str], labels: Sequence[bool]) -> list[int]:
    """The positions of the door's heading where it and another heading come at least twice."""
    found: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(position)
    again = {key: where for key, where in found.items() if len(where) > 1}
    doors = [where for where in again.values() if all(labels[position] for position in where)]
    if not doors or len(again) < 2:
        return []
    starts = max(doors, key=len)
    return [] if any(later - earlier < 2 for earlier, later in pairwise(starts)) else starts


def _common_group(headings: Headings, part: Sequence[int]) -> str:
    groups = [headings.group(position) for position in part if headings.group(position)]
    return groups[0] if groups and len(set(groups)) == 1 else ""


def _settled(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
    columns = _room_or_door(_told_apart(columns, profiles), profiles)
    columns = _one_of_each(columns)
    columns = _guessed(columns, profiles)
    columns = _numbers_by_place(columns, profiles)
    columns = _remarks(columns, profiles)
    return _people_as_names(columns)


def _told_apart(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
    """A running 户号, or the same street number in every row, names no door where another column does.

    Few numbers beside many rooms are buildings, each written once. And where no column names doors, numbers that do
    not run are rooms, whatever 号 may head elsewhere.
    """
    changed = list(columns)
    labels = [position for position, column in enumerate(columns) if column.meaning in LABELS]
    for position in labels:
        profile = profiles[columns[position].index - 1]
        meaning = columns[position].meaning
        others = any(changed[other].meaning in LABELS for other in labels if other != position)
        if others and meaning is Meaning.DOOR and _stands_for_many(profile, profiles, labels, columns):
            changed[position] = replace(columns[position], meaning=Meaning.BUILDING, confidence=0.6)
        if not others or profile.filled < 3 or changed[position].meaning is Meaning.BUILDING:
            continue
        if profile.running and profile.share("long_room") < 0.5:
            changed[position] = replace(columns[position], meaning=Meaning.NUMBER)
        elif meaning is Meaning.DOOR and (profile.share("door") < 0.5 or profile.constant):
            changed[position] = replace(columns[position], meaning=Meaning.OTHER)
    if not labels:
        for position, column in enumerate(columns):
            profile = profiles[column.index - 1]
            if column.meaning is Meaning.NUMBER and not profile.running and profile.share("long_room") > 0.6:
                changed[position] = replace(column, meaning=Meaning.ROOM)
                break
    return changed


def _stands_for_many(
    profile: Profile, profiles: Sequence[Profile], labels: Sequence[int], columns: Sequence[ColumnReading]
) -> bool:
    """Few numbers beside many rooms stand for all the rows below them, whatever their heading."""
    rooms = max(profiles[columns[other].index - 1].filled for other in labels)
    unsaid = not any(column.meaning in _BUILDINGS for column in columns)
    few = profile.filled * 6 <= rooms
    return unsaid and few and max(profile.share("bare_room"), profile.share("building")) > 0.8


def _room_or_door(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
    """Beside a column with the building, 门牌号 means the room; without one, whole doors stand in the room's column."""
    has_building = any(column.meaning in _BUILDINGS for column in columns)
    has_door = any(column.meaning is Meaning.DOOR and not _ambiguous_word(column) for column in columns)
    changed = []
    for column in columns:
        meaning = column.meaning
        if meaning is Meaning.DOOR and has_building and _ambiguous_word(column):
            meaning = Meaning.ROOM
        elif meaning is Meaning.ROOM and not has_building and not has_door:
            meaning = Meaning.ROOM if profiles[column.index - 1].share("bare_room") > 0.5 else Meaning.DOOR
        changed.append(replace(column, meaning=meaning))
    return changed


def _ambiguous_word(column: ColumnReading) -> bool:
    word = word_of(column.header)
    return bool(word and word.room_too)


def _one_of_each(columns: list[ColumnReading]) -> list[ColumnReading]:
    """Of several columns with a meaning that a row has once, the surest one counts (the leftmost of equals)."""
    best: dict[Meaning, ColumnReading] = {}
    for column in columns:
        if column.meaning in _ONCE and (
            column.meaning not in best or column.confidence > best[column.meaning].confidence
        ):
            best[column.meaning] = column
    return [
        column
        if column.meaning not in _ONCE or best[column.meaning] is column
        else replace(column, meaning=Meaning.OTHER)
        for column in columns
    ]


def _guessed(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
    """Columns whose heading tells nothing, by content, where that meaning is not taken."""
    taken = {column.meaning for column in columns}
    if taken & {Meaning.ROOM, Meaning.UNIT_ROOM, Meaning.BUILDING_ROOM}:
        taken.add(Meaning.DOOR)
    named = any(profiles[column.index - 1].share("named_door") >= 0.8 for column in columns)
    result = []
    for column in columns:
        if column.meaning is Meaning.OTHER and word_of(column.header) is None:
            meaning = _seen(profiles[column.index - 1])
            if meaning is Meaning.DOOR and named and profiles[column.index - 1].share("named_door") < 0.5:
                meaning = None  # days and numbers may pass for doors, but not beside real ones
            if meaning and (meaning not in taken or meaning is Meaning.PHONE):
                if meaning in (Meaning.NAME, Meaning.DOOR, Meaning.ID_NUMBER) or meaning in _ONCE:
                    taken.add(meaning)
                column = replace(column, meaning=meaning, confidence=0.6)  # noqa: PLW2901
        result.append(column)
    return result


class _Unheaded:
    """The columns of numbers that no heading explains."""

    def __init__(self, columns: list[ColumnReading], profiles: Sequence[Profile]) -> None:
        self.columns = list(columns)
        self._profiles = profiles
        self.open = [
            position
            for position, column in enumerate(columns)
            if column.meaning is Meaning.OTHER
            and word_of(column.header) is None
            and profiles[column.index - 1].filled >= 2
        ]

    def settle(self, position: int, meaning: Meaning) -> None:
        self.columns[position] = replace(self.columns[position], meaning=meaning, confidence=0.5)
        self.open.remove(position)

    def has(self, *meanings: Meaning) -> bool:
        return any(column.meaning in meanings for column in self.columns)

    def profile(self, position: int) -> Profile:
        return self._profiles[self.columns[position].index - 1]

    def first(self, look: str, least: float) -> int | None:
        return next((position for position in self.open if self.profile(position).share(look) >= least), None)


def _numbers_by_place(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
    """Numbers without a heading: a running one first, then building and unit left of the room, persons elsewhere."""
    unheaded = _Unheaded(columns, profiles)
    if not unheaded.has(Meaning.NUMBER):
        runs = (
            p for p in unheaded.open if unheaded.profile(p).running and unheaded.profile(p).share("long_room") < 0.5
        )
        if (number := next(runs, None)) is not None:
            unheaded.settle(number, Meaning.NUMBER)
    if not unheaded.has(*LABELS) and (room := unheaded.first("long_room", 0.8)) is not None:
        unheaded.settle(room, Meaning.ROOM)
        left = [p for p in unheaded.open if p < room and unheaded.profile(p).share("small") >= 0.8][-2:]
        wanted = [m for m in (Meaning.BUILDING, Meaning.UNIT) if not unheaded.has(m)]
        for position, meaning in zip(left, wanted, strict=False):
            unheaded.settle(position, meaning)
    bare = unheaded.has(*LABELS) and not any(column.header for column in columns)
    if bare and not unheaded.has(Meaning.PERSONS) and (persons := unheaded.first("count", 0.9)) is not None:
        unheaded.settle(persons, Meaning.PERSONS)
    return unheaded.columns


def _remarks(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
    """A column without a telling heading whose cells speak of letting, emptiness, cars."""
    if any(column.meaning is Meaning.REMARK for column in columns):
        return columns
    return [
        replace(column, meaning=Meaning.REMARK, confidence=0.5)
        if column.meaning is Meaning.OTHER
        and word_of(column.header) is None
        and profiles[column.index - 1].share("status") >= 0.6
        else column
        for column in columns
    ]


def _people_as_names(columns: list[ColumnReading]) -> list[ColumnReading]:
    """Where nothing else names the head, the first column of members does, or else the tenant's."""
    if any(column.meaning is Meaning.NAME for column in columns):
        return columns
    wanted = (Meaning.MEMBERS, Meaning.TENANT_NAME)
    first = next((column for meaning in wanted for column in columns if column.meaning is meaning), None)
    return [
        replace(column, meaning=Meaning.NAME, confidence=round(column.confidence * 0.7, 2))
        if column is first
        else column
        for column in columns
    ]


def all_columns(blocks: Iterable[Block]) -> tuple[ColumnReading, ...]:
    """Every column of the sheet once, in order; shared ones stand in each block."""
    found = {column.index: column for block in blocks for column in block.columns}
    return tuple(found[index] for index in sorted(found))
