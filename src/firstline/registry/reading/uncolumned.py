"""What sheets without columns share: lines of a chat, and buildings drawn as grids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from firstline.tables import Sheet

from .columns import Block
from .doors import DoorReader
from .habits import Habit
from .model import ColumnReading, Unread
from .standing import Standing


@dataclass(slots=True)
class Uncolumned:
    """A sheet whose doors stand where they stand. `furniture` are the rows without doors, by their code."""

    sheet: Sheet
    number: int
    furniture: dict[int, str] = field(default_factory=dict)
    columns: tuple[ColumnReading, ...] = ()
    header_row: int = 0
    is_list = True
    tells_people = True

    def unread(self) -> list[Unread]:
        return []


def door_reader(standings: Iterable[Standing], habit: Habit) -> DoorReader:
    """Reads doors whose building and unit stand around them, not in columns."""
    with_units = frozenset(standing.building for standing in standings if standing.unit)
    return DoorReader(Block(()), habit, with_units, all_units=False)
