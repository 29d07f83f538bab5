"""The one line in which a director describes her buildings, and the doors it stands for.

    1-6号楼 各3单元6层每层2户        units of 6 floors with 101, 102 ... 601, 602 in each
    A座 33层 每层8户                 no units: 101 ... 108 up to 3301 ... 3308
    7、9号楼 2单元 11层 每层3户 没有4层 1层商铺
    东街1-9排 每排12户               courtyards 东街1排1号 ... 东街9排12号
    东街 28户; 1-5组 每组20户        lanes without rows, village groups

Several descriptions are separated by a semicolon or a new line. Nothing is guessed: what is not
understood comes back with its place in the line and an example of how to write it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from firstline.identifiers.numerals import NUMERALS, read_numeral

# A line of more doors than this is a slip of the finger, not a compound.
LIMIT = 20_000
EXAMPLES = {
    "flats": "1-6号楼 各3单元6层每层2户",
    "tower": "A座 33层 每层8户",
    "rows": "东街1-9排 每排12户",
}
PROBLEMS = (
    "empty",  # nothing written
    "not_understood",  # words left over
    "no_building",  # floors without a building
    "no_floors",  # a building without floors
    "no_doors",  # how many doors a floor or row has is not said
    "backwards",  # 6-1号楼
    "too_many",  # more than LIMIT doors, 200 buildings, 120 floors
    "uneven",  # 每层共5户 over 2 units
    "twice",  # two descriptions make the same door
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` of PROBLEMS; `text` stands at `at` (characters from the start of the whole line)."""

    code: str
    at: int
    text: str
    example: str = EXAMPLES["flats"]


@dataclass(frozen=True, slots=True)
class Floor:
    """`number` counts from the ground; `label` is how the doors on it begin (3A for a fourth)."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class PlannedDoor:
    """One door of a plan; `floor` is None in rows and lanes."""

    building: str
    unit: str
    floor: int | None
    room: str
    label: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One description: every building of it has the same units, floors and doors a floor.

    `units` is empty where there are none; in rows `per_floor` is the number of yards a row.
    `continuous`: numbers run on through the units of a floor (101-102, 103-104).
    """

    kind: Literal["flats", "rows"]
    buildings: tuple[str, ...]
    units: tuple[str, ...]
    floors: tuple[Floor, ...]
    per_floor: int
    shops: tuple[int, ...] = ()
    continuous: bool = False
    skipped_yards: tuple[int, ...] = ()

    @property
    def door_count(self) -> int:
        if self.kind == "rows":
            yards = sum(number <= self.per_floor for number in self.skipped_yards)
            return len(self.buildings) * (self.per_floor - yards)
        return len(self.buildings) * max(1, len(self.units)) * len(self.floors) * self.per_floor

    def doors(self) -> Iterator[PlannedDoor]:
        for building in self.buildings:
            if self.kind == "rows":
                for yard in range(1, self.per_floor + 1):
                    if yard not in self.skipped_yards:
                        yield PlannedDoor(building, "", None, f"{yard}号", f"{building}{yard}号")
                continue
            for index, unit in enumerate(self.units or ("",)):
                first = index * self.per_floor if self.continuous else 0
                for floor in self.floors:
                    for place in range(first + 1, first + self.per_floor + 1):
                        room = f"{floor.label}{place:02d}"
                        label = "-".join(part for part in (building, unit, room) if part)
                        yield PlannedDoor(building, unit, floor.number, room, label)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. `plans` stand for doors only while there are no `problems`."""

    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...]

    @property
    def door_count(self) -> int:
        return sum(plan.door_count for plan in self.plans)


_N = rf"(?:\d{{1,4}}|[{NUMERALS}]{{1,4}})"
_ID = rf"(?:[A-Z]\d{{0,2}}|\d{{1,4}}[A-Z]?|[{NUMERALS}]{{1,4}})"
_MARK = r"(?:号楼|号|#楼?|栋|幢|座|楼)"
_TO = r" ?(?:--?|至|到) ?"
_ITEM = rf"{_ID}{_MARK}?(?:{_TO}{_ID})?"
_LIST = rf"{_ITEM}(?: ?[、,和及/] ?{_ITEM})*"
_BLOCKS = re.compile(rf"^[ ,]*(?P<list>{_LIST}) ?(?P<mark>{_MARK}|$|(?=[ ,各每共]))")
_BLOCKS_LATER = re.compile(rf"(?P<list>{_LIST}) ?(?P<mark>{_MARK})")
_NAMED = re.compile(r"^[ ,]*(?P<named>[东西南北中前后主副配甲乙丙丁新老]楼)")
_LANES = (
    r"(?P<lanes>[^\d\s、,，排组]{1,5}(?:街|巷|胡同|弄|平房|院)"
    r"(?:[、,和及][^\d\s、,，]{1,5}(?:街|巷|胡同|弄|院))*)?"
)
_ROWS = re.compile(rf"^[ ,]*{_LANES} ?第?(?P<list>{_LIST.replace(_MARK, '排')}) ?(?P<mark>排|组|社|队)")
_YARDS = re.compile(
    r"^[ ,]*(?P<lane>[^\d\s、,]{1,6}(?:街|巷|胡同|弄|院|平房)|平房)"
    rf" ?(?:共|有)? ?(?:1{_TO})?(?P<count>{_N})[户号]"
)
_SKIP = re.compile(
    r"(?:没有|无|不含|不设|不要|缺|跳过|除去?)第?"
    rf"(?P<list>{_N}[层号]?(?:[、,和及-]? ?{_N}[层号]?)*)(?P<of>(?<=[层号])|层|号)"
)
_RENAMED = re.compile(rf"第?(?P<n>{_N})层(?:写作|写成|标为|叫|写|为|=)(?P<label>\d{{1,2}}[A-Z])(?:层)?")
_SHOPS = re.compile(
    rf"第?(?P<lo>{_N})层?(?:{_TO}(?P<hi>{_N}))?层(?:都|全|均)?(?:为|是)?"
    r"(?:商铺|商业|底商|门面房?|门市房?|商用|架空|车库)"
    r"|(?P<ground>(?:有|带|含)?底商)"
)
_PER = re.compile(
    rf"(?:(?:每|各)层|(?<![{NUMERALS}第])一层)(?:每单元)?(?P<all>共|总共)?有?(?P<n>{_N})户"
    rf"|{_N}梯(?P<lift>{_N})户|每[排组社队](?P<row>{_N})[户号家]"
)
_FLOORS = re.compile(rf"(?:地上|共|高|各|均)?第?(?P<lo>{_N})(?:层?{_TO}(?P<hi>{_N}))?层(?:楼|高)?")
_UNITS = re.compile(
    rf"(?:各有?|均|共|有)?(?:(?P<named>第{_ID}|{_ID}{_TO}{_ID}|{_ID}、{_ID}(?:、{_ID})*)"
    rf"|(?P<n>{_N})个?)单元"
)
_CONTINUOUS = re.compile(r"(?:各?单元)?(?:房号|门牌)?(?:连续编号|连号|通号)")
_FILLERS = re.compile(r"(?:每(?:栋楼?|幢|座|单元|排|个)|各(?:栋|幢|座|排)?|均|都|共|是|为|有|[ ,、。.:]|，)+")


@dataclass(slots=True)
class _Reader:
    """One description being eaten up piece by piece; what stays was not understood."""

    text: str
    offset: int
    problems: list[Problem] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            blank = " " * (found.end() - found.start())
            self.text = self.text[: found.start()] + blank + self.text[found.end() :]
        return found

    def complain(self, code: str, at: int, text: str, example: str = "flats") -> None:
        self.problems.append(Problem(code, self.offset + at, text, EXAMPLES[example]))


def parse_line(text: str) -> Line:
    """Read a whole line of descriptions. Never raises; see `Problem` for what went wrong."""
    folded = "".join(map(_fold, text))[: 4 * LIMIT]
    plans: list[Plan] = []
    problems: list[Problem] = []
    for piece in re.finditer(r"[^;\n]+", folded):
        if not piece[0].strip(" ,、。"):
            continue
        reader = _Reader(piece[0], piece.start())
        plan = _rows(reader) or _flats(reader)
        problems += reader.problems
        if plan and not reader.problems:
            plans.append(plan)
    if not plans and not problems:
        problems.append(Problem("empty", 0, text.strip()))
    if sum(plan.door_count for plan in plans) > LIMIT:
        problems.append(Problem("too_many", 0, str(sum(plan.door_count for plan in plans))))
    elif twice := _first_twice(plans):
        problems.append(Problem("twice", 0, twice))
    return Line(tuple(plans), tuple(problems))


def expand(line: Line) -> list[PlannedDoor]:
    """Every door of a line, in walking order of its plans; empty while the line has problems."""
    if line.problems:
        return []
    return [door for plan in line.plans for door in plan.doors()]


def _fold(character: str) -> str:
    # Width is folded one character for one, so that a problem's place is the writer's own.
    folded = unicodedata.normalize("NFKC", character).upper()
    if character in "—–～~－" or folded == "~":
        return "-"
    if character in "\r\t\u3000":
        return " "
    if folded == "樓":
        return "楼"
    return folded if len(folded) == 1 else character


def _first_twice(plans: Iterable[Plan]) -> str | None:
    seen: set[str] = set()
    for plan in plans:
        for door in plan.doors():
            if door.label in seen:
                return door.label
            seen.add(door.label)
    return None


def _count(said: str | None) -> int:
    digits = read_numeral(said or "")
    return int(digits) if digits else 0


def _members(said: str, reader: _Reader, at: int, most: int) -> tuple[str, ...]:
    """1-3、5 -> 1, 2, 3, 5; A-D -> A, B, C, D."""
    names: list[str] = []
    for item in re.split(r" ?[、,和及/] ?", re.sub(rf"{_MARK}|[排第]", "", said)):
        ends = [read_numeral(end) or end for end in re.split(_TO, item.strip())]
        if len(ends) == 1:
            names.append(ends[0].lstrip("0") or ends[0])
            continue
        low, high = ends[0], ends[-1]
        if low.isdigit() and high.isdigit():
            span = range(int(low), int(high) + 1)
            names += [str(number) for number in span[: most + 1]]
        elif len(low) == len(high) == 1 and low.isalpha() and high.isalpha():
            span = range(ord(low), ord(high) + 1)
            names += [chr(number) for number in span[: most + 1]]
        else:
            reader.complain("not_understood", at, said)
            return ()
        if not span:
            reader.complain("backwards", at, said)
    if len(names) > most:
        reader.complain("too_many", at, said)
    return tuple(dict.fromkeys(names))


def _leftover(reader: _Reader, example: str) -> None:
    for found in re.finditer(r"\S+", _FILLERS.sub(lambda m: " " * len(m[0]), reader.text)):
        reader.complain("not_understood", found.start(), found[0], example)


def _rows(reader: _Reader) -> Plan | None:
    skipped: tuple[int, ...] = ()
    if found := _ROWS.match(reader.text):
        reader.take(_ROWS)
        numbers = _members(found["list"], reader, found.start("list"), 200)
        lanes = re.split(r"[、,和及]", found["lanes"]) if found["lanes"] else [""]
        mark = found["mark"]
        buildings = tuple(f"{lane}{number}{mark}" for lane in lanes for number in numbers)
        skip = reader.take(_SKIP)
        skipped = _numbers(skip["list"]) if skip else ()
        per = reader.take(_PER)
        count = _count((per["row"] or per["n"]) if per else None)
    elif found := _YARDS.match(reader.text):
        reader.take(_YARDS)
        buildings, count = (found["lane"],), _count(found["count"])
        skip = reader.take(_SKIP)
        skipped = _numbers(skip["list"]) if skip else ()
    else:
        return None
    if not count:
        reader.complain("no_doors", found.start(), found[0].strip(), "rows")
    _leftover(reader, "rows")
    return Plan("rows", buildings, (), (), min(count, LIMIT + 1), skipped_yards=skipped)


def _numbers(said: str) -> tuple[int, ...]:
    return tuple(_count(each) for each in re.findall(_N, said))


def _flats(reader: _Reader) -> Plan | None:
    skip, renamed, shops = reader.take(_SKIP), [], reader.take(_SHOPS)
    while found := reader.take(_RENAMED):
        renamed.append((_count(found["n"]), found["label"]))
    continuous = reader.take(_CONTINUOUS) is not None
    per, units = reader.take(_PER), reader.take(_UNITS)
    floors = reader.take(_FLOORS)
    blocks = reader.take(_NAMED) or reader.take(_BLOCKS) or reader.take(_BLOCKS_LATER)
    start = len(reader.text) - len(reader.text.lstrip())
    _leftover(reader, "flats")
    if not blocks:
        if not reader.problems:
            reader.complain("no_building", start, reader.text.strip())
        return None
    at, said = blocks.start(), blocks[0].strip(" ,")
    groups = blocks.groupdict()
    names = groups.get("named")
    buildings = (names,) if names else _members(groups["list"], reader, at, 200)
    stairs = _unit_names(units, reader)
    high = _count((floors["hi"] or floors["lo"]) if floors else None)
    low = _count(floors["lo"]) if floors and floors["hi"] else 1
    doors = _count((per["n"] or per["lift"]) if per else None)
    if not high:
        reader.complain("no_floors", at, said)
    if high > 120 or doors > 99:
        reader.complain("too_many", at, said)
        return None
    if floors and low > high:
        reader.complain("backwards", floors.start(), floors[0])
    if not doors:
        reader.complain("no_doors", at, said)
    if per and per["all"] and stairs:
        if doors % len(stairs):
            reader.complain("uneven", per.start(), per[0])
        doors //= len(stairs)
    shut = _shop_floors(shops)
    absent = set(_numbers(skip["list"])) if skip else set()
    labels = dict(renamed)
    storeys = tuple(
        Floor(number, labels.get(number, str(number)))
        for number in range(low, high + 1)
        if number not in absent and number not in shut
    )
    return Plan("flats", buildings, stairs, storeys, doors, shut, continuous)


def _shop_floors(shops: re.Match[str] | None) -> tuple[int, ...]:
    if not shops:
        return ()
    if shops["ground"]:
        return (1,)
    low = _count(shops["lo"])
    return tuple(range(low, min(_count(shops["hi"]) or low, 120) + 1))


def _unit_names(units: re.Match[str] | None, reader: _Reader) -> tuple[str, ...]:
    if not units:
        return ()
    if units["named"]:
        return _members(units["named"], reader, units.start(), 30)
    count = _count(units["n"])
    if not 1 <= count <= 30:
        reader.complain("too_many" if count else "not_understood", units.start(), units[0])
        return ()
    return tuple(str(number) for number in range(1, count + 1))
