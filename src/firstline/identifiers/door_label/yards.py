"""Courtyards, rows, village groups and homes with a street number."""

import re

from firstline.identifiers.door_label import answers, grammar
from firstline.identifiers.door_label.model import (
    Ambiguous,
    Door,
    Found,
    Incomplete,
    Parsed,
    Reading,
    Shape,
)
from firstline.identifiers.door_label.repair import number

_OWN_LANE = re.compile(r"[东西南北中前后上下](?:街|巷|胡同|弄|院)$")
# A lane of a compound starts the text or follows the end of a place's name; after any other
# character it may be the end of a street's name (后柳东街 is a street or a lane of 后柳).
_EDGE = re.compile(r"(?:^|[\s\W\d区园苑城村片庄沟窑坡坪口湾寨堡屯营社院里])$")
_NUMERAL_LANE = re.compile(rf"{grammar.CN}+(?=巷|街|胡同|弄)")


def _yard(found: re.Match[str]) -> str:
    said = found["yard"]
    yard = said if "-" in said else number(said)
    part = found["part"] or ""
    if part and part[-1] in "楼层" and part[0] not in "楼东西南北中前后上下":
        part = number(part[0]) + "楼"
    # A second household behind one gate: 5号/2.
    second = f"/{found['yn']}" if found["yn"] else ""
    return f"{yard}号{part}{second}"


def _lane(name: str) -> str:
    return _NUMERAL_LANE.sub(lambda numeral: number(numeral[0]), name)


def rowed(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """东街3排5号, 东街三排五号院, 学校巷3排5号, 3排5号; 西1排4 with the lane's name cut short."""
    matches = tuple(grammar.ROWED.finditer(text))
    if not matches:
        return None
    found = matches[-1]
    row, room, start = f"{number(found['row'])}排", _yard(found), found.start()
    lane = found["lane"] or found["named"] or ""
    if found["named"] and lane + row not in shape.buildings:
        own = _OWN_LANE.search(lane)
        if own and own.start():
            start += own.start()
            lane = own[0]
    span = (start, found.end())
    lane = _lane(lane)
    short = found["dir"] or ""
    if lane or short + row in shape.buildings:
        return answers.answer(Door(lane + short + row, "", room), text, span, notes)
    fits = _lanes_for(short, row, shape)
    if len(fits) == 1 and shape.buildings:
        filled = (*notes, "lane_filled") if fits[0] != row else notes
        return answers.answer(Door(fits[0], "", room), text, span, filled)
    if not short and not fits:
        return answers.answer(Door(row, "", room), text, span, notes)
    readings = tuple(Door(name, "", room) for name in fits)
    return answers.ask("lane_unnamed", readings, text, span, notes)


def _lanes_for(short: str, row: str, shape: Shape) -> list[str]:
    if shape.buildings:
        pattern = re.compile(rf"{short}.*{re.escape(row)}$" if short else rf"\D*{re.escape(row)}$")
        fits = sorted(name for name in shape.buildings if pattern.match(name))
        if fits:
            return fits
    return [f"{short}街{row}", f"{short}巷{row}", f"{short}{row}"] if short else []


def group(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """5组6号: house 6 of a village's group 5."""
    matches = tuple(grammar.GROUP.finditer(text))
    if not matches:
        return None
    found = matches[-1]
    kind = "组" if found["kind"].endswith("组") else found["kind"]
    door = Door(number(found["row"]) + kind, "", _yard(found))
    return answers.answer(door, text, found.span(), notes)


def lane(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """东街9号 and 东街3-5 (row 3, yard 5): a lane inside a compound."""
    if dashed := tuple(grammar.LANE_DASH.finditer(text)):
        found = dashed[-1]
        return _dashed(found, text, shape, notes)
    matches = tuple(grammar.LANE.finditer(text))
    if not matches:
        return None
    found = matches[-1]
    name = _lane(found["lane"] or found["lane2"])
    before = text[: found.start()]
    closed = found["ym"] or found["part"] or re.match(r"$|[ ,，。;；(（]", text[found.end() :])
    if not closed:
        return None
    door = Door(name, "", _yard(found))
    if name in shape.buildings or (_EDGE.search(before) and not shape.buildings):
        return answers.answer(door, text, found.span(), notes)
    if (number_street := street(text, Shape(), notes)) and isinstance(number_street, Found):
        readings: tuple[Reading, ...] = (door, number_street.door)
        return Ambiguous("lane_or_street", readings, notes=notes)
    return answers.answer(door, text, found.span(), notes)


def _dashed(found: re.Match[str], text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed:
    name = _lane(found["lane"])
    in_row = Door(f"{name}{number(found['row'])}排", "", _yard(found))
    if name in shape.buildings and in_row.building not in shape.buildings:
        yard = f"{number(found['row'])}-{_yard(found)}"
        return answers.answer(Door(name, "", yard), text, found.span(), notes)
    return answers.answer(in_row, text, found.span(), notes)


def street(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """丽景二巷156号: a scattered home, known by its address alone.

    Where the compound's buildings are known, a street number only says where the compound is.
    """
    local = grammar.without_division(text)
    found = grammar.STREET.search(local)
    if not found:
        return None
    no = found["no"] if "-" in found["no"] else number(found["no"])
    name, tail = found["street"], (found["tail"] or "").strip(" -")
    if _lane(name) in shape.buildings:
        door = Door(_lane(name), "", f"{no}号{tail}")
    elif shape.buildings:
        return Incomplete(answers.NOTHING, text, notes=notes)
    else:
        door = Door("", "", "", f"{name}{no}号{tail}".replace(" ", ""))
    offset = len(text) - len(local)
    return answers.answer(door, text, (offset + found.start(), len(text)), notes)
