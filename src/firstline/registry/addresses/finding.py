"""One address at a time, looked up among the doors that stand: what a resident types, what a row of a log says.

    doors = StandingDoors(compounds, lambda key: doors_by_key[key])
    read_free("丽景街社区学府雅居，2号楼201", doors)     -> Placed("xf", Door("2", "", "201"))
    read_free("莲池明珠7号楼302", doors)                -> Unsure("door_incomplete", "lc", (7-1-302, 7-2-302))
    read_free("3号楼1702室", doors)                     -> Placed where one compound only has such a door

Nothing is ever placed at a door that does not stand, nor at one of two that fit.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from firstline.identifiers.door_label import (
    Ambiguous,
    Door,
    Found,
    Fragment,
    Incomplete,
    NoDoor,
    Parsed,
    Reading,
    Shape,
    from_columns,
    parse,
)
from firstline.identifiers.door_label.grammar import without_division
from firstline.identifiers.width import halve

from .calling import Calling, bare
from .model import Called
from .reading import SCATTERED, STREET
from .shapes import shape_of

MOST_CHOICES, LONGEST = 24, 400
_SHORTEST = 3
_AROUND = re.compile(r"(?:特别行政区|自治州|自治县|街道办事处|街道|社区|居委会|[省市区县镇乡])$")
_BETWEEN = re.compile(r"[\s,，.。、;；:：()（）\-]+")
_BETWEEN_FIRST = re.compile(rf"^{_BETWEEN.pattern}")
_ROAD = re.compile(r"[路街巷道弄]|\d+号")


@dataclass(frozen=True, slots=True)
class Placed:
    """An address that means one standing door of the compound with this key."""

    compound: str
    door: Door


@dataclass(frozen=True, slots=True)
class Unsure:
    """An address that nobody but a person can place.

    ``reason`` is one of REASONS or ``no_such_door``. ``compound`` is its key where that much is sure; ``choices`` are
    standing doors that would fit, by compound, likeliest first. ``named`` is the door of that compound that is said in
    full and stands nowhere.
    """

    reason: str
    compound: str = ""
    choices: tuple[tuple[str, Door], ...] = ()
    named: Door | None = None


class StandingDoors:
    """The compounds of a community and the doors that stand in each; a compound's are asked for when it is named.

    ``around`` are names of the places above (community, township, county), which people put in front.
    """

    def __init__(
        self, compounds: Sequence[Called], doors: Callable[[str], Iterable[Door]], around: Iterable[str] = ()
    ) -> None:
        self.calling = Calling(compounds)
        self.home = next((one.key for one in compounds if one.scattered), None)
        self.keys = [one.key for one in compounds]
        self.streets = {
            found[0]: one.key
            for one in compounds
            if one.street and (found := STREET.match(without_division(bare(one.street))))
        }
        self._doors, self._known = doors, dict[str, tuple[frozenset[Door], Shape]]()
        said = {short for name in around for short in (bare(name), _AROUND.sub("", bare(name))) if len(short) > 1}
        self._around = sorted(said, key=len, reverse=True)

    def of(self, key: str) -> frozenset[Door]:
        return self._of(key)[0]

    def shape(self, key: str) -> Shape:
        return self._of(key)[1]

    def without_around(self, text: str) -> str:
        """A text without the names of places above in front of it: 离石丽景街莲池明珠 -> 莲池明珠."""
        while found := next((name for name in self._around if text.startswith(name)), None):
            rest = _BETWEEN_FIRST.sub("", text[len(found) :])
            # 丽景街174号 is a house in that street, not one of the community called after it.
            if not rest or _ROAD.match(rest):
                break
            text = rest
        return text

    def _of(self, key: str) -> tuple[frozenset[Door], Shape]:
        if key not in self._known:
            doors = frozenset(self._doors(key))
            self._known[key] = doors, shape_of((), doors)
        return self._known[key]


def read_free(text: str, doors: StandingDoors, compound: str = "") -> Placed | Unsure:
    """The standing door that a free text means; ``compound`` is the key of its compound unless it names another.

    Any text of any length is answered.
    """
    local = _local(text, doors)
    if not local:
        return Unsure("empty", compound)
    key, rest = _compound_in(local, doors)
    if key is None:
        # 安泰肖区 looks like a district, and is 安泰小区 misspelt.
        key, rest = _compound_in(doors.without_around(_tidy(text)), doors)
    if key is not None:
        return _in_compound(key, parse(rest, doors.shape(key)), doors)
    if compound:
        found = _in_compound(compound, parse(local, doors.shape(compound)), doors)
        if isinstance(found, Placed) or not _names_something(local, doors):
            return found
    return _anywhere(local, doors)


def read_parts(
    doors: StandingDoors, *, compound: str, building: str = "", unit: str | None = None, room: str = ""
) -> Placed | Unsure:
    """The standing door that cells of a row mean; ``compound`` is any name, ``unit`` None without such a column."""
    scattered = bool(SCATTERED.match(halve(compound).strip()))
    key = None if scattered else doors.calling.find(compound)
    if key is not None:
        return _in_compound(key, from_columns(building=building, unit=unit, room=room, shape=doors.shape(key)), doors)
    written = " ".join(part for part in (building, unit or "", room) if part)
    if scattered or not compound.strip():
        return _anywhere(_local(written, doors), doors)
    return Unsure("no_compound" if written else "door_missing")


def _tidy(text: str) -> str:
    return halve(text[:LONGEST]).upper().strip()


def _local(text: str, doors: StandingDoors) -> str:
    whole = _tidy(text)
    local = without_division(whole).strip()
    cut = len(whole) - len(local)
    # 莲坡村一区 looks like a district, and is a compound.
    called = min((at for name in doors.calling.names() if 0 <= (at := whole.find(name)) < cut), default=cut)
    return doors.without_around(whole[called:].strip())


def _compound_in(text: str, doors: StandingDoors) -> tuple[str | None, str]:
    """The compound that a text names, and what follows the name."""
    calling = doors.calling
    street = STREET.match(text)
    behind = text[street.end() :].strip() if street else text
    for name in calling.names():
        # 后柳村混居区东街14号 looks like one long street, and is a lane of a compound.
        if within := behind if name in behind else text if text.startswith(name) else "":
            return calling.exactly(name), within.partition(name)[2]
    if street and (key := doors.streets.get(street[0])) and not isinstance(parse(behind), NoDoor):
        return key, behind
    said = getattr(parse(behind), "before", "").strip()
    # Other words may stand in front of a name, and hide it; a name cut short would be any estate's.
    heard = (calling.by_ear(said[start:]) for start in range(1, len(said) - _SHORTEST + 1))
    if key := calling.find(said) or next(filter(None, heard), None):
        return key, behind.partition(said)[2]
    return None, text


def _names_something(text: str, doors: StandingDoors) -> bool:
    """Whether words stand in front of the door, so that it may be one of another place."""
    return bool(_BETWEEN.sub("", getattr(parse(text), "before", "")))


def _anywhere(text: str, doors: StandingDoors) -> Placed | Unsure:
    """A scattered home's address, or a door whose compound was left out: placed where one alone has it."""
    parsed = parse(text)
    if isinstance(parsed, NoDoor):
        return Unsure("empty" if parsed.reason == "empty" else "door_unreadable")
    if isinstance(parsed, Found) and parsed.door.address:
        if doors.home is None:
            return Unsure("no_such_door")
        return _in_compound(doors.home, parsed, doors)
    if _names_something(text, doors):
        return Unsure("no_compound")
    fits = [(key, door) for key in doors.keys for door in _fitting(parse(text, doors.shape(key)), doors.of(key))]
    if len(fits) == 1 and isinstance(parsed, Found | Ambiguous):
        return Placed(*fits[0])
    return Unsure("no_compound", choices=tuple(fits[:MOST_CHOICES]))


def _in_compound(key: str, parsed: Parsed, doors: StandingDoors) -> Placed | Unsure:
    standing = doors.of(key)
    fits = _fitting(parsed, standing)
    if len(fits) == 1:
        return Placed(key, fits[0])
    choices = tuple((key, door) for door in fits[:MOST_CHOICES])
    match parsed:
        case NoDoor(reason="empty"):
            return Unsure("door_missing", key)
        case NoDoor():
            return Unsure("door_unreadable", key)
        case Incomplete() if fits or parsed.fragment.room is None or parsed.fragment.building is None:
            return Unsure("door_incomplete", key, choices)
        case Ambiguous() if fits:
            return Unsure("door_ambiguous", key, choices)
        case Found() if fits:
            return Unsure("door_incomplete", key, choices)
    near = sorted(set(_near(parsed, standing)), key=lambda door: door.label)
    named = parsed.door if isinstance(parsed, Found) else None
    return Unsure("no_such_door", key, tuple((key, door) for door in near[:MOST_CHOICES]), named)


def _fitting(parsed: Parsed, standing: frozenset[Door]) -> list[Door]:
    """The standing doors that an address may mean, in the order of its readings."""
    match parsed:
        case Found(door=door) if door in standing:
            return [door]
        case Found(door=door) if not door.unit and not door.address:
            # 3号楼501 in a house with stairwells: the unit was left out.
            return _matching(Fragment(door.building, None, door.room), standing)
        case Incomplete(fragment=fragment):
            return _matching(fragment, standing) if fragment.room is not None else []
        case Ambiguous(readings=readings):
            return _of_readings(readings, standing)
    return []


def _of_readings(readings: Sequence[Reading], standing: frozenset[Door]) -> list[Door]:
    whole = [door for door in readings if isinstance(door, Door) and door in standing]
    parts = [one for one in readings if isinstance(one, Fragment) and one.room is not None]
    # 2楼201 is room 201 of building 2: who leaves the building out seldom says the floor.
    told = [one for one in parts if not (whole and one.building is None)]
    return list(dict.fromkeys([*whole, *(door for one in told for door in _matching(one, standing))]))


def _matching(said: Fragment, standing: frozenset[Door]) -> list[Door]:
    fits = (
        door
        for door in standing
        if door.room == said.room and said.building in {None, door.building} and said.unit in {None, door.unit}
    )
    return sorted(fits, key=lambda door: door.label)


def _near(parsed: Parsed, standing: frozenset[Door]) -> Iterator[Door]:
    """Standing doors that a slip of one part away from what was written."""
    wholes = [parsed.door] if isinstance(parsed, Found) else getattr(parsed, "readings", ())
    for said in (one for one in wholes if isinstance(one, Door)):
        for door in standing:
            if door.building == said.building and (door.room == said.room or door.unit == said.unit):
                yield door
