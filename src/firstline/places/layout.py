"""How the doors of a building stand: floors above each other, stairwells side by side, courtyards in rows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Standing(Protocol):
    """What the layout asks of a door."""

    @property
    def unit(self) -> str: ...
    @property
    def floor(self) -> int | None: ...
    @property
    def room(self) -> str: ...


D = TypeVar("D", bound=Standing)


@dataclass(frozen=True, slots=True)
class Storey(Generic[D]):
    """One floor: by stairwell, the doors in their columns; None where this floor has no such door."""

    floor: int | None
    units: list[list[D | None]]

    def doors(self) -> list[D]:
        return [door for unit in self.units for door in unit if door is not None]


@dataclass(frozen=True, slots=True)
class Layout(Generic[D]):
    """A building from its top floor down; ``units`` are the names of its stairwells ("" where it has none)."""

    units: list[str]
    storeys: list[Storey[D]]


# From this many floors, or this many doors a floor, a picture is read as a tower.
_TOWER_FLOORS, _TOWER_BREADTH = 13, 9
# 501 and 501/2 are two doors of one floor, side by side.
_ON_FLOOR = re.compile(r"-?\d{1,2}[A-Z]?(\d{2}(?:/\d{1,2})?\D*)$")
_ROW = re.compile(r"(.+?)(\d+排)$")
_DIGITS = re.compile(r"(\d+)")


def lay_out(doors: Sequence[D]) -> Layout[D]:
    """Put doors (in walking order) on floors and in columns: 501 stands above 401, whatever stands between.

    Doors whose floor is not known stand on a last line of their own.
    """
    units = sorted({door.unit for door in doors}, key=_natural)
    columns = {unit: _columns(door for door in doors if door.unit == unit) for unit in units}
    floors: dict[int | None, dict[str, list[D | None]]] = {}
    for door in doors:
        if door.floor not in floors:
            floors[door.floor] = {unit: [None] * len(columns[unit]) for unit in units}
        floors[door.floor][door.unit][columns[door.unit][_column(door)]] = door
    top_first = sorted(floors, key=lambda floor: (floor is None, -(floor or 0)))
    return Layout(units, [Storey(floor, [floors[floor][unit] for unit in units]) for floor in top_first])


def in_rows(doors: Iterable[D], across: int) -> list[Storey[D]]:
    """Doors without floors (courtyards, scattered homes) as lines of at most ``across``."""
    line = list(doors)
    return [Storey(None, [[*line[at : at + across]]]) for at in range(0, len(line), across)]


def is_tower(layout: Layout[D]) -> bool:
    """Whether the picture is too tall or too broad for a phone in one piece."""
    breadth = max((sum(len(unit) for unit in storey.units) for storey in layout.storeys), default=0)
    return len(layout.storeys) >= _TOWER_FLOORS or breadth >= _TOWER_BREADTH


def lane_and_row(label: str) -> tuple[str, str]:
    """A row of courtyards in its lane: 东街3排 -> (东街, 3排); a lane without rows stands for itself."""
    found = _ROW.match(label)
    return (found[1], found[2]) if found else (label, "")


def _columns(doors: Iterable[Standing]) -> dict[str, int]:
    """The columns of a stairwell: what rooms are called once their floor is taken off, over all floors."""
    taken: dict[int | None, int] = defaultdict(int)
    names: dict[str, int] = {}
    for door in doors:
        rank = taken[door.floor]
        taken[door.floor] += 1
        name = _column(door)
        names[name] = min(rank, names.get(name, rank)) if not _numbered(door) else 0
    return {name: column for column, name in enumerate(sorted(names, key=lambda name: (names[name], _natural(name))))}


def _column(door: Standing) -> str:
    found = _ON_FLOOR.match(door.room) if door.floor is not None else None
    return found[1] if found else door.room


def _numbered(door: Standing) -> bool:
    return door.floor is not None and bool(_ON_FLOOR.match(door.room))


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (0, int(piece[:18]), "") if piece.isdecimal() else (1, 0, piece) for piece in _DIGITS.split(text) if piece
    )
