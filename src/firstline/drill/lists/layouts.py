"""How a sheet is laid out. Each layout takes a hand and the dwellings of an estate and gives the pages of its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from firstline.drill.households import Inventor, Resident
from firstline.drill.lists.dwellings import Dwelling
from firstline.drill.lists.hands import Hand
from firstline.drill.lists.notation import DOORS, Value, document, house, packed, phone, relation
from firstline.drill.lists.pages import Page

_REMARKS = {"": 10, "自住": 2, "常住": 1, "过年回来了": 1, "不常住": 1, "车位B12": 0.5, "欠费": 0.5}


@dataclass(frozen=True, slots=True)
class Writer:
    """One company writing about one estate."""

    hand: Hand
    inventor: Inventor
    estate: str
    company: str

    def pages(self, dwellings: Sequence[Dwelling]) -> list[Page]:
        return _LAYOUTS[self.hand.layout](self, dwellings)

    def page(self, width: int, name: str = "Sheet1") -> Page:
        """A page with the company's title, if it writes one."""
        page = Page(name)
        if self.hand.title:
            page.title(f"{self.estate}住户登记表", width)
            page.title(f"填报单位：{self.company}　　日期：2020年2月1日", width)
        return page

    def label(self, dwelling: Dwelling) -> str:
        return "" if self.inventor.chance(self.hand.forgets) else DOORS[self.hand.door](dwelling.door)

    def phone(self, person: Resident) -> Value:
        return phone(person, self.hand.phone, self.inventor)

    def document(self, person: Resident) -> Value:
        return document(person, self.hand.document, self.inventor)

    def remark(self, dwelling: Dwelling) -> str:
        if not self.hand.remarks:
            return ""
        if not dwelling.family:
            return self.inventor.choice(["空置", "没人住", "毛坯"], [2, 2, 1])
        if dwelling.let:
            tenant = dwelling.family[0]
            return f"出租，租户{tenant.name}{tenant.phone}" if self.inventor.chance(0.5) else "出租"
        return self.inventor.choice(list(_REMARKS), list(_REMARKS.values()))

    def close(self, page: Page, count: int) -> Page:
        """A total and who made the list, as offices end a table."""
        page.add()
        page.add(f"合计：{count}户")
        page.add("制表人：小张　　审核人：")
        return page


def _door_a_row(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    headings = writer.hand.headings
    page = writer.page(len(headings))
    page.add(*headings)
    for number, dwelling in enumerate(dwellings, 1):
        page.add(*_line(writer, number, dwelling)[: len(headings)])
    return [writer.close(page, len(dwellings))]


def _line(writer: Writer, number: int, dwelling: Dwelling) -> list[Value]:
    """The cells of one door in the order of the company's headings."""
    owner, family = dwelling.owner, () if dwelling.let else dwelling.family[1:]
    said: dict[str, Callable[[], Value]] = {
        "number": lambda: number,
        "door": lambda: writer.label(dwelling),
        "name": lambda: owner.name,
        "inside": lambda: owner.name + ("　" + packed(family, writer.inventor) if family else ""),
        "family": lambda: packed(family, writer.inventor),
        "spouse": lambda: next((one.name for one in family if one.relation == "配偶"), ""),
        "child": lambda: next((one.name for one in family if one.relation in ("儿子", "女儿")), ""),
        "phone": lambda: writer.phone(owner),
        "document": lambda: writer.document(owner),
        "tenant": lambda: dwelling.family[0].name if dwelling.let else "",
        "tenant_phone": lambda: dwelling.family[0].phone if dwelling.let else "",
        "count": lambda: len(dwelling.family) or "",
        "remark": lambda: writer.remark(dwelling),
    }
    return [said[_FIELDS[heading]]() for heading in writer.hand.headings]


# What stands under the headings of lists with a door a row.
_FIELDS = {
    **dict.fromkeys(("序号", "NO", "编号"), "number"),
    **dict.fromkeys(("房号", "门牌号", "门牌", "住址", "房屋坐落", "楼栋单元房号", "地址"), "door"),
    **dict.fromkeys(("业主姓名", "户主", "产权人", "姓名", "业主", "住户姓名"), "name"),
    "住户及家庭成员": "inside",
    **dict.fromkeys(("家属", "家庭成员"), "family"),
    "配偶": "spouse",
    "孩子": "child",
    **dict.fromkeys(("联系电话", "电话", "电话号码"), "phone"),
    **dict.fromkeys(("身份证号", "证件号码", "身份证"), "document"),
    "承租人": "tenant",
    "承租人电话": "tenant_phone",
    "人数": "count",
    **dict.fromkeys(("备注", "说明"), "remark"),
}


def _by_building(dwellings: Sequence[Dwelling]) -> list[tuple[str, list[Dwelling]]]:
    return [(name, list(group)) for name, group in groupby(dwellings, key=lambda one: one.door.building)]


def _sheets(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    pages = []
    for building, group in _by_building(dwellings):
        page = writer.page(len(writer.hand.headings), house(building))
        page.add(*writer.hand.headings)
        for one in group:
            page.add(one.door.unit, int(one.door.room), one.owner.name, writer.phone(one.owner), writer.remark(one))
        pages.append(writer.close(page, len(group)))
    return pages


def _merged(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    page = writer.page(len(writer.hand.headings))
    page.add(*writer.hand.headings)
    for building, group in _by_building(dwellings):
        start = len(page.rows) + 1
        for floor, on_floor in groupby(group, key=lambda one: one.door.floor):
            first = len(page.rows) + 1
            for one in on_floor:
                row = (house(building), f"{floor}层", one.door.room, one.owner.name, writer.phone(one.owner))
                page.add(*row)
            page.merge_down(2, first, len(page.rows))
        page.merge_down(1, start, len(page.rows))
    return [writer.close(page, len(dwellings))]


def _left_out(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    page = writer.page(len(writer.hand.headings))
    page.add(*writer.hand.headings)
    before = ("", "")
    for one in dwellings:
        building, unit = house(one.door.building), one.door.unit and f"{one.door.unit}单元"
        shown = (building if building != before[0] else "", unit if (building, unit) != before else "")
        page.add(*shown, one.door.room, one.owner.name, writer.phone(one.owner))
        before = (building, unit)
    return [writer.close(page, len(dwellings))]


def _sections(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    page = writer.page(len(writer.hand.headings))
    page.add(*writer.hand.headings)
    for building, group in _by_building(dwellings):
        page.title(house(building), len(writer.hand.headings))
        for one in group:
            tenant = one.family[0] if one.let else None
            page.add(
                f"{one.door.unit}单元",
                int(one.door.room),
                one.owner.name,
                writer.phone(one.owner),
                tenant.name if tenant else "",
                tenant.phone if tenant else "",
            )
    return [writer.close(page, len(dwellings))]


def _two_rows(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    """Headings in two rows, the upper ones merged over what belongs together."""
    page = writer.page(len(writer.hand.headings))
    upper = page.add("房屋信息", "", "", "户主信息", "", "")
    page.merges += [(upper, 1, upper, 3), (upper, 4, upper, 6)]
    page.add(*writer.hand.headings)
    for one in dwellings:
        door, owner = one.door, one.owner
        page.add(
            int(door.building), int(door.unit), int(door.room), owner.name, writer.document(owner), writer.phone(owner)
        )
    return [writer.close(page, len(dwellings))]


def _blocks(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    """Two tables side by side, as it fits a printed page."""
    headings = writer.hand.headings
    half = -(-len(dwellings) // 2)
    page = writer.page(2 * len(headings) + 1)
    page.add(*headings, "", *headings)
    cells: list[list[Value]] = [[writer.label(one), one.owner.name, writer.phone(one.owner)] for one in dwellings]
    nothing: list[Value] = []
    for left, right in zip_longest(cells[:half], cells[half:], fillvalue=nothing):
        page.add(*left, "", *right)
    return [writer.close(page, len(dwellings))]


def _person_a_row(writer: Writer, dwellings: Sequence[Dwelling]) -> list[Page]:
    page = writer.page(len(writer.hand.headings))
    page.add(*writer.hand.headings)
    for number, one in enumerate(dwellings, 1):
        door: tuple[Value, ...] = (number, house(one.door.building), one.door.unit, one.door.room)
        for person in one.family or (one.owner,):
            said = "租户" if one.let and person is one.family[0] else relation(person)
            page.add(*door, person.name, said, person.sex, writer.phone(person), writer.document(person))
            door = ("", "", "", "") if writer.hand.hidden else (number, *door[1:])
    if writer.hand.hidden:
        page.hidden_columns.append(len(writer.hand.headings))
        page.comments[len(page.rows), 5] = "已搬走？请核实"
    return [writer.close(page, len(dwellings))]


_LAYOUTS: dict[str, Callable[[Writer, Sequence[Dwelling]], list[Page]]] = {
    "door_a_row": _door_a_row,
    "merged": _merged,
    "left_out": _left_out,
    "sections": _sections,
    "sheets": _sheets,
    "blocks": _blocks,
    "person_a_row": _person_a_row,
    "two_rows": _two_rows,
}
