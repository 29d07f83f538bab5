"""What each column of a sheet means, by heading and content together, and which columns stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from firstline.identifiers.door_label import Found, parse
from firstline.identifiers.width import halve
from firstline.tables import Cell

from .codes import DOOR_MEANINGS, LABELS, Meaning
from .content import Profile
from .headings import Headings, at, word_of
from .model import ColumnReading
from .settling import looked_like, settled
from .words import TENANT_GROUP, simplify

Row = Sequence[Cell]

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
        own = settled([columns[position] for position in part], profiles)
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
        seen = looked_like(profile)
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


def all_columns(blocks: Iterable[Block]) -> tuple[ColumnReading, ...]:
    """Every column of the sheet once, in order; shared ones stand in each block."""
    found = {column.index: column for block in blocks for column in block.columns}
    return tuple(found[index] for index in sorted(found))
