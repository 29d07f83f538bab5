"""How each company writes its list: one entry a company, no two alike."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal["door_a_row", "merged", "left_out", "sections", "sheets", "blocks", "person_a_row", "two_rows"]
Kind = Literal["xlsx", "csv", "gb18030", "utf16", "txt", "html", "xlsx_as_xls"]


@dataclass(frozen=True, slots=True)
class Hand:
    """One company's idea of a table.

    ``headings`` are its words for the columns; in lists with a door a row they also say what is told.
    ``forgets`` is the share of rows whose door it forgot to write.
    """

    kind: Kind
    layout: Layout
    headings: tuple[str, ...]
    door: str = "dash"
    phone: str = "text"
    document: str = "text"
    title: bool = True
    remarks: bool = True
    hidden: bool = False
    forgets: float = 0.0
    name: str = "{estate}业主表"


HANDS: dict[str, Hand] = {
    "天和物业": Hand(
        "xlsx", "door_a_row", ("序号", "房号", "业主姓名", "联系电话", "身份证号", "备注"), phone="two", forgets=0.02
    ),
    "佳洁物业": Hand("xlsx", "sheets", ("单元号", "房间号", "户主", "手机号码", "备注"), phone="number", remarks=False),
    "万家物业": Hand("xlsx", "merged", ("栋号", "楼层", "室号", "住户", "电话"), phone="grouped"),
    "恒安物业": Hand("html", "door_a_row", ("NO", "门牌号", "户主", "家属", "电话", "说明"), door="full", forgets=0.02),
    "众邦物业": Hand("gb18030", "left_out", ("楼号", "单元", "门牌", "姓名", "联系方式"), phone="mixed", title=False),
    "和谐物业": Hand("xlsx", "sections", ("单元", "房号", "业主", "手机", "租客", "租客电话")),
    "美家物业": Hand("xlsx", "two_rows", ("楼", "单元", "室", "姓名", "证件号", "电话"), document="number"),
    "丽都物业": Hand(
        "gb18030",
        "door_a_row",
        ("编号", "住址", "产权人", "电话号码"),
        door="padded",
        name="{estate}小区名单",
        forgets=0.02,
    ),
    "诚信物业": Hand(
        "xlsx",
        "door_a_row",
        ("序号", "房屋坐落", "姓名", "联系电话", "证件号码"),
        door="hash",
        document="quoted",
        forgets=0.02,
    ),
    "金管家物业": Hand("xlsx_as_xls", "door_a_row", ("房号", "业主", "电话", "承租人", "承租人电话"), door="wide"),
    "新世纪物业": Hand(
        "xlsx",
        "person_a_row",
        ("序号", "楼栋", "单元", "房号", "姓名", "与户主关系", "性别", "电话", "身份证号码"),
        hidden=True,
    ),
    "鑫盛物业": Hand("csv", "door_a_row", ("楼栋单元房号", "户主", "配偶", "孩子", "电话"), door="hash"),
    "顺达物业": Hand("txt", "door_a_row", ("房号", "姓名", "电话", "人数"), door="dash", phone="grouped", title=False),
    "华居物业": Hand(
        "utf16",
        "person_a_row",
        ("序号", "楼号", "单元", "室", "姓名", "关系", "性别", "手机", "证件号"),
        document="grouped",
    ),
    "嘉和物业": Hand("xlsx", "door_a_row", ("序号", "房号", "住户及家庭成员", "联系电话"), door="chinese"),
    "安捷物业": Hand("xlsx", "blocks", ("房号", "姓名", "电话"), phone="mixed"),
    "宏远物业": Hand("csv", "door_a_row", ("地址", "住户姓名", "联系电话", "备注"), door="full", phone="two"),
    "中天物业": Hand(
        "gb18030",
        "door_a_row",
        ("门牌", "业主姓名", "家庭成员", "联系电话", "身份证"),
        document="lower",
    ),
}
