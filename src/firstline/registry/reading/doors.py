"""The door of each row, judged with the whole column in view: a lone `1-101` says less than three hundred of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from firstline.identifiers.door_label import (
    Ambiguous,
    Door,
    Found,
    Incomplete,
    Parsed,
    Shape,
    from_columns,
    infer_shape,
    parse,
    undate,
)
from firstline.identifiers.width import halve
from firstline.tables import EMPTY, Cell, Kind

from .codes import PARKED, Meaning
from .headers import Header
from .model import DoorReading
from .words import NOTHING

Row = Sequence[Cell]

# A spreadsheet reads 3-2 as a day of the current year, but 2-30, which is no day, as a month of 1930.
_FIRST_TYPED_YEAR = 2000
_BLOCK_WORDS = re.compile(r"[号楼栋幢座#第\s]")
_ONLY_UNIT = re.compile(r"单元")
_SAMPLE = 400
_BUILDING_WORD = re.compile(r"[楼栋幢座]")


@dataclass(frozen=True, slots=True)
class DoorAnswer:
    """A door, or the reason why there is none. `written` is whether anything stands where the door belongs."""

    door: DoorReading | None = None
    reason: str = ""
    written: bool = False
    doubts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


class DoorReader:
    """Reads the doors of one list; knows from all its rows whether the compound has units."""

    def __init__(self, header: Header, rows: Sequence[Row]) -> None:
        self._columns = {meaning: (header.where(meaning) or (0,))[0] for meaning in _DOOR_MEANINGS}
        self._alone: dict[str | date, Parsed] = {}
        self._with_units: set[str] = set()
        self._any_unit = False
        for row in rows:
            if self._text(row, Meaning.UNIT):
                self._with_units.add(self._block(row))
                self._any_unit = True
        heading = next((column.header for column in header.columns if column.meaning is Meaning.DOOR), "")
        self._shape = self._infer(rows, heading)

    def read(self, row: Row) -> DoorAnswer:
        cells = [self._cell(row, meaning) for meaning in _DOOR_MEANINGS]
        written = any(_said(cell) for cell in cells)
        if any(cell.kind is Kind.ERROR for cell in cells):
            return DoorAnswer(reason="door_unsaved_formula", written=True)
        if not written:
            return DoorAnswer(reason="door_missing")
        return self._of_label(row) if self._columns[Meaning.DOOR] else self._of_columns(row)

    def _of_label(self, row: Row) -> DoorAnswer:
        parsed = self._parsed(_value(self._cell(row, Meaning.DOOR)))
        if isinstance(parsed, Incomplete) and self._text(row, Meaning.BUILDING, Meaning.BUILDING_UNIT):
            # 门牌 may leave to the building's own column what stands there already.
            return self._of_columns(row, room=Meaning.DOOR)
        return _answer(parsed)

    def _parsed(self, label: str | date) -> Parsed:
        alone = self._alone.get(label)
        # A label that names its unit means the same in any compound.
        return alone if isinstance(alone, Found) and alone.door.unit else parse(label, self._shape)

    def _of_columns(self, row: Row, room: Meaning = Meaning.ROOM) -> DoorAnswer:
        block = self._cell(row, Meaning.BUILDING)
        if not _said(block):
            block = self._cell(row, Meaning.BUILDING_UNIT)
        unit, flat = self._text(row, Meaning.UNIT), self._cell(row, room)
        doubts: tuple[str, ...] = ()
        if block.kind is Kind.DATE or undate(block.plain):
            if block.date is not None and block.date.year < _FIRST_TYPED_YEAR:
                return DoorAnswer(reason="door_date_shaped", written=True)
            doubts = ("door_was_date",)
        if flat.kind is Kind.DATE:
            return DoorAnswer(reason="door_date_shaped", written=True)
        if not _said(flat):
            return DoorAnswer(reason="room_missing", written=True)
        building = self._block(row)
        if self._any_unit and not unit and (not building or building in self._with_units):
            missing = "building_missing" if not _said(block) else "unit_missing"
            if not isinstance(parse(flat.plain, self._shape), Found):
                return DoorAnswer(reason=missing, written=True)
        parsed = from_columns(
            building=_value(block) if _said(block) else "", unit=unit, room=_value(flat), shape=self._shape
        )
        return _answer(parsed, doubts)

    def _infer(self, rows: Sequence[Row], heading: str) -> Shape:
        if not self._columns[Meaning.DOOR]:
            return (
                Shape(has_units=True)
                if self._any_unit and "" not in self._with_units and self._all_have_units(rows)
                else Shape()
            )
        labels = [
            _value(cell) for row in rows if _said(cell := self._cell(row, Meaning.DOOR)) and cell.kind is not Kind.ERROR
        ]
        self._alone = {label: parse(label) for label in dict.fromkeys(labels)}
        shape = infer_shape(labels[:: len(labels) // _SAMPLE + 1])
        if shape.has_units is not None:
            return shape
        answers = self._alone.values()
        two_part = any(isinstance(answer, Ambiguous) and answer.cause == "building_or_unit" for answer in answers)
        units = any(isinstance(answer, Found) and answer.door.unit for answer in answers)
        unit_heading = bool(_ONLY_UNIT.search(heading)) and not _BUILDING_WORD.search(heading)
        if two_part and not units and not unit_heading:
            # Not one door of the list names a unit, so what stands before the room is the building.
            return Shape(has_units=False, buildings=shape.buildings, units=shape.units)
        return shape

    def _all_have_units(self, rows: Sequence[Row]) -> bool:
        return all(
            self._text(row, Meaning.UNIT)
            for row in rows
            if self._text(row, Meaning.BUILDING) and self._text(row, Meaning.ROOM)
        )

    def _block(self, row: Row) -> str:
        """The building's own name, so that 1, 1号 and 1号楼 are one."""
        return _BLOCK_WORDS.sub("", self._text(row, Meaning.BUILDING)).upper()

    def _cell(self, row: Row, meaning: Meaning) -> Cell:
        column = self._columns[meaning]
        return row[column - 1] if 0 < column <= len(row) else EMPTY

    def _text(self, row: Row, *meanings: Meaning) -> str:
        """What the first of these columns says; empty for the signs that stand for nothing."""
        for meaning in meanings:
            text = halve(self._cell(row, meaning).plain)
            if text and text not in NOTHING:
                return text
        return ""


_DOOR_MEANINGS = (Meaning.DOOR, Meaning.BUILDING, Meaning.BUILDING_UNIT, Meaning.UNIT, Meaning.ROOM)


def _said(cell: Cell) -> bool:
    return not cell.blank and halve(cell.plain) not in NOTHING


def _value(cell: Cell) -> str | date:
    return cell.date if cell.kind is Kind.DATE and cell.date is not None else cell.plain


def _answer(parsed: Parsed, doubts: tuple[str, ...] = ()) -> DoorAnswer:
    if isinstance(parsed, Found):
        if set(parsed.notes) & _MENDED:
            doubts += ("door_mended",)
        if parsed.after:
            doubts += ("door_with_more",)
        return DoorAnswer(_reading(parsed.door), written=True, doubts=doubts)
    if isinstance(parsed, Ambiguous):
        reason = f"door_{parsed.cause}"
        choices = tuple(reading.label for reading in parsed.readings if isinstance(reading, Door))
        return DoorAnswer(reason=reason if reason in PARKED else "door_ambiguous", written=True, choices=choices)
    if isinstance(parsed, Incomplete):
        missing = parsed.fragment.missing
        part = next((part for part in ("building", "room", "unit") if part in missing), "")
        return DoorAnswer(reason=f"{part}_missing" if part else "door_unreadable", written=True)
    return DoorAnswer(reason="door_unreadable", written=True)


_MENDED = frozenset({"voice", "letter_o", "dash_word", "lane_filled"})


def _reading(door: Door) -> DoorReading:
    return DoorReading(door.building, door.unit, door.room, door.label)
