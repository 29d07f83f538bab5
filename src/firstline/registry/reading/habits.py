"""How a whole file writes its doors: a lone `1-101` says less than three hundred of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Literal

from firstline.identifiers.door_label import Ambiguous, Door, Found, Incomplete, Parsed, floor_of, parse, undate

TwoPart = Literal["building", "unit", ""]
_LEAST_ROOMS = 6
_GLUED = re.compile(r"[1-9][1-9]0[1-9]")
_MOST_UNITS = 12
_MOST_FLOORS = 40
_MOST_ON_A_FLOOR = 14


@dataclass(frozen=True, slots=True)
class Habit:
    """`two_part`: what the first part of `2-501` is. `cuts`: where bare digits part, by their length.

    `has_units` is None where the file does not tell. `typed_year` is the year a spreadsheet gave to doors it took
    for dates, 0 where it took none. `glued` are the buildings whose rooms carry their unit: 1101 is 1-101.
    """

    has_units: bool | None = None
    two_part: TwoPart = ""
    cuts: dict[int, tuple[int, int]] = field(default_factory=dict)
    typed_year: int = 0
    glued: frozenset[str] = frozenset()

    def parted(self, digits: str) -> Door | None:
        """The door of bare digits, None where the file does not tell how to part them."""
        cut = self.cuts.get(len(digits))
        return _cut(digits, cut) if cut else None

    def unglued(self, door: Door) -> Door | None:
        """The same door with the unit taken out of its room, None where the room is only a room."""
        if door.unit or door.building not in self.glued or not _GLUED.fullmatch(door.room):
            return None
        return Door(door.building, door.room[0], door.room[1:])


@dataclass(slots=True)
class Evidence:
    """What the labels of a file say of how it writes. `under` is the building a label stands under, if any."""

    with_unit: int = 0
    without_unit: int = 0
    firsts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    digits: list[str] = field(default_factory=list)
    years: Counter[int] = field(default_factory=Counter)
    rooms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, label: str | date, under: str) -> None:
        if isinstance(label, date):
            self.years[label.year] += 1
            return
        if label.isdecimal() and 5 <= len(label) <= 8:
            self.digits.append(label)
            return
        parsed = parsed_alone(label)
        if isinstance(parsed, Found) and parsed.door.building and not parsed.door.address:
            self.with_unit += bool(parsed.door.unit)
            self.without_unit += not parsed.door.unit
            if not parsed.door.unit:
                self.rooms[parsed.door.building].add(parsed.door.room)
        elif isinstance(parsed, Incomplete) and under and parsed.fragment.room and parsed.fragment.unit is None:
            self.rooms[under].add(parsed.fragment.room)
        elif isinstance(parsed, Ambiguous) and parsed.cause == "building_or_unit":
            first = parsed.readings[0]
            self.firsts[under].add(first.building or "")

    def habit(self) -> Habit:
        named = self.with_unit + self.without_unit
        has_units = None
        if named and self.with_unit >= 0.8 * named:
            has_units = True
        elif named >= 3 and self.without_unit >= 0.95 * named:
            has_units = False
        year = self.years.most_common(1)[0][0] if self.years else 0
        return Habit(has_units, self._two_part(), _cuts(self.digits), year, self._glued())

    def _glued(self) -> frozenset[str]:
        """Buildings without a floor below the eleventh, whose rooms make floors from one once the unit is taken out."""
        return frozenset(
            building
            for building, rooms in self.rooms.items()
            if len(rooms) >= _LEAST_ROOMS
            and all(_GLUED.fullmatch(room) for room in rooms)
            and _gaps({int(room[0]) for room in rooms}) == 0
            and _gaps({int(room[1]) for room in rooms}) == 0
        )

    def _two_part(self) -> TwoPart:
        """Building, unless the labels stand under a building, or others of the file name their unit."""
        under = {building: firsts for building, firsts in self.firsts.items() if building}
        if under:
            same = [firsts == {building} for building, firsts in under.items()]
            if all(same):
                sure = len(same) > 1 or not next(iter(under)).isdecimal() or int(next(iter(under))) > _MOST_UNITS
                return "building" if sure else ""
            return "unit"
        return "building" if self.firsts and not self.with_unit else ""


@lru_cache(maxsize=200_000)
def parsed_alone(label: str) -> Parsed:
    """A label without any knowledge of its compound."""
    return parse(label)


def undated(day: date, habit: Habit) -> tuple[str, ...]:
    """What may have been typed before a spreadsheet made a date of it.

    13-2 is no day of a year, so it became February of 2013, while its neighbours are days of the year they were typed.
    """
    if day.year != habit.typed_year and day.day == 1 and habit.typed_year and 12 < day.year % 100 < 60:
        return (f"{day.year % 100}-{day.month}",)
    return undate(day)


def _cut(digits: str, cut: tuple[int, int]) -> Door | None:
    building, unit = digits[: cut[0]].lstrip("0"), digits[cut[0] : sum(cut)].lstrip("0")
    room = digits[sum(cut) :]
    room = room.lstrip("0") if len(room) == 4 else room
    if not building or (cut[1] and not unit) or len(room) < 3 or room.startswith("0"):
        return None
    return Door(building, unit, room)


def _cuts(labels: Sequence[str]) -> dict[int, tuple[int, int]]:
    """By length, the widths of building and unit that alone make a plausible compound of all labels; else nothing."""
    lengths = sorted({len(label) for label in labels})
    if len(labels) < 4 or len(lengths) > 3:
        return {}
    fitting = []
    for cuts in product(*(list(_possible(length)) for length in lengths)):
        if len({cut[1] for cut in cuts}) > 1:
            continue  # units are as wide in every label of a list
        by_length = dict(zip(lengths, cuts, strict=True))
        doors = [_cut(label, by_length[len(label)]) for label in labels]
        if all(door is not None and _plausible(door) for door in doors):
            found = [door for door in doors if door is not None]
            fitting.append((_oddity(found), by_length))
    fitting.sort(key=lambda fit: fit[0])
    if not fitting or (len(fitting) > 1 and fitting[1][0] < fitting[0][0] + 0.5):
        return {}
    return fitting[0][1]


def _possible(length: int) -> Iterator[tuple[int, int]]:
    for building, unit in product((1, 2, 3), (0, 1, 2)):
        if length - building - unit in (3, 4):
            yield building, unit


def _plausible(door: Door) -> bool:
    floor = floor_of(door.room)
    return (
        floor is not None
        and 0 < floor <= _MOST_FLOORS
        and 0 < int(door.room[-2:]) <= _MOST_ON_A_FLOOR
        and (not door.unit or int(door.unit) <= _MOST_UNITS)
    )


def _oddity(doors: Iterable[Door]) -> float:
    """How little a compound looks like one: buildings, units and floors that do not count on from one. 0 is perfect."""
    doors = list(doors)
    if len(set(doors)) < len(doors) * 0.98:
        return 9.0
    units: dict[str, set[int]] = defaultdict(set)
    floors: dict[tuple[str, str], set[int]] = defaultdict(set)
    for door in doors:
        units[door.building].add(int(door.unit or 1))
        floors[door.building, door.unit].add(floor_of(door.room) or 0)
    # A list may be of some buildings only, but hardly of every tenth; units and floors begin at one.
    odd = _gaps({int(building) for building in units}, first=min(int(building) for building in units))
    odd += sum(_gaps(numbers) for numbers in units.values()) / len(units)
    odd += sum(_gaps(numbers) for numbers in floors.values()) / len(floors)
    # A tower with one stair is rarer than a house with several: units that are all the same say little.
    return odd + 0.25 * (all(numbers == {1} for numbers in units.values()) and any(door.unit for door in doors))


def _gaps(numbers: set[int], first: int = 1) -> float:
    """Share of the numbers from the first to the highest that are missing, and a little for not beginning low."""
    return 2 * (1 - len(numbers) / (max(numbers) - first + 1)) + (0.25 if min(numbers) > 2 else 0.0)
