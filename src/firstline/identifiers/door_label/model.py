"""What a door is, and the four answers a reading of it can have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Lanes, rows and groups take no hyphen before the yard: 东街3排5号, 5组6号.
_YARDS = re.compile(r".*(?:排|街|巷|胡同|弄|院|组|社|队|平房)$")
_YARD_ROOM = re.compile(r"\d+(?:-\d+)?号.*$")


@dataclass(frozen=True, slots=True)
class Door:
    """One door. `building`, `unit`, `room` are canonical; `unit` is empty where there is none.

    A courtyard has the lane and row as building (`东街3排`), no unit, and the yard as room
    (`5号`). A scattered home has only `address`.
    """

    building: str
    unit: str
    room: str
    address: str = ""

    @property
    def label(self) -> str:
        """Canonical text: `3-2-501`, `1-101`, `东街3排5号`, or the address of a scattered home."""
        if self.address:
            return self.address
        if not self.unit and is_lane(self.building) and _YARD_ROOM.match(self.room):
            return self.building + self.room
        return "-".join(part for part in (self.building, self.unit, self.room) if part)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A door said in part: None is "not said", the empty string is "there is none"."""

    building: str | None = None
    unit: str | None = None
    room: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        parts = (("building", self.building), ("unit", self.unit), ("room", self.room))
        return tuple(name for name, part in parts if part is None)


Reading = Door | Fragment


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of the compound a label belongs to; everything unknown by default.

    `has_units`: do its ordinary buildings have units? `buildings`: canonical names, lanes and
    rows included (`3`, `A`, `东街3排`). `units`: the units of single buildings where known, an
    empty set for a building without any; it wins over `has_units`.
    """

    has_units: bool | None = None
    buildings: frozenset[str] = frozenset()
    units: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def units_in(self, building: str | None) -> bool | None:
        """Whether that building has units; None where nobody has said."""
        if building is not None and building in self.units:
            return bool(self.units[building])
        return self.has_units

    @property
    def blocks(self) -> frozenset[str]:
        """The buildings that are no lanes, rows or groups."""
        return frozenset(name for name in self.buildings if not is_lane(name))


@dataclass(frozen=True, slots=True)
class Found:
    """One door. `section` is a phase or quarter (`1期`, `A区`) that belongs to the estate's name.

    `before` is what stood ahead of the door (address, estate), `after` what followed (a remark);
    `notes` are stable codes of what was repaired on the way (see `NOTES`).
    """

    door: Door
    before: str = ""
    after: str = ""
    section: str = ""
    side: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rest(self) -> str:
        return " ".join(part for part in (self.before, self.after) if part)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several doors fit. `readings` stand likeliest first and are for a person to choose from.

    `cause` is one of `CAUSES`.
    """

    cause: str
    readings: tuple[Reading, ...]
    before: str = ""
    after: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rest(self) -> str:
        return " ".join(part for part in (self.before, self.after) if part)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A door with parts missing (`fragment.missing`): 2号楼 without room, 402 without building."""

    fragment: Fragment
    before: str = ""
    after: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rest(self) -> str:
        return " ".join(part for part in (self.before, self.after) if part)


@dataclass(frozen=True, slots=True)
class NoDoor:
    """Nothing in the text speaks of a door. `reason`: empty, too_long or unrecognised."""

    reason: str
    rest: str = ""


Parsed = Found | Ambiguous | Incomplete | NoDoor

NOTES = ("voice", "letter_o", "dash_word", "lane_filled", "building_filled", "unit_filled")
CAUSES = (
    "building_or_unit",  # 3-501: building 3, or unit 3 of a building not named
    "short_room",  # 97-6, 3-2-5: a room without a floor
    "date_shaped",  # 2020-03-02: a spreadsheet made a date of 3-2
    "several_doors",  # 3-2-501、502
    "digits_only",  # 32501
    "floor_or_building",  # 2楼201
    "floor_conflict",  # 5层601
    "lane_unnamed",  # 西1排4: west street or west lane
    "lane_or_street",  # 后柳东街6号: a lane of a compound, or a street of the town
    "unit_in_room",  # 3号楼2501 where buildings have units
)


def is_lane(building: str) -> bool:
    """Whether a building's name is a lane, row or village group instead of a block of flats."""
    return bool(_YARDS.match(building))
