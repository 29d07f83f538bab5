"""Buildings as pictures: doors laid out on floors, each with where it stands, ready to be drawn."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.urls import reverse

from firstline.census.coverage import TONIGHT
from firstline.census.results import DONE, Outcome
from firstline.census.selectors import Standing
from firstline.places.layout import in_rows, is_tower, lane_and_row, lay_out
from firstline.places.models import Building, Frame, Shape
from firstline.places.names import building_name, door_name, unit_name

_SETTLED = frozenset(outcome.value for outcome in DONE)
_LEFT = frozenset(outcome.value for outcome in Outcome) - _SETTLED
_TONIGHT = frozenset(outcome.value for outcome in TONIGHT)
_NOBODY = uuid.UUID(int=0)
# A courtyard's number fits a square cell, a scattered home's address does not.
_LONG = 5
# The weakest frame of a lane's rows is the lane's.
_STRENGTH = {frame: rank for rank, frame in enumerate(Frame.values)}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which doors a page shows in full; the others stand dim. Tonight's are numbered in walking order."""

    outcomes: Collection[str]
    view: str = ""
    outcome: str = ""

    @property
    def tonight(self) -> bool:
        return self.view == "tonight"

    @classmethod
    def asked(cls, view: str, outcome: str) -> "Shown":
        """What ``?view=`` and ``?outcome=`` ask for; anything unknown shows all."""
        if outcome in Outcome:
            return cls({outcome}, outcome=outcome)
        if view == "tonight":
            return cls(_TONIGHT, view=view)
        return cls(_LEFT, view=view) if view == "left" else cls(Outcome.values)


@dataclass(slots=True)
class Cell:
    """One door of a picture."""

    id: uuid.UUID
    url: str
    room: str
    name: str
    outcome: str
    dim: bool
    record_url: str
    walk: int | None = None


@dataclass(frozen=True, slots=True)
class FrameState:
    """How a frame of doors came to be known."""

    state: str
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Floor:
    label: str
    left: int
    units: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class House:
    """A building, or a lane with its rows of courtyards."""

    id: uuid.UUID
    name: str
    url: str
    shape: str
    doors: int
    left: int
    frame: FrameState
    units: list[str]
    floors: list[Floor]
    tower: bool
    long_names: bool


@dataclass
class Drawing:
    """Draws the buildings of one page: what is shown, where cells lead, who walked the frames.

    ``suffix`` is added to the address of each door, so that its page knows the way back; ``opens`` names that page.
    """

    shown: Shown
    may_record: bool
    names: dict[uuid.UUID, str]
    suffix: str = ""
    opens: str = "census:door"
    walked: list[Standing] = field(default_factory=list)
    stops: list[tuple[Cell, Standing]] = field(default_factory=list)

    def __post_init__(self) -> None:
        # One reverse a page instead of one a door.
        self._door = _pattern(self.opens)
        self._record = _pattern("census:record")

    def houses(self, buildings: Sequence[Building], standings: Sequence[Standing]) -> list[House]:
        """The pictures of buildings in walking order; rows of one lane are one picture."""
        at: dict[uuid.UUID, list[Standing]] = defaultdict(list)
        for standing in standings:
            at[standing.building_id].append(standing)
        lanes: dict[str, list[Building]] = {}
        for building in buildings:
            lane = lane_and_row(building.label)[0] if building.shape == Shape.ROWS else ""
            lanes.setdefault(lane or str(building.pk), []).append(building)
        return [self._house(group, at) for group in lanes.values()]

    def number_walk(self) -> None:
        """Give the doors shown tonight their turn: building by building, stairwell by stairwell, from the top."""
        for number, (cell, _standing) in zip(count(1), self.stops, strict=False):
            cell.walk = number

    def url_of(self, door_id: uuid.UUID) -> str:
        """The address of a door's page."""
        return self._door.replace("\x00", str(door_id)) + self.suffix

    def _house(self, group: list[Building], at: dict[uuid.UUID, list[Standing]]) -> House:
        first = group[0]
        doors = [standing for building in group for standing in at[building.pk]]
        flats = first.shape == Shape.FLATS and any(door.floor is not None for door in doors)
        if flats:
            floors, units, tower = self._flats(first, at[first.pk])
        else:
            floors, units, tower = [self._row(building, at[building.pk]) for building in group], [], False
        return House(
            id=first.pk,
            name=lane_and_row(first.label)[0] if len(group) > 1 else building_name(first.label),
            url=reverse("census:building", args=[first.pk]) if len(group) == 1 else "",
            shape=(Shape.FLATS if flats else Shape.ROWS).value,
            doors=len(doors),
            left=_left(doors),
            frame=self._frame(group),
            units=units,
            floors=floors,
            tower=tower,
            long_names=not flats and any(len(door.room) > _LONG for door in doors),
        )

    def _flats(self, building: Building, doors: list[Standing]) -> tuple[list[Floor], list[str], bool]:
        layout = lay_out(doors)
        cell = self._cells(building)
        cells = {door.id: cell(door) for door in doors}
        floors = [
            Floor(
                "" if storey.floor is None else str(storey.floor),
                _left(storey.doors()),
                [[cells[door.id] if door else None for door in unit] for unit in storey.units],
            )
            for storey in layout.storeys
        ]
        if self.shown.tonight:
            order = {unit: rank for rank, unit in enumerate(layout.units)}
            walked = sorted(doors, key=lambda door: (order[door.unit], -(door.floor or 0), door.position))
            self._stop(walked, cells)
        return floors, [unit_name(unit) for unit in layout.units], is_tower(layout)

    def _row(self, building: Building, doors: list[Standing]) -> Floor:
        cell = self._cells(building)
        cells = {door.id: cell(door) for door in doors}
        line = in_rows(doors, max(len(doors), 1))
        if self.shown.tonight:
            self._stop(doors, cells)
        units = [[cells[door.id] if door else None for door in unit] for storey in line for unit in storey.units]
        return Floor(lane_and_row(building.label)[1], _left(doors), units)

    def _stop(self, doors: Sequence[Standing], cells: dict[uuid.UUID, Cell]) -> None:
        self.walked += doors
        self.stops += [(cells[door.id], door) for door in doors if not cells[door.id].dim]

    def _cells(self, building: Building) -> Callable[[Standing], Cell]:
        # A door's name is its stairwell's with the room at the end: asked once a stairwell, not once a door.
        patterns: dict[str, str] = {}

        def cell(door: Standing) -> Cell:
            if (pattern := patterns.get(door.unit)) is None:
                pattern = patterns[door.unit] = door_name(building.label, door.unit, "\x00")
            outcome = door.stored or "untried"
            return Cell(
                id=door.id,
                url=self.url_of(door.id),
                room=door.room,
                name=pattern.replace("\x00", door.room),
                outcome=outcome,
                dim=outcome not in self.shown.outcomes,
                record_url=self._record.replace("\x00", str(door.id)) if self.may_record else "",
            )

        return cell

    def _frame(self, group: list[Building]) -> FrameState:
        weakest = min(group, key=lambda building: _STRENGTH[building.frame])
        by = self.names.get(weakest.walked_by_id, "") if weakest.walked_by_id else ""
        return FrameState(weakest.frame, weakest.walked_at, by)


def _left(doors: Sequence[Standing]) -> int:
    return sum(door.stored not in _SETTLED for door in doors)


def _pattern(name: str) -> str:
    return reverse(name, args=[_NOBODY]).replace(str(_NOBODY), "\x00")
