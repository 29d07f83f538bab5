"""How a company writes a door, a number, a family: the variety that a reader of lists has to bear."""

from collections.abc import Callable, Sequence
from datetime import date

from firstline.drill.households import Inventor, Resident
from firstline.identifiers.building_line import PlannedDoor

Value = str | int | float | date
_HAN = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def _parts(door: PlannedDoor, join: str) -> str:
    return join.join(part for part in (door.building, door.unit, door.room) if part)


def _han(digits: str) -> str:
    """一〇一 as doors are read out; 十二 for what is counted would be another company's way."""
    return "".join(_HAN[int(digit)] if digit.isdigit() else digit for digit in digits)


def house(building: str) -> str:
    """1号楼, A座."""
    return f"{building}号楼" if building.isdigit() else f"{building}座"


def _full(door: PlannedDoor) -> str:
    return f"{house(door.building)}{door.unit and f'{door.unit}单元'}{door.room}室"


def _chinese(door: PlannedDoor) -> str:
    unit = f"{_han(door.unit)}单元" if door.unit else ""
    return f"{_han(house(door.building))}{unit}{_han(door.room)}室"


def _hash(door: PlannedDoor) -> str:
    return f"{door.building}#{_parts(PlannedDoor('', door.unit, door.floor, door.room, ''), '-')}"


def _padded(door: PlannedDoor) -> str:
    """03栋02单元0501."""
    building = f"{door.building:0>2}栋" if door.building.isdigit() else f"{door.building}栋"
    return f"{building}{door.unit and f'{door.unit:0>2}单元'}{door.room:0>4}"


DOORS: dict[str, Callable[[PlannedDoor], str]] = {
    "dash": lambda door: _parts(door, "-"),
    "slash": lambda door: _parts(door, "/"),
    "wide": lambda door: _parts(door, "-").translate(_WIDE),
    "hash": _hash,
    "full": _full,
    "chinese": _chinese,
    "padded": _padded,
}


def phone(person: Resident, way: str, inventor: Inventor) -> Value:
    """A phone as typed: text, a number, grouped, in wide digits, two in one cell; sometimes none."""
    if not person.phone or inventor.chance(0.05):
        return inventor.choice(["", "无", "不详"], [3, 1, 1])
    digits = person.phone
    match way:
        case "number":
            return int(digits)
        case "grouped":
            return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if inventor.chance(0.6) else f"{digits[:3]}-{digits[3:]}"
        case "two" if inventor.chance(0.35):
            return digits + inventor.choice(["/", "、", "\n", "或"], [3, 2, 2, 1]) + inventor.phone()
        case "mixed":
            return inventor.choice([digits, f" {digits}", digits.translate(_WIDE), f"+86{digits}"], [6, 2, 1, 1])
    return digits


def document(person: Resident, way: str, inventor: Inventor) -> Value:
    """A document number as typed; ``number`` loses its last digits in any spreadsheet, as in life."""
    number = person.id_number
    if inventor.chance(0.06):
        return ""
    if inventor.chance(0.02):
        return number[:-1]
    match way:
        case "number" if number.isdigit() and inventor.chance(0.2):
            return float(number)
        case "quoted":
            return f"'{number}"
        case "grouped" if inventor.chance(0.3):
            return f"{number[:6]} {number[6:14]} {number[14:]}"
        case "lower":
            return number.lower()
    return number


_SAID = {
    "配偶": ["妻子", "爱人", "老婆", "配偶"],
    "儿子": ["儿子", "子", "儿", "长子"],
    "女儿": ["女儿", "女", "长女", "闺女"],
}


def relation(person: Resident) -> str:
    """The everyday word of a relation, fitting the sex of whom it speaks."""
    if person.relation == "配偶":
        return "丈夫" if person.sex == "男" else _SAID["配偶"][len(person.name) % 4]
    return _SAID.get(person.relation, [person.relation])[0]


def packed(people: Sequence[Resident], inventor: Inventor) -> str:
    """A family in one cell, in one of the ways people pack it."""
    way = inventor.choice(["bracket", "before", "colon"], [3, 3, 1])
    join = inventor.choice(["、", "，", "  ", "\n", "；"], [3, 2, 2, 1, 1])
    spell: dict[str, Callable[[Resident], str]] = {
        "bracket": lambda one: f"{one.name}（{relation(one)}）",
        "before": lambda one: f"{relation(one)}{one.name}",
        "colon": lambda one: f"{relation(one)}:{one.name}",
    }
    return join.join(spell[way](one) for one in people)
