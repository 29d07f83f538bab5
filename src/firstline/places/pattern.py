"""Which doors a building's own pattern speaks for: floors times rooms, yards counted along a row. Pure.

One row of one list may be a slip of the pen. A door is believed without a human when two sources that do not copy each
other name it, or when it fills a place in the pattern that its neighbours make. (Doors that somebody declared stand
already, and need no list to name them.)
"""

import enum
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from firstline.identifiers.door_label import Door, floor_of, is_lane
from firstline.places.layout import lane_and_row

_COLUMN = re.compile(r"-?\d{1,2}[A-Z]?(\d{2})$")
_YARD = re.compile(r"(\d{1,4})号$")
# Neighbours that make a column or a row, and how much of the pattern they must fill.
_NEIGHBOURS, _FILLED, _NEARLY_WHOLE = 2, 0.5, 0.8


class Support(enum.StrEnum):
    """What speaks for a door that a list names, strongest first; ``ALONE`` waits for a human."""

    TWO_SOURCES = "two_sources"
    PATTERN = "pattern"
    ALONE = "alone"
    HOLE = "hole"  # nobody named it, but all around it are named


@dataclass(frozen=True, slots=True)
class Named:
    """A door that sources name, and their kinds."""

    door: Door
    sources: frozenset[str]


class Pattern:
    """The doors of one compound, known or named, as floors and rows."""

    def __init__(self, doors: Iterable[Door]) -> None:
        self._doors = set(doors)
        self._flats: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
        self._yards: dict[str, set[int]] = defaultdict(set)
        for door in self._doors:
            if (cell := _cell(door)) is not None:
                self._flats[door.building, door.unit].add(cell)
            elif (yard := _yard(door)) is not None:
                self._yards[door.building].add(yard)
        self._ends: dict[str, list[int]] = defaultdict(list)
        for row, yards in self._yards.items():
            self._ends[lane_and_row(row)[0]].append(max(yards))

    def holds(self, door: Door) -> bool:
        """Whether the door's neighbours leave a place for it; the door itself does not count."""
        if (cell := _cell(door)) is not None:
            cells, floors = self._flats[door.building, door.unit], self._floors(door.building)
            return _in_grid(cell, cells - {cell}, floors - Counter([cell[0]] if cell in cells else ()))
        if (yard := _yard(door)) is not None:
            others_in_row = self._yards[door.building] - {yard}
            return _in_row(yard, others_in_row, self._ends[lane_and_row(door.building)[0]])
        return False

    def holes(self) -> Iterator[Door]:
        """Doors that nobody names in patterns that are nearly whole: 602 where every other room of the house is."""
        for (building, unit), cells in self._flats.items():
            floors, columns = {floor for floor, _ in cells}, {column for _, column in cells}
            grid = {(floor, column) for floor in floors for column in columns}
            if len(cells) >= _NEARLY_WHOLE * len(grid):
                rooms = {cell: _room(cell, cells, self._doors, building, unit) for cell in sorted(grid - cells)}
                yield from (Door(building, unit, room) for room in rooms.values() if room)
        for row, yards in self._yards.items():
            if len(yards) >= _NEARLY_WHOLE * max(yards):
                yield from (Door(row, "", f"{yard}号") for yard in range(1, max(yards)) if yard not in yards)

    def _floors(self, building: str) -> Counter[int]:
        return Counter(floor for (label, _), cells in self._flats.items() if label == building for floor, _ in cells)


def judge(named: Collection[Named], known: Collection[Door], *, hearsay: Collection[str] = ()) -> dict[str, Support]:
    """What speaks for each door that is not known yet, by its label.

    What only sources of ``hearsay`` name is no neighbour of others: who invents a door may invent those around it.
    """
    pattern = Pattern([*known, *(one.door for one in named if one.sources - set(hearsay))])
    return {one.door.label: _support(one, pattern) for one in named}


def _support(one: Named, pattern: Pattern) -> Support:
    if len(one.sources) > 1:
        return Support.TWO_SOURCES
    return Support.PATTERN if pattern.holds(one.door) else Support.ALONE


def _cell(door: Door) -> tuple[int, str] | None:
    floor, column = floor_of(door.room), _COLUMN.match(door.room)
    if is_lane(door.building) or not door.building or floor is None or column is None:
        return None
    return floor, column[1]


def _yard(door: Door) -> int | None:
    found = _YARD.match(door.room) if is_lane(door.building) else None
    return int(found[1]) if found else None


def _in_grid(cell: tuple[int, str], others: Collection[tuple[int, str]], floors: Counter[int]) -> bool:
    floor, column = cell
    above = {other for other, name in others if name == column}
    # One other door makes a floor: with two doors a floor and one stairwell there are no more.
    if not floors[floor] or len(above) < _NEIGHBOURS:
        return False
    grid = len({other for other, _ in others}) * len({name for _, name in others})
    return len(others) >= _FILLED * grid


def _in_row(yard: int, others: Collection[int], ends: Collection[int]) -> bool:
    """Between yards that are named, or no further than where the lane's other rows end."""
    if len(others) < _NEIGHBOURS or len(others) < _FILLED * max(others):
        return False
    as_far = sum(end >= yard for end in ends)
    return yard < max(others) or (max(others) < yard and as_far > _NEIGHBOURS)


def _room(
    cell: tuple[int, str], cells: Collection[tuple[int, str]], doors: Collection[Door], building: str, unit: str
) -> str:
    """The room's number as this floor writes it: 3A02 on the floor that other houses call 4."""
    floor, column = cell
    prefixes = Counter(
        door.room[: -len(column)]
        for door in doors
        if (door.building, door.unit) == (building, unit) and (found := _cell(door)) is not None and found[0] == floor
    )
    return f"{prefixes.most_common(1)[0][0]}{column}" if prefixes else ""
