"""What the columns of one block mean beside each other: each meaning once, and what no heading says, by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .codes import DOOR_MEANINGS, LABELS, Meaning
from .content import Profile
from .headings import word_of
from .model import ColumnReading

_BUILDINGS = (Meaning.BUILDING, Meaning.BUILDING_UNIT)
_ONCE = frozenset(DOOR_MEANINGS) | {Meaning.RELATION, Meaning.PERSONS}


def settled(columns: list[ColumnReading], profiles: Sequence[Profile]) -> list[ColumnReading]:
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
            meaning = looked_like(profiles[column.index - 1])
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


def looked_like(profile: Profile) -> Meaning | None:
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
