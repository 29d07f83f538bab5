"""A building as a plan: its doors on floors and by stairwell, without anything the census knows of them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from firstline.census.houses import Cell, Floor, FrameState, House
from firstline.places.layout import in_rows, is_tower, lay_out
from firstline.places.models import Building, Shape
from firstline.places.names import building_name, unit_name

# A courtyard's number fits a square cell, a scattered home's address does not.
_LONG = 5


class PlanDoor(Protocol):
    """What a plan asks of a door: one of the frame, or one somebody has just found."""

    @property
    def unit(self) -> str: ...
    @property
    def floor(self) -> int | None: ...
    @property
    def room(self) -> str: ...


def plain_house(building: Building, doors: Sequence[PlanDoor], cell: Callable[[PlanDoor], Cell], left: int) -> House:
    """The picture of a building from its doors alone; ``left`` are those nothing is written down of yet."""
    flats = building.shape == Shape.FLATS and any(door.floor is not None for door in doors)
    if flats:
        layout = lay_out(doors)
        floors = [
            Floor(
                "" if storey.floor is None else str(storey.floor),
                0,
                [[cell(door) if door else None for door in unit] for unit in storey.units],
            )
            for storey in layout.storeys
        ]
        units, tower = [unit_name(unit) for unit in layout.units], is_tower(layout)
    else:
        line = in_rows(doors, max(len(doors), 1))
        floors = [
            Floor("", 0, [[cell(door) if door else None for door in unit] for unit in storey.units]) for storey in line
        ]
        units, tower = [], False
    return House(
        id=building.pk,
        name=building_name(building.label),
        url="",
        shape=(Shape.FLATS if flats else Shape.ROWS).value,
        doors=len(doors),
        left=left,
        frame=FrameState(building.frame, building.walked_at, ""),
        units=units,
        floors=floors,
        tower=tower,
        long_names=not flats and any(len(door.room) > _LONG for door in doors),
    )
