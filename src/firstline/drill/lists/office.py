"""Lists that no company writes: the director's own, the keys handed out, what the police station knows."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from firstline.drill.community import Estate
from firstline.drill.households import Inventor
from firstline.drill.lists.dwellings import Dwelling
from firstline.drill.lists.notation import DOORS, Value
from firstline.identifiers.building_line import PlannedDoor
from firstline.places.models import MakeUp, Management

_MAKE_UPS = {MakeUp.WORK_UNIT: "单位家属院", MakeUp.DEVELOPED: "开发楼盘", MakeUp.MIXED_VILLAGE: "与村委混杂"}
_MANAGED = {Management.GATEHOUSE: "只有门房", Management.NOBODY: "没人管"}
_TOWN = "山西省吕梁市离石区莲花池街道"
_KEYED, _REGISTERED = 0.85, 0.9
_FIRST_DAY = date(2020, 2, 1)


def directors_list(estates: Sequence[Estate]) -> bytes:
    """What the director knows of her compounds by heart; her household numbers are beliefs."""
    rows: list[list[Value]] = [["序号", "小区名称", "小区类型", "管理方式", "有无门房", "户数"]]
    for number, estate in enumerate(estates, 1):
        managed = estate.company or _MANAGED[estate.management]
        gatehouse = "没有" if estate.management == Management.NOBODY else "有"
        rows.append([number, estate.name, _MAKE_UPS[estate.make_up], managed, gatehouse, estate.believed])
    return _csv(rows).encode("gb18030")


def keys_list(estates: Mapping[str, Sequence[Dwelling]], inventor: Inventor) -> bytes:
    """Gate keys handed over against a name, door by door."""
    rows: list[list[Value]] = [["钥匙编号", "门牌", "姓名", "是否签字", "领取日期"]]
    for estate, dwellings in estates.items():
        for one in dwellings:
            if one.family and inventor.chance(_KEYED):
                day = _FIRST_DAY + timedelta(days=inventor.minutes_between(0, 8))
                signed = inventor.choice(["是", "√", "代签"], [6, 3, 1])
                rows.append([f"{len(rows):03d}", estate + address(one.door), one.owner.name, signed, day.isoformat()])
    return _csv(rows).encode("utf-8-sig")


def police_register(estates: Mapping[str, Sequence[Dwelling]], inventor: Inventor) -> bytes:
    """The register of residents, a person a row, with where they are said to live now."""
    rows: list[list[Value]] = [["户号", "姓名", "性别", "公民身份号码", "与户主关系", "现住址", "人员类别"]]
    for estate, dwellings in estates.items():
        for number, one in enumerate(dwellings, 1):
            if one.family and inventor.chance(_REGISTERED):
                lives = _TOWN + estate + address(one.door)
                rows += [
                    [f"HH{number:05d}", who.name, who.sex, who.id_number, who.relation, lives, "常住人口"]
                    for who in one.family
                ]
    return _csv(rows).encode("gb18030")


def address(door: PlannedDoor) -> str:
    """A door as an office writes it: 1号楼2单元301室, 东街3排5号院."""
    return f"{door.label}院" if door.floor is None else DOORS["full"](door)


def _csv(rows: Sequence[Sequence[Value]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
