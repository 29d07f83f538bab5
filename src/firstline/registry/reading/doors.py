"""The door of a row, from its own cells, what stands above it, and the habits of the whole file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from firstline.identifiers.door_label import (
    Ambiguous,
    Door,
    Found,
    Incomplete,
    Parsed,
    Shape,
    from_columns,
    is_lane,
    parse,
    undate,
)
from firstline.identifiers.width import halve
from firstline.tables import EMPTY, Cell, Kind

from .codes import LABELS, PARKED, Meaning
from .columns import Block
from .habits import Habit, parsed_alone, undated
from .model import DoorReading
from .standing import NOWHERE, Standing
from .words import DITTO, EMPTY_FLAT, NOTHING

Row = Sequence[Cell]

# A spreadsheet reads 3-2 as a day of the current year, but 2-30, which is no day, as a month of 1930.
_FIRST_TYPED_YEAR = 2000
_BLOCK_WORDS = re.compile(r"[号楼栋幢座#第\s]")
_NOTE = re.compile(r"^(?P<door>[^()]*[\d户室号])\s*\((?P<note>[^()]*)\)$")
_SHORT = re.compile(r"\d{1,2}")
_SIDE = re.compile(r"[东西南北中左右](?:边|侧)?(?:户|门|室|手)?")
_DIGITS = re.compile(r"\d{5,8}")


_BLOCK = re.compile(r"[1-9]\d?|[A-Z]")
_UNIT = re.compile(r"(?P<n>[1-9])(?:单元)?")
_ROOM = re.compile(r"[1-9]\d?(?!00)\d\d")
_LONGEST_NOTHING = 2 * max(map(len, NOTHING))  # with spaces around it


@dataclass(frozen=True, slots=True)
class Parts:
    """What the cells of a row say of its door, with what was left out filled in from above.

    `label` is the cell that names the door or the room. `filled`: taken from rows above and below.
    `run` counts the names of buildings above; `building_in` and `named_in` are the rows whose own cells named the
    building, or building or unit, last.
    """

    label: Cell = EMPTY
    building: Cell = EMPTY
    both: Cell = EMPTY
    unit: Cell = EMPTY
    floor: Cell = EMPTY
    under: Standing = NOWHERE
    filled: bool = False
    run: int = 0
    building_in: int = 0
    named_in: int = 0


@dataclass(slots=True)
class DoorAnswer:
    """A door, or the reason why there is none. `note` is what stands beside it.

    `written` is what stands where the door belongs, told only where it is no door. `whole`: the label says building
    and room by itself.
    """

    door: DoorReading | None = None
    reason: str = ""
    written: str = ""
    doubts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    note: str = ""
    whole: bool = False


class DoorReader:
    """Reads the doors of one block. `with_units` are the buildings of which some row names a unit."""

    def __init__(self, block: Block, habit: Habit, with_units: frozenset[str], *, all_units: bool) -> None:
        self._habit = habit
        self._with_units = with_units
        self._shape = Shape(has_units=True) if all_units else Shape(has_units=habit.has_units)
        label = next((meaning for meaning in LABELS if block.where(meaning)), Meaning.DOOR)
        self._two_part = {Meaning.UNIT_ROOM: "unit", Meaning.BUILDING_ROOM: "building"}.get(label, habit.two_part)
        self._whole = label is not Meaning.ROOM

    def read(self, parts: Parts) -> DoorAnswer:
        cells = (parts.label, parts.building, parts.both, parts.unit)
        if any(cell.kind is Kind.ERROR for cell in cells):
            return DoorAnswer(reason="door_unsaved_formula", written=_written(parts))
        if not said(parts.label):
            missing = "room_missing" if any(said(cell) for cell in cells) else "door_missing"
            return DoorAnswer(reason=missing, written=_written(parts) if missing == "room_missing" else "")
        answer = self._answer(parts)
        if parts.filled and answer.door:
            answer.doubts = (*answer.doubts, "door_filled")
        if answer.door is None:
            answer.written = _written(parts)
        return answer

    @staticmethod
    def carried(answer: DoorAnswer) -> DoorAnswer:
        """The same door for a row below, without what was said of the cell it stands in."""
        return replace(answer, doubts=tuple(one for one in answer.doubts if one != "door_with_more"), note="")

    def _answer(self, parts: Parts) -> DoorAnswer:
        if parts.label.kind is Kind.DATE:
            return DoorAnswer(reason="door_date_shaped", choices=self._dated(parts.label))
        text, note = _without_note(halve(parts.label.plain))
        block, doubts, asked = self._block(parts)
        if asked:
            return asked
        answer = self._unglued(
            self._read(_with_floor(text, parts.floor), block, text_of(parts.unit) or parts.under.unit)
        )
        answer.doubts = (*doubts, *answer.doubts)
        answer.note = " ".join(filter(None, (note, answer.note)))
        return answer

    def _unglued(self, answer: DoorAnswer) -> DoorAnswer:
        if not self._habit.glued or answer.door is None or answer.door.unit:
            return answer
        door = self._habit.unglued(Door(answer.door.building, "", answer.door.room))
        if door:
            answer.door, answer.doubts = _reading(door), (*answer.doubts, "door_split")
        return answer

    def _block(self, parts: Parts) -> tuple[str, tuple[str, ...], DoorAnswer | None]:
        """The building's text, which may carry the unit too (1-2), also as the date that became of it."""
        cell = parts.building if said(parts.building) else parts.both
        if cell.kind is Kind.DATE and cell.date is not None:
            if cell.date.year < _FIRST_TYPED_YEAR:
                return "", (), DoorAnswer(reason="door_date_shaped")
            return undated(cell.date, self._habit)[0], ("door_was_date",), None
        if said(cell) and undate(cell.plain):
            return undate(cell.plain)[0], ("door_was_date",), None
        return (cell.plain if said(cell) else parts.under.building), (), None

    def _read(self, text: str, block: str, unit: str) -> DoorAnswer:
        parsed = parsed_alone(text)
        if isinstance(parsed, Found) and parsed.door.building and _names_block(parsed, text):
            return replace(_told(parsed), whole=True)
        if isinstance(parsed, Found) and (parsed.door.unit or parsed.door.address or is_lane(parsed.door.building)):
            return _told(parsed)
        if isinstance(parsed, Ambiguous) and parsed.cause == "building_or_unit" and not unit:
            return self._of_two(text, parsed, block)
        if _DIGITS.fullmatch(text) and not (block and unit):
            door = self._habit.parted(text)
            return DoorAnswer(_reading(door), doubts=("door_split",)) if door else _told(parsed)
        if block or unit:
            return self._of_parts(text, block, unit)
        return self._alone(text, parsed)

    def _alone(self, text: str, parsed: Parsed) -> DoorAnswer:
        known = parse(text, self._shape) if self._shape.has_units is not None else parsed
        return _told(known)

    def _of_two(self, text: str, parsed: Ambiguous, block: str) -> DoorAnswer:
        """2-501: by the heading, by the buildings the labels stand under, by the habit of the file."""
        if self._two_part == "building":
            return _told(parse(text, Shape(has_units=False)))
        if self._two_part == "unit":
            if not block:
                return DoorAnswer(reason="building_missing")
            return _told(_in_parts(block, "", text))
        return _told(parsed)

    def _of_parts(self, text: str, block: str, unit: str) -> DoorAnswer:
        key = block_key(block)
        if self._with_units and not unit and (not key or key in self._with_units) and "-" not in block:
            if isinstance(found := _in_parts(block, "", text), Found) and found.door.unit:
                return _told(found)
            return DoorAnswer(reason="unit_missing" if key else "building_missing")
        if not block and not self._whole:
            return DoorAnswer(reason="building_missing")
        return _told(_in_parts(block, unit, text, self._shape.has_units))

    def _dated(self, cell: Cell) -> tuple[str, ...]:
        if cell.date is None:
            return ()
        parsed = parse(cell.date)
        readings = parsed.readings if isinstance(parsed, Ambiguous) else ()
        return tuple(reading.label for reading in readings if isinstance(reading, Door))


def said(cell: Cell) -> bool:
    """Whether something stands there that is no sign for nothing."""
    text = cell.text
    if len(text) > _LONGEST_NOTHING or cell.kind is Kind.DATE:
        return not text.isspace()
    return bool(text) and not text.isspace() and halve(cell.plain) not in NOTHING


def text_of(cell: Cell) -> str:
    return halve(cell.plain) if said(cell) else ""


def is_ditto(cell: Cell) -> bool:
    """A sign that says: as above."""
    return cell.text.strip() in DITTO


@lru_cache(maxsize=4096)
def block_key(text: str) -> str:
    """The building's own name, so that 1, 1号 and 1号楼 are one."""
    return _BLOCK_WORDS.sub("", halve(text)).upper()


@lru_cache(maxsize=200_000)
def _in_parts(block: str, unit: str, room: str, has_units: bool | None = None) -> Parsed:
    key = block_key(block)
    if _BLOCK.fullmatch(key) and (found := _UNIT.fullmatch(unit)) and _ROOM.fullmatch(room):
        # Three plain parts: the same door as from_columns reads, without its questions.
        return Found(Door(key, found["n"], room))
    return from_columns(building=block, unit=unit, room=room, shape=Shape(has_units=has_units))


def _names_block(parsed: Found, text: str) -> bool:
    """Names its building with a word or a letter: it stands by itself, whatever is written above it."""
    return bool(parsed.door.unit) or not text[:1].isdigit() or bool(re.search(r"[号楼栋幢座#]", text))


def _without_note(text: str) -> tuple[str, str]:
    """1203室(空) -> 1203室, 空. Brackets that hold a part of the door stay."""
    found = _NOTE.match(text)
    if not found or any(character.isdigit() for character in found["note"]):
        return text, ""
    return found["door"], found["note"]


def _with_floor(text: str, floor: Cell) -> str:
    """Floor 5 and 01, or 5 and 东户, are one room; a room that names its floor needs no other."""
    number = re.sub(r"[层楼F第\s]", "", text_of(floor))
    if not number.isdecimal():
        return text
    bare = text.removesuffix("室").removesuffix("号")
    if _SHORT.fullmatch(bare):
        return f"{int(number)}{int(bare):02d}"
    return f"{number}层{text}" if _SIDE.fullmatch(text) else text


def _written(parts: Parts) -> str:
    cells = (parts.building, parts.both, parts.unit, parts.label)
    return " ".join(halve(cell.text) for cell in cells if said(cell))[:100]


def _told(parsed: Parsed) -> DoorAnswer:
    if isinstance(parsed, Found):
        doubts: tuple[str, ...] = ("door_mended",) if set(parsed.notes) & _MENDED else ()
        empty = parsed.after in EMPTY_FLAT
        if parsed.after and not empty:
            doubts += ("door_with_more",)
        return DoorAnswer(_reading(parsed.door), doubts=doubts, note=parsed.after if empty else "")
    if isinstance(parsed, Ambiguous):
        reason = f"door_{parsed.cause}"
        choices = tuple(reading.label for reading in parsed.readings if isinstance(reading, Door))
        return DoorAnswer(reason=reason if reason in PARKED else "door_ambiguous", choices=choices)
    if isinstance(parsed, Incomplete):
        missing = parsed.fragment.missing
        part = next((part for part in ("building", "room", "unit") if part in missing), "")
        return DoorAnswer(reason=f"{part}_missing" if part else "door_unreadable")
    return DoorAnswer(reason="door_unreadable")


_MENDED = frozenset({"voice", "letter_o", "dash_word", "lane_filled"})


def _reading(door: Door) -> DoorReading:
    return DoorReading(door.building, door.unit, door.room, door.label)
