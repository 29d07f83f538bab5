"""What a building line would do to a compound, before anybody confirms it."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from firstline.identifiers import building_line
from firstline.places.frames import DoorProposal, building_key
from firstline.places.models import Building, Compound, Door

PlannedDoor = building_line.PlannedDoor


@dataclass(frozen=True, slots=True)
class PlannedHouse:
    """One building of a line: its doors, how many of them are known already, and how many others stand there."""

    label: str
    doors: list[PlannedDoor]
    known: int
    others: int
    plan: str

    @property
    def new(self) -> int:
        return len(self.doors) - self.known


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A line understood (or not) in the light of a compound. With ``problems`` there are no houses."""

    line: str
    houses: list[PlannedHouse]
    problems: tuple[building_line.Problem, ...]

    @property
    def doors(self) -> int:
        return sum(len(house.doors) for house in self.houses)

    @property
    def new(self) -> int:
        return sum(house.new for house in self.houses)

    @property
    def known(self) -> int:
        return self.doors - self.new

    @property
    def token(self) -> str:
        """Tells whether what is confirmed is what was shown: other words, or other doors meanwhile, give another."""
        shown = [self.line, *(f"{house.label}:{house.new}:{house.known}" for house in self.houses)]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:16]

    def proposals(self) -> list[DoorProposal]:
        return [
            DoorProposal(door.building, door.unit, door.room, door.label, door.floor)
            for house in self.houses
            for door in house.doors
        ]


def plan_of(compound: Compound, line: str) -> LinePlan:
    """Read a building line for a compound: what it says, and which of those doors stand there already."""
    written = line.strip()
    said = building_line.parse_line(written)
    if said.problems:
        return LinePlan(written, [], said.problems)
    by_house: dict[str, list[PlannedDoor]] = {}
    plans: dict[str, str] = {}
    for piece in said.plans:
        for door in piece.doors():
            by_house.setdefault(door.building, []).append(door)
        plans |= dict.fromkeys(piece.buildings, describe(piece))
    standing = dict(Building.objects.filter(compound=compound, label__in=by_house).values_list("label", "door_count"))
    known = _known(compound, by_house) if standing else Counter()
    houses = [
        PlannedHouse(label, doors, known[label], standing.get(label, 0) - known[label], plans[label])
        for label, doors in sorted(by_house.items(), key=lambda item: building_key(item[0]))
    ]
    return LinePlan(written, houses, ())


def describe(piece: building_line.Plan) -> str:
    """A description of one building in the words of the line: 3单元6层每层2户, 每排12户."""
    if piece.kind == "rows":
        return f"每排{piece.per_floor}户" if piece.buildings[0].endswith("排") else f"{piece.per_floor}户"
    units = f"{len(piece.units)}单元" if piece.units else ""
    return f"{units}{len(piece.floors)}层每层{piece.per_floor}户"


def _known(compound: Compound, by_house: dict[str, list[PlannedDoor]]) -> Counter[str]:
    standing = set(Door.objects.filter(building__compound=compound).values_list("label", flat=True))
    return Counter({label: sum(door.label in standing for door in doors) for label, doors in by_house.items()})
