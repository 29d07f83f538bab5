"""A community's own list of its compounds: 序号, 小区名称, 小区类型, 管理方式, 有无门房, 户数, in any order. Pure.

Every row comes back: as a compound, or with what is wrong with it. What is said of a compound and not understood is
told beside it, never left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firstline.identifiers.width import halve
from firstline.places.believed import read as believed
from firstline.tables import EMPTY, Cell, Sheet

_SEARCHED_ROWS = 20
_LONGEST = 60
_COLUMNS = {
    "name": re.compile(
        r"^(?:小区|院落|楼院|大院|片区|家属院)?(?:名称|名字|名)$|^(?:小区|院落|楼院|小区院落|小区楼院)$"
    ),
    "make_up": re.compile(r"类型|类别|性质|构成|种类"),
    "management": re.compile(r"管理|物业"),
    "gatehouse": re.compile(r"门房|门卫|门岗|传达室|值班室"),
    "households": re.compile(r"户数|住户|总户|居民户|多少户"),
    "aliases": re.compile(r"别名|俗称|又名|曾用名|也叫|小名"),
    "address": re.compile(r"地址|位置|坐落"),
}
_MAKE_UPS = (
    ("mixed_village", re.compile(r"混|村")),
    ("work_unit", re.compile(r"家属|单位|宿舍|公房|职工|房改")),
    ("developed", re.compile(r"开发|楼盘|商品|房地产")),
)
# A name that tells otherwise is a reason to ask, not to know better.
_WORK_UNIT_NAME = re.compile(r"家属|宿舍")
_YES = re.compile(r"^(?:有|是|√|✓|Y|YES|1|[^没无不否]*有.*)$")
_NO = re.compile(r"^(?:没有?|无|否|×|X|N|NO|0|没.*|无.*)$")
_NOBODY = re.compile(r"^(?:没人管?|无人管?|无|没有?|自管|无物业.*|没物业.*|无管理.*|没有物业.*)$")
_GATEHOUSE = re.compile(r"门房|门卫|门岗|看门")
_COMPANY = re.compile(r"物业|公司|服务|集团|管理处")
_NO_NAME = re.compile(r"^(?:有?物业(?:公司|管理|服务)?|物业公司管理|有|公司)$")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|备注|说明|填表|制表|注)")
_BETWEEN = re.compile(r"[、,，;；/|]+")


@dataclass(frozen=True, slots=True)
class CompoundLine:
    """What one row says of a compound; ``problems`` are codes of PROBLEMS with what stood there."""

    row: int
    name: str
    make_up: str = "unknown"
    management: str = "unknown"
    company: str = ""
    gatehouse: bool | None = None
    households: str = ""
    aliases: tuple[str, ...] = ()
    address: str = ""
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CompoundList:
    """Rows below the headings: compounds, and rows set aside by number with the code of why."""

    lines: list[CompoundLine] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


PROBLEMS = (
    "make_up_unclear",
    "make_up_against_name",
    "management_unclear",
    "gatehouse_unclear",
    "households_unclear",
    "name_twice",
    "name_missing",
    "no_headings",
    "total",
)


def read_compounds(sheets: Sequence[Sheet]) -> CompoundList:
    """The compounds of the first sheet that has headings; a file without any comes back with its rows set aside."""
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            columns = _columns(row)
            if "name" in columns and len(columns) > 1:
                return _below(sheet, at, columns)
    rows = [(number, "no_headings") for sheet in sheets[:1] for number in range(1, len(sheet.rows) + 1)]
    return CompoundList(aside=rows)


def _below(sheet: Sheet, header: int, columns: dict[str, int]) -> CompoundList:
    said = CompoundList(headings={name: sheet.rows[header][at].text for name, at in columns.items()})
    names: set[str] = set()
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        if all(cell.blank for cell in row):
            continue
        name = _text(row, columns.get("name"))
        reason = _why_aside(row, name, names)
        if reason:
            said.aside.append((number, reason))
            continue
        names.add(name)
        said.lines.append(_line(row, number, columns, name))
    return said


def _why_aside(row: Sequence[Cell], name: str, names: set[str]) -> str:
    first = next((halve(cell.plain) for cell in row if not cell.blank), "")
    if _TOTAL.match(name) or (_TOTAL.match(first) and not name):
        return "total"
    if not name:
        return "name_missing"
    return "name_twice" if name in names else ""


def _line(row: Sequence[Cell], number: int, columns: dict[str, int], name: str) -> CompoundLine:
    problems: list[tuple[str, str]] = []
    kind = _text(row, columns.get("make_up"))
    make_up = _make_up(kind, problems)
    if make_up == "developed" and _WORK_UNIT_NAME.search(name):
        problems.append(("make_up_against_name", kind))
    management, company = _management(_text(row, columns.get("management")), problems)
    households = _text(row, columns.get("households"))
    if households and believed(households) is None:
        problems.append(("households_unclear", households))
    return CompoundLine(
        row=number,
        name=name,
        make_up=make_up,
        management=management,
        company=company,
        gatehouse=_gatehouse(_text(row, columns.get("gatehouse")), problems),
        households=households,
        aliases=tuple(part for part in _BETWEEN.split(_text(row, columns.get("aliases"))) if part),
        address=_text(row, columns.get("address")),
        problems=tuple(problems),
    )


def _make_up(text: str, problems: list[tuple[str, str]]) -> str:
    for code, pattern in _MAKE_UPS:
        if pattern.search(text):
            return code
    if text:
        problems.append(("make_up_unclear", text))
    return "unknown"


def _management(text: str, problems: list[tuple[str, str]]) -> tuple[str, str]:
    if not text:
        return "unknown", ""
    if _NOBODY.match(text):
        return "nobody", ""
    if _GATEHOUSE.search(text) and not _COMPANY.search(text):
        return "gatehouse", ""
    if _COMPANY.search(text):
        return "company", "" if _NO_NAME.match(text) else text
    problems.append(("management_unclear", text))
    return "unknown", ""


def _gatehouse(text: str, problems: list[tuple[str, str]]) -> bool | None:
    if not text:
        return None
    if _NO.match(text.upper()):
        return False
    if _YES.match(text.upper()):
        return True
    problems.append(("gatehouse_unclear", text))
    return None


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        heading = re.sub(r"[\s()（）:：]", "", halve(cell.plain))
        for name, pattern in _unfound(found):
            if heading and len(heading) <= _LONGEST and pattern.search(heading):
                found[name] = at
                break
    return found


def _unfound(found: dict[str, int]) -> Iterator[tuple[str, re.Pattern[str]]]:
    return ((name, pattern) for name, pattern in _COLUMNS.items() if name not in found)


def _text(row: Sequence[Cell], position: int | None) -> str:
    return halve((row[position] if position is not None and position < len(row) else EMPTY).plain)
