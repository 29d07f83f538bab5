"""Lists as nobody should write them: a compound that is known, written down in one of many layouts, with its truth.

The words, forms and habits are drawn from a seed. They are others than those of any list we were given.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

from firstline.tables import Cell, Sheet
from firstline.tables.grid import EMPTY, Area, date_cell, number_cell

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹"
GIVEN = "建国秀珍小军志博海龙艳芳晓燕俊杰文静国强雨欣子涵若曦明辉春梅"
HEADINGS = {
    "number": ["序号", "NO.", "编号", "序", "项次"],
    "door": ["门牌", "住址", "房屋坐落", "详细地址", "房号", "门牌号码", "房产地址", "Address", "住在哪里"],
    "building": ["楼栋", "幢", "栋号", "楼座", "Building", "几号楼"],
    "unit": ["单元", "单元号", "门洞", "Unit"],
    "room": ["室号", "房间号", "户号", "房号", "Room No."],
    "name": ["业主", "权属人", "户主姓名", "住户", "姓名", "Owner Name", "当家人"],
    "phone": ["联系方式", "手机", "电话号码", "Mobile", "联系电话1"],
    "second": ["备用电话", "联系电话2", "其他电话"],
    "persons": ["人口数", "常住人口", "几口人", "人数"],
    "remark": ["备注", "入住情况", "房屋状态", "说明"],
    "members": ["家庭成员", "同住人", "家属"],
    "relation": ["与户主关系", "关系", "称谓"],
}
REMARKS = ["", "", "", "自住", "有车", "不常住", "空置", "过年回来了", "老人独居", "毛坯"]
RELATIONS = ["妻", "老婆", "配偶", "儿子", "长女", "父", "母亲", "儿媳"]


@dataclass(frozen=True, slots=True)
class Home:
    """One door and those behind it, the head first; nobody where the flat is empty."""

    building: str
    unit: str
    room: str
    people: tuple[tuple[str, str], ...]  # name, relation
    phone: str
    remark: str

    @property
    def label(self) -> str:
        return "-".join(part for part in (self.building, self.unit, self.room) if part)

    @property
    def head(self) -> str:
        return self.people[0][0] if self.people else ""

    @property
    def family(self) -> str:
        """All but the head, packed into a cell."""
        return " ".join(f"{relation}{name}" for name, relation in self.people[1:])


@dataclass(slots=True)
class Written:
    """Sheets, and what is so: by sheet (from 1), row and column the door's label, the first name there and its phone.

    The column is 0 where a row holds one door only.
    """

    sheets: list[Sheet] = field(default_factory=list)
    truth: dict[tuple[int, int, int], tuple[str, str, str]] = field(default_factory=dict)


def compound(random: Random, *, units: bool = True, most: int = 60) -> list[Home]:
    """Homes in walking order. Each building has the same floors; some flats are empty."""
    buildings = random.choice([["1", "2"], ["1", "2", "3"], ["A", "B"], ["7", "8", "9"], ["1", "2", "3", "5", "6"]])
    floors, doors = random.choice([(6, 2), (5, 3), (11, 2), (18, 4)]) if not units else random.choice([(6, 2), (5, 3)])
    homes = [
        _home(random, building, unit, f"{floor}{door:02d}")
        for building in buildings
        for unit in (["1", "2", "3"] if units else [""])
        for floor in range(1, floors + 1)
        for door in range(1, doors + 1)
    ]
    return homes[: max(most, 2 * len(homes) // len(buildings))]


def _home(random: Random, building: str, unit: str, room: str) -> Home:
    if random.random() < 0.06:
        return Home(building, unit, room, (), "", random.choice(["空", "空房", ""]))
    head = _name(random)
    family = tuple((_name(random), random.choice(RELATIONS)) for _ in range(random.choice([0, 0, 1, 2, 3])))
    phone = f"1{random.choice('3578')}{random.randrange(10**9):09d}" if random.random() < 0.9 else ""
    return Home(building, unit, room, ((head, "户主"), *family), phone, random.choice(REMARKS))


def _name(random: Random) -> str:
    return random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(random.choice([1, 2, 2, 2])))


def _padded(building: str) -> str:
    return building.zfill(2) if building.isdigit() else building


def _mark(home: Home) -> str:
    return "座" if home.building.isalpha() else "号楼"


LABELS: dict[str, Callable[[Home], str]] = {
    "dashes": lambda home: home.label,
    "words": lambda home: f"{home.building}{_mark(home)}{home.unit}单元{home.room}室",
    "short words": lambda home: f"{home.building}栋{home.unit}单元{home.room}",
    "hash": lambda home: f"{home.building}#{home.unit}-{home.room}",
    "padded": lambda home: f"{_padded(home.building)}栋{home.unit.zfill(2)}单元{home.room.zfill(4)}",
    "slashes": lambda home: f"{home.building}/{home.unit}/{home.room}",
    "wide": lambda home: home.label.translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
    "compound named": lambda home: f"幸福里小区{home.building}{_mark(home)}{home.unit}单元{home.room}",
    "storey too": lambda home: f"{home.building}幢{home.unit}单元{home.room[:-2]}层{home.room}",
    "door": lambda home: f"{home.building}号楼{home.unit}门{home.room}",
}


class Writer:
    """Writes one compound; every choice comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.out = Written()

    def heading(self, key: str) -> str:
        return self.random.choice(HEADINGS[key])

    def cell(self, value: object) -> Cell:
        if value in (None, ""):
            return EMPTY
        if isinstance(value, datetime.date):
            return date_cell(value)
        return number_cell(float(value)) if isinstance(value, int | float) else Cell(str(value))

    def phone(self, home: Home) -> object:
        form = self.random.randrange(5)
        if not home.phone:
            return self.random.choice(["", "无", "/"])
        spaced = f"{home.phone[:3]} {home.phone[3:7]} {home.phone[7:]}"
        return [home.phone, float(home.phone), spaced, f"电话{home.phone}", home.phone][form]

    def sheet(self, name: str, rows: Sequence[Sequence[object]], merges: Sequence[Area] = ()) -> None:
        grid = [[self.cell(value) for value in row] for row in rows]
        self.out.sheets.append(Sheet(name, grid, merges=tuple(merges)))

    def is_at(self, row: int, home: Home, *, column: int = 0, name: str | None = None, phone: bool = True) -> None:
        first = home.head if name is None else name
        self.out.truth[len(self.out.sheets) + 1, row, column] = home.label, first, home.phone if phone else ""

    def titles(self) -> list[list[object]]:
        titles: list[list[object]] = [["幸福里小区住户花名册"], ["阳光物业    联系人:李经理   电话:15858672740"]]
        return titles[: self.random.choice([0, 1, 2])]

    def furniture(self) -> list[list[object]]:
        notes: list[list[object]] = [
            [],
            [f"合计:{self.random.randrange(20, 90)}户"],
            ["注:以上信息如有变动请联系物业"],
        ]
        return self.random.sample(notes, self.random.choice([0, 1, 2, 3]))


def one_label(seed: int, form: str, homes: list[Home] | None = None) -> Written:
    """A row a door, the whole door in one cell; family packed or counted; columns in any order."""
    writer = Writer(seed)
    random = writer.random
    homes = homes or compound(random)
    keys = ["door", "name", "phone", *random.sample(["persons", "remark", "members"], random.choice([0, 1, 2, 3]))]
    random.shuffle(keys)
    keys = [*random.choice([["number"], []]), *keys]
    rows: list[list[object]] = [*writer.titles(), [writer.heading(key) for key in keys]]
    for at, home in enumerate(homes, start=1):
        if random.random() < 0.04:
            rows.append([])
        said = {
            "number": at, "door": LABELS[form](home), "name": home.head, "phone": writer.phone(home),
            "persons": len(home.people) or "", "remark": home.remark, "members": home.family,
        }  # fmt: skip
        rows.append([said[key] for key in keys])
        writer.is_at(len(rows), home)
    writer.sheet("Sheet1", [*rows, *writer.furniture()])
    return writer.out


def split_columns(seed: int, way: str, *, units: bool = True) -> Written:
    """Building, unit and room in columns. `way`: full, first (written once), merged, sections, sheets, titles."""
    writer = Writer(seed)
    by_building: dict[str, list[Home]] = {}
    for home in compound(writer.random, units=units):
        by_building.setdefault(home.building, []).append(home)
    named = way in ("full", "first", "merged")
    keys = [*(["building"] if named else []), *(["unit"] if units else []), "room", "name", "phone"]
    heading: list[object] = [writer.heading(key) for key in keys]
    rows: list[list[object]] = [] if way in ("sheets", "titles") else [*writer.titles(), heading]
    merges: list[Area] = []
    for building, own in by_building.items():
        mark = writer.random.choice(["号楼", "栋", "幢"]) if building.isdigit() else "座"
        name = building + mark
        title: list[object] = [f"幸福里{name}业主信息登记表"]
        over: dict[str, list[list[object]]] = {
            "sections": [[writer.random.choice([name, f"{name}（{len(own)}户）", f"【{name}】"])]],
            "titles": [title, heading],
            "sheets": [title, heading],
        }  # fmt: skip
        rows = [*([] if way == "sheets" else rows), *over.get(way, [])]
        first = len(rows) + 1
        rows += _rows_of_building(writer, own, keys, (name, way), len(rows))
        if way == "merged":
            merges += [Area(first, 1, len(rows), 1), *_merged_units(own, first)][: 1 + units * len(own)]
        if way == "sheets":
            writer.sheet(name, [*rows, *writer.furniture()])
    if way != "sheets":
        writer.sheet("Sheet1", [*rows, *writer.furniture()], merges)
    return writer.out


def _rows_of_building(
    writer: Writer, own: Sequence[Home], keys: Sequence[str], written: tuple[str, str], above: int
) -> list[list[object]]:
    """`written`: how the building is called, and in which rows. `above`: how many rows stand above."""
    name, way = written
    rows: list[list[object]] = []
    for at, home in enumerate(own):
        new_unit = at == 0 or own[at - 1].unit != home.unit
        said: dict[str, object] = {
            "building": name if way == "full" or at == 0 else "",
            "unit": home.unit if way == "full" or new_unit else "",
            "room": writer.random.choice([int(home.room), home.room, home.room + "室"]),
            "name": home.head,
            "phone": writer.phone(home),
        }
        rows.append([said[key] for key in keys])
        writer.is_at(above + len(rows), home)
    return rows


def _merged_units(own: Sequence[Home], first: int) -> list[Area]:
    """The units of a building, each merged over its rows in the second column."""
    starts = [at for at, home in enumerate(own) if at == 0 or own[at - 1].unit != home.unit]
    return [
        Area(first + start, 2, first + end - 1, 2) for start, end in zip(starts, [*starts[1:], len(own)], strict=True)
    ]


def side_by_side(seed: int, blocks: int) -> Written:
    """Two or three lists beside each other, perhaps with an empty column between."""
    writer = Writer(seed)
    random = writer.random
    homes = compound(random)
    keys = random.choice([["door", "name", "phone"], ["number", "door", "name", "phone"], ["door", "name"]])
    heading: list[object] = [writer.heading(key) for key in keys]
    gap: list[object] = random.choice([[], [""]])
    width = len(keys) + len(gap)
    depth = -(-len(homes) // blocks)
    rows: list[list[object]] = [*writer.titles(), (heading + gap) * blocks]
    for line in range(depth):
        row: list[object] = []
        for block in range(blocks):
            at = block * depth + line
            if at >= len(homes):
                continue
            home = homes[at]
            said = {"number": at + 1, "door": home.label, "name": home.head, "phone": writer.phone(home)}
            row += [said[key] for key in keys] + gap
            writer.is_at(len(rows) + 1, home, column=block * width + keys.index("door") + 1, phone="phone" in keys)
        rows.append(row)
    writer.sheet("Sheet1", rows)
    return writer.out


def a_row_a_person(seed: int, door: str) -> Written:
    """Head and family each in a row. `door`: repeated, once (with numbers), merged."""
    writer = Writer(seed)
    random = writer.random
    rows: list[list[object]] = [
        *writer.titles(),
        [writer.heading(k) for k in ("number", "door", "name", "relation", "phone")],
    ]
    merges: list[Area] = []
    for at, home in enumerate(compound(random), start=1):
        first = len(rows) + 1
        label = random.choice([LABELS["words"], LABELS["dashes"]])(home)
        if not home.people:
            rows.append([at, label, "", "", ""])
            writer.is_at(len(rows), home)
        for place, (name, relation) in enumerate(home.people):
            shown = place == 0 or door == "repeated"
            rows.append(
                [at if place == 0 else "", label if shown else "", name, relation, home.phone if place == 0 else ""]
            )
            writer.is_at(len(rows), home, name=name, phone=place == 0)
        if door == "merged" and len(home.people) > 1:
            merges.append(Area(first, 2, len(rows), 2))
    writer.sheet("Sheet1", rows, merges)
    return writer.out


def floors_by_places(seed: int, heads: str) -> Written:
    """A floor a row, a room a column. `heads`: places (01, 02) under floors, or cells that bring their room along."""
    writer = Writer(seed)
    random = writer.random
    rows: list[list[object]] = []
    stairs: dict[tuple[str, str], dict[str, list[Home]]] = {}
    for home in compound(random):
        stairs.setdefault((home.building, home.unit), {}).setdefault(home.room[:-2], []).append(home)
    for (building, unit), floors in stairs.items():
        rows.append([f"{building}{'座' if building.isalpha() else '号楼'}{unit}单元"])
        width = max(map(len, floors.values()))
        if heads == "places":
            rows.append([random.choice(["楼层", ""]), *(f"{place:02d}" for place in range(1, width + 1))])
        for floor, homes in sorted(floors.items(), key=lambda one: -int(one[0])):
            lead: list[object] = [f"{floor}层"] if heads == "places" else []
            rows.append([*lead, *(_drawn(home, heads) for home in homes)])
            for place, home in enumerate(homes, start=1 + len(lead)):
                writer.is_at(len(rows), home, column=place)
    writer.sheet("Sheet1", rows)
    return writer.out


def _drawn(home: Home, heads: str) -> str:
    said = f"{home.head} {home.phone}".strip() or "空"
    return said if heads == "places" else f"{home.room} {said}"


def chat(seed: int) -> Written:
    """Lines of a chat, numbered by whoever answered."""
    writer = Writer(seed)
    rows: list[list[object]] = [["#接龙"], ["幸福里小区登记，例：门牌 姓名 人数 电话"]]
    homes = [home for home in compound(writer.random) if home.people]
    for at, home in enumerate(writer.random.sample(homes, min(25, len(homes))), start=1):
        rows.append([f"{at}. {home.label} {home.head} {len(home.people)}人 {home.phone}".strip()])
        writer.is_at(len(rows), home)
    writer.sheet("", rows)
    return writer.out


def digits(seed: int) -> Written:
    """1201 for 1-2-01 would be anything: the whole list shows that 12501 is 1-2-501."""
    writer = Writer(seed)
    return one_label_of(writer, compound(writer.random), lambda home: home.building + home.unit + home.room)


def no_headings(seed: int) -> Written:
    """The rows begin at once."""
    writer = Writer(seed)
    rows: list[list[object]] = []
    for at, home in enumerate(compound(writer.random), start=1):
        rows.append([at, home.label, home.head, writer.phone(home), home.remark])
        writer.is_at(len(rows), home)
    writer.sheet("Sheet1", rows)
    return writer.out


def one_label_of(writer: Writer, homes: Sequence[Home], label: Callable[[Home], str]) -> Written:
    rows: list[list[object]] = [[writer.heading("door"), writer.heading("name"), writer.heading("phone")]]
    for home in homes:
        rows.append([label(home), home.head, writer.phone(home)])
        writer.is_at(len(rows), home)
    writer.sheet("Sheet1", rows)
    return writer.out


def without_unit(seed: int) -> Written:
    """1-101 in a compound that has no units."""
    return one_label(seed, "dashes", compound(Random(seed), units=False))


def layouts() -> Iterator[tuple[str, Callable[[int], Written]]]:
    """Every layout by its name."""
    for form in LABELS:
        yield f"label {form}", partial(one_label, form=form)
    yield "label without unit", without_unit
    for way in ("full", "first", "merged", "sections", "sheets", "titles"):
        yield f"columns {way}", partial(split_columns, way=way)
        yield f"columns {way} without unit", partial(split_columns, way=way, units=False)
    for blocks in (2, 3):
        yield f"{blocks} side by side", partial(side_by_side, blocks=blocks)
    for door in ("repeated", "once", "merged"):
        yield f"a row a person, door {door}", partial(a_row_a_person, door=door)
    for heads in ("places", "rooms"):
        yield f"grid of {heads}", partial(floors_by_places, heads=heads)
    yield "chat", chat
    yield "digits", digits
    yield "no headings", no_headings
