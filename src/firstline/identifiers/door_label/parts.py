"""What the named groups of a match say about a door's parts."""

import re
from dataclasses import dataclass

from firstline.identifiers.door_label.model import Door, Fragment, Reading, Shape
from firstline.identifiers.door_label.order import floor_of
from firstline.identifiers.door_label.repair import number, room_number
from firstline.identifiers.numerals import read_numeral


@dataclass(frozen=True, slots=True)
class Room:
    """A room as said. `text` is None when only a floor or a side was named."""

    text: str | None = None
    side: str = ""
    floor: int | None = None
    marked: bool = False
    other: str | None = None
    kind: str = "number"

    @property
    def long(self) -> bool:
        """Three digits or more, or lettered floors: a number that carries its floor."""
        return self.text is not None and floor_of(self.text) is not None


def building(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    if named := groups.get("bn"):
        return str(named)
    block = groups.get("b")
    return None if block is None else (groups.get("bp") or "") + number(block)


def room(found: re.Match[str]) -> Room:
    groups = {name: text for name, text in found.groupdict().items() if text is not None}
    if (core := groups.get("r0")) is not None:
        return _numbered(core, groups)
    if (said := groups.get("f1")) is not None:
        side = groups["side1"]
        floor = _floor(said)
        return Room(f"{floor}层{_house_side(side)}", side, floor, True, kind="side")
    if (said := groups.get("f2")) is not None:
        floor = _floor(said)
        # Below ground people live behind one door; above it a floor is not a door.
        return Room(f"{floor}层" if floor < 0 else None, floor=floor, kind="floor")
    if "cellar3" in groups:
        named = groups.get("cn3")
        return Room("地下室" + (number(named) if named else ""), marked=True, kind="cellar")
    if "shop4" in groups:
        named = groups.get("sn4")
        kind = groups["shop4"] if groups["shop4"] in ("车库", "储藏室") else "商铺"
        return Room(kind + (number(named) if named else ""), marked=True, kind="shop")
    return Room(side=groups.get("side5", ""), kind="side")


def _numbered(core: str, groups: dict[str, str]) -> Room:
    text = room_number(core)
    if "neg0" in groups:
        text = "-" + text.removeprefix("-")
    floor = _floor(groups["f0"]) if "f0" in groups else None
    other = None
    if floor is not None:
        bare = text.removeprefix("-")
        if floor_of(text) is None and bare.isdigit():
            text = f"{floor}{int(bare):02d}"
        elif floor_of(text) != floor:
            other = f"{floor}{bare[-2:]}"
    if "n0" in groups:
        text += "/" + groups["n0"]
    return Room(text, groups.get("side0", ""), floor, "rm0" in groups, other)


def _floor(said: str) -> int:
    below = said.startswith(("负", "地下", "-"))
    digits = read_numeral(said.removeprefix("负").removeprefix("地下").removeprefix("-")) or "0"
    return -int(digits) if below else int(digits)


def _house_side(side: str) -> str:
    return side[0] + "户"


def settle(block: str | None, unit: str | None, text: str | None, shape: Shape) -> tuple[Reading, tuple[str, ...]]:
    """Fill what the shape leaves no choice about; what is missing then makes a fragment."""
    notes: list[str] = []
    if block is None and len(shape.blocks) == 1 and len(shape.buildings) == 1:
        (block,) = shape.blocks
        notes.append("building_filled")
    if unit is None and block is not None:
        known = shape.units.get(block)
        if known is not None and len(known) == 1:
            (unit,) = known
            notes.append("unit_filled")
        elif shape.units_in(block) is not True:
            unit = ""
    if block is None or unit is None or text is None:
        return Fragment(block, unit, text), tuple(notes)
    return Door(block, unit, text), tuple(notes)
