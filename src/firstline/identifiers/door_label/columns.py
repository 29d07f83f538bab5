"""Doors whose parts stand in several columns."""

import re
from datetime import date

from firstline.identifiers.door_label.dates import undate
from firstline.identifiers.door_label.model import Found, Parsed, Shape
from firstline.identifiers.door_label.read import UNKNOWN, parse
from firstline.identifiers.door_label.repair import tidy
from firstline.identifiers.numerals import NUMERALS
from firstline.identifiers.width import cell_text

_ROW = re.compile(r"第?[^排]+排$|第?[^组]{1,3}(?:组|社|队)$")
_LANE = re.compile(r"(?:街|巷|胡同|弄|院|路|平房)$")
_PAIR = re.compile(r"(\d{1,3}|[A-Z]\d?)[-/. ](\d{1,2})$")
_ROOM_WITH_UNIT = re.compile(rf"(?:\d{{1,2}}|[A-Z])-\d{{3,4}}室?$|.*(?:单元|单)[\d{NUMERALS}-]")
_UNIT_WORD = re.compile(r"单元|单$|门$")


def from_columns(
    *, building: object = None, unit: object = None, room: object = None, shape: Shape = UNKNOWN
) -> Parsed:
    """The door of cells under 楼号, 单元, 房号. An absent column is None, a blank cell is "".

    Cells keep what people put in them: words with the number (`1号楼`, `2单元`), building and
    unit in one cell (`1-2`, also as the date a spreadsheet made of it), the whole door in the
    room's cell, a lane and a row for courtyards (`东巷`, `1排`, `9号院`).
    """
    block, stair, flat = _text(building), _text(unit), _text(room)
    if not block and not stair:
        return parse(room, shape)
    if not flat and not stair:
        return parse(building, shape)
    if _whole(flat, shape):
        return parse(flat, shape)
    if _LANE.search(block):
        return parse(f"{block}{stair}{'' if _ROW.match(stair) or not stair else '排'}{_yard(flat)}", shape)
    if _ROW.match(stair) or _ROW.match(block):
        return parse(f"{block}{stair}{_yard(flat)}", shape)
    if isinstance(building, date) or (undated := undate(block)):
        block = (undate(building) if isinstance(building, date) else undated)[0]
    if not stair and (pair := _PAIR.match(block)):
        block, stair = pair[1], pair[2]
    if isinstance(unit, date):
        stair = ""
    block = block if not block or re.search(r"[号栋幢座楼#元]", block) else f"{block}号楼"
    stair = stair if not stair or _UNIT_WORD.search(stair) else f"{stair}单元"
    if not stair and _ROOM_WITH_UNIT.match(flat):
        stair, flat = flat, ""
    written = f"{block}{stair}{flat}" + ("室" if flat[-1:].isdigit() and len(flat) < 3 else "")
    return parse(written, shape)


def _text(value: object) -> str:
    if isinstance(value, date):
        return undate(value)[0]
    return tidy(cell_text(value))[0]


def _yard(flat: str) -> str:
    return flat if not flat[-1:].isdigit() else f"{flat}号"


def _whole(flat: str, shape: Shape) -> bool:
    """The room's cell alone names building, unit and room."""
    return bool(re.search(r"[号栋幢座#楼].*单|\d-\d{1,2}-\d|#.*-\d", flat)) and isinstance(parse(flat, shape), Found)
