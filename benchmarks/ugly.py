"""A list as companies send it: titles, headings in two rows, merged buildings, families in cells, numbers as floats."""

import random
from pathlib import Path

from openpyxl import Workbook

_UNITS, _FLOORS, _ACROSS = 3, 18, 2
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙", "建国秀珍小军志博晓梅海燕文斌永红"
_REMARKS = ("", "", "", "租户", "不常住", "空房，房主在太原")


def write(path: Path, rows: int) -> None:
    """Write a workbook of so many doors, one a row; the same one for the same number."""
    dice, book = random.Random(3), Workbook()
    sheet = book.active
    sheet.title = "住户"
    for line in (
        ["住户信息登记表"],
        ["填表单位：天和物业", "", "", "", "", "", "", "2020年2月"],
        ["序号", "楼号", "单元", "房号", "住户信息", "", "", "备注"],
        ["", "", "", "", "姓名", "电话", "身份证号", ""],
    ):
        sheet.append(line)
    for area in ("A1:H1", "E3:G3", *(f"{column}3:{column}4" for column in "ABCDH")):
        sheet.merge_cells(area)
    a_building = _UNITS * _FLOORS * _ACROSS
    for at in range(rows):
        building, within = divmod(at, a_building)
        unit, rest = divmod(within, _FLOORS * _ACROSS)
        room = float((rest // _ACROSS + 1) * 100 + rest % _ACROSS + 1)
        sheet.append([at + 1, building + 1 if within == 0 else None, unit + 1, room, *_people(dice)])
    for first in range(5, rows + 5, a_building):
        if (last := min(first + a_building, rows + 5) - 1) > first:
            sheet.merge_cells(f"B{first}:B{last}")
    book.save(path)


def _people(dice: random.Random) -> list[object]:
    names = "、".join(
        f"{dice.choice(_SURNAMES)}{dice.choice(_GIVEN)}{dice.choice(_GIVEN)}" for _ in range(dice.choice([1, 1, 2, 3]))
    )
    document = (
        f"1423021{dice.randrange(940, 999)}0{dice.randrange(1, 10)}1{dice.randrange(10)}{dice.randrange(10_000):04d}"
    )
    return [names, float(f"139{dice.randrange(10**8):08d}"), document, dice.choice(_REMARKS)]
