"""Where rows stand that do not say it themselves: under a building's name, on a building's sheet, in its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from firstline.identifiers.door_label import Incomplete, parse
from firstline.identifiers.width import halve

_LONGEST = 60
# 共24户, (12户), 业主信息登记表 and the like behind the name of a building that heads its rows.
_BESIDE = re.compile(
    r"[(\[【].*?[)\]】]|(?:共|合计)?\d+[户套人家]|(?:业主|住户|居民|人员|户主|全体|详细|基本|信息|情况|疫情|排查|摸排|登记|统计|入住|物业)*"
    r"(?:名单|名册|花名册|花名|一览表?|统计表?|登记表?|情况表|信息表|信息|情况|表|册|如下|部分)$|以下为?|以下是"
)
_ORNAMENT = re.compile(r"^[\s\-—=*#·、.:：◆●■★▲]+|[\s\-—=*·、.:：◆●■★▲]+$")
_WRAPPED = re.compile(r"[(\[【<《「](?P<inside>[^()\[\]【】<>《》「」]*)[)\]】>》」]")
_RANGE = re.compile(r"\d(?:号楼?|栋|幢|座)?\s*[-~至到、,，及和/]\s*\d+\s*(?:号楼|栋|幢|座)")
_NAMED = re.compile(
    r"(?<![\dA-Z号第一二三四五六七八九十-])第?(?P<b>\d{1,3}|[A-Z]\d?|[一二三四五六七八九十]{1,3}|[东西南北](?=楼))"
    r"(?P<m>号楼|#楼|栋楼?|幢楼?|座|楼)(?P<u>第?(?:\d{1,2}|[一二三四五六七八九十甲乙丙丁东西中])单元)?"
)
_LANE = re.compile(
    r"[^\d\W]{0,4}(?:街|巷|胡同|弄)(?:\d{1,3}|[一二三四五六七八九十]{1,3})?排?|第?\d{1,3}排|第?\d{1,2}组"
    r"|[东西南北中前后主副配新老旧]楼"
)
_ENGLISH = re.compile(r"(?:BUILDING|BLOCK|BLDG\.?|TOWER)(?P<b>[A-Z]|\d{1,3})|UNIT(?P<u>[A-Z]|\d{1,2})")
_BARE = re.compile(r"\d{1,2}|[A-Z]")


@dataclass(frozen=True, slots=True)
class Standing:
    """A building and a unit as text that `from_columns` reads; empty where not said."""

    building: str = ""
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.building or self.unit)


NOWHERE = Standing()


@lru_cache(maxsize=4096)
def only_standing(text: str) -> Standing:
    """1号楼, A座（共24户）, 3栋2单元, 东街3排: a building or a unit and nothing else; else nothing."""
    if len(text) > _LONGEST or _RANGE.search(bare := _ORNAMENT.sub("", halve(text).upper())):
        return NOWHERE
    if wrapped := _WRAPPED.fullmatch(bare):
        bare = wrapped["inside"]
    bare = _ORNAMENT.sub("", _BESIDE.sub("", bare)).removeprefix("第").replace(" ", "")
    if _LANE.fullmatch(bare):
        return Standing(bare)
    if named := _ENGLISH.fullmatch(bare):
        return Standing(named["b"] or "", named["u"] or "")
    parsed = parse(bare)
    if not isinstance(parsed, Incomplete) or parsed.rest or parsed.fragment.room is not None:
        return NOWHERE
    return Standing(parsed.fragment.building or "", parsed.fragment.unit or "")


@lru_cache(maxsize=4096)
def standing_in(title: str) -> Standing:
    """The one building that a title speaks of: 莲池明珠2号楼业主信息登记表. Nothing for two, or a range of them."""
    text = halve(title).upper()
    if len(text) > _LONGEST or _RANGE.search(text):
        return NOWHERE
    found = {(match["b"] + match["m"], match["u"] or "") for match in _NAMED.finditer(text)}
    if len(found) != 1:
        return NOWHERE
    ((building, unit),) = found
    return only_standing(building + unit)


def of_sheets(names: Sequence[str]) -> list[Standing]:
    """What the names of the sheets say. Bare numbers and letters are buildings where all names are such."""
    bare = len(names) > 1 and all(_BARE.fullmatch(halve(name).upper()) for name in names)
    return [Standing(halve(name).upper()) if bare else only_standing(name) or standing_in(name) for name in names]
