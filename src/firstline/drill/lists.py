"""Writes a property company's list as companies write them: a title, their own headers, remarks, a total."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from firstline.drill.households import Inventor, Resident
from firstline.places.models import Door

_HEADERS = ("序号", "房号", "业主姓名", "联系电话", "身份证号", "人数", "备注")
_REMARKS = ("", "", "", "", "自住", "常住", "租出去了", "过年回来了", "不常住")


def company_rows(title: str, doors: Iterable[tuple[Door, Sequence[Resident]]], inventor: Inventor) -> list[list[str]]:
    """The rows of a list: a door a row, a few of them without a door or with half a number, a total below."""
    rows = [[title], list(_HEADERS)]
    for number, (door, family) in enumerate(doors, 1):
        head = family[0]
        phone = "无" if inventor.chance(0.06) else head.phone
        id_number = "" if inventor.chance(0.08) else head.id_number
        if inventor.chance(0.02):
            id_number = id_number[:-1]
        remark = inventor.choice(list(_REMARKS), [1.0] * len(_REMARKS))
        label = "" if inventor.chance(0.01) else door.label
        rows.append([str(number), label, head.name, phone, id_number, str(len(family)), remark])
    rows.append(["合计", "", "", "", "", str(len(rows) - 2), ""])
    return rows


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a comma-separated file in GB18030, as an office suite in China saves it."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("gb18030")


def as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook, everything typed as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("住户名单")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
