"""Tell every row of a sheet: record, parked with a reason, or no data. Each is told once, or once a block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from firstline.identifiers.door_label import Ambiguous, Found, Incomplete
from firstline.identifiers.numerals import read_numeral
from firstline.identifiers.width import halve
from firstline.tables import Cell, Sheet

from .codes import DOOR_MEANINGS, LABELS, Kind, Meaning
from .columns import Block
from .doors import DoorAnswer, DoorReader, Parts, block_key, text_of
from .filling import Line, SameDoor, cell_at, parts_of, units_named
from .furniture import Furniture
from .habits import Evidence, Habit, parsed_alone
from .layout import Layout, group_standing
from .model import RowReading, Unread
from .people import PeopleAnswer, PeopleReader
from .restarts import restarted, without_standing
from .standing import NOWHERE, Standing, standing_in
from .words import NOTHING

Row = Sequence[Cell]
Leaning = tuple[tuple[int, int], str] | None

_SAID = re.compile(r"([一二两三四五六七八九]|十[一二三]?)[人口个名]*")
_COUNT = re.compile(r"(\d{1,2})\s*[人口个名]?(?:人|口)?")


@dataclass(slots=True)
class Draft:
    """One block of a sheet before its doors are read: which rows hold data, and what they leave to others.

    `furniture` is the code of each row of the block that holds none, `blank` included.
    """

    block: Block
    layout: Layout
    furniture: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)

    def tell_habits(self, evidence: Evidence) -> None:
        """Add what the labels of this block say of how the file writes its doors."""
        for one in self.parts:
            under = _key(one)
            if one.label.date is not None:
                continue
            evidence.add(halve(one.label.plain), under)
        for one in self.parts:
            if one.both.date is not None:
                evidence.add(one.both.date, "")


class Table:
    """A sheet of columns: one block of them, or several side by side."""

    def __init__(self, layout: Layout) -> None:
        self.sheet, self.number = layout.sheet, layout.number
        self.header_row, self.columns = layout.headings.last, layout.columns
        self.is_list, self.tells_people = layout.is_list, layout.tells_people
        self._layout = layout
        self._drafts = [_drafted(layout, block) for block in layout.blocks]

    def tell_habits(self, evidence: Evidence) -> None:
        for one in self._drafts:
            one.tell_habits(evidence)

    def tell(self, habit: Habit) -> tuple[RowReading, ...]:
        """Every row of the sheet in order; once for each block where several stand side by side."""
        told = [{row.row: row for row in _tell_block(one, habit)} for one in self._drafts]
        rows: list[RowReading] = []
        for number in range(1, len(self.sheet.rows) + 1):
            here = [by_number[number] for by_number in told]
            rows += _of_row(here, [one.block for one in self._drafts])
        return _with_repeated_doors(rows, self._layout)

    def unread(self) -> list[Unread]:
        rows = [row for _, row in self._layout.below()]
        return [
            Unread("column_unread", {"column": column.index, "header": column.header})
            for column in self.columns
            if column.meaning is Meaning.OTHER
            and any(column.index <= len(row) and not row[column.index - 1].blank for row in rows)
        ]


def _of_row(here: Sequence[RowReading], blocks: Sequence[Block]) -> Iterator[RowReading]:
    if len(here) == 1 or all(row.kind is Kind.NO_DATA for row in here):
        yield next((row for row in here if row.reason != "blank"), here[0])
        return
    for row, block in zip(here, blocks, strict=True):
        if row.reason != "blank":
            yield replace(row, column=block.place)


def _drafted(layout: Layout, block: Block) -> Draft:
    one = Draft(block, layout)
    headings = layout.headings
    own = _own_columns(layout, block)
    furniture = Furniture(block, headings)
    standing = _joined(layout.standing, group_standing(block))
    above = group_standing(block)
    run = 0
    begun = bool(headings.rows)
    for number, row in enumerate(layout.sheet.rows, start=1):
        whole = [(index, cell) for index, cell in enumerate(row, start=1) if not cell.blank]
        # What stands alone in a row speaks for all blocks, wherever it stands.
        said = whole if len(whole) == 1 or not own else [(index, cell) for index, cell in whole if index in own]
        if number in headings.rows or (number < headings.last and not _holds_door(block, row, said)):
            one.furniture[number] = "header" if number in headings.rows else ("title" if said else "blank")
            above = _joined(above, standing_in(said[0][1].text) if len(said) == 1 else NOWHERE)
            continue
        code, found = furniture.of(said) if said else ("blank", None)
        if not code and not begun and _is_title(said):
            code = "title"
        if code:
            one.furniture[number] = code
            if found:
                standing = _joined(standing, found)
                run += 1
            continue
        begun = True
        # Rows above the headings stand under the titles above them, which those below have left behind.
        early = bool(headings.rows) and number < headings.rows[0]
        one.lines.append(Line(number, row, above if early else standing, -1 if early else run))
    one.parts = parts_of(block, one.lines, layout.sheet)
    return one


def _own_columns(layout: Layout, block: Block) -> frozenset[int]:
    """The columns that make a row of this block one with data; empty where the block is the whole sheet."""
    if len(layout.blocks) == 1:
        return frozenset()
    others = [column.index for other in layout.blocks if other is not block for column in other.columns]
    return frozenset(column.index for column in block.columns if column.index not in others)


def _holds_door(block: Block, row: Row, said: Sequence[tuple[int, Cell]]) -> bool:
    """Above the headings, as where those of the first page are spoilt: a room or a door, and something beside it."""
    label = cell_at(row, block.first(*LABELS))
    if len(said) < 2 or label.blank or block.first(Meaning.NUMBER) == block.first(*LABELS):
        return False
    parsed = parsed_alone(halve(label.plain))
    return isinstance(parsed, Found | Ambiguous) or (
        isinstance(parsed, Incomplete) and parsed.fragment.room is not None and not parsed.rest
    )


def _is_title(said: Sequence[tuple[int, Cell]]) -> bool:
    """Above a list without headings: a line of words that is longer than a name and names nobody's phone."""
    return len(said) == 1 and len(said[0][1].text.strip()) > 4 and not re.search(r"\d{3}", said[0][1].text)


def _joined(above: Standing, found: Standing) -> Standing:
    """A unit's name stands under the building's; a building's name begins anew."""
    if found.building or not found:
        return found or above
    return Standing(above.building, found.unit)


def _key(parts: Parts) -> str:
    return block_key(text_of(parts.building) or parts.under.building)


def _tell_block(one: Draft, habit: Habit) -> Iterator[RowReading]:
    with_units, all_units = units_named(one.block, one.parts)
    doors = DoorReader(one.block, habit, with_units, all_units=all_units)
    people = PeopleReader(one.block)
    same_door = SameDoor(one.block, one.lines, one.layout.sheet, people.relation)
    furniture = Furniture(one.block, one.layout.headings)
    teller = _Teller(one, people)
    rows = one.layout.sheet.rows
    for number, code in one.furniture.items():
        yield RowReading(number, Kind.NO_DATA, code, cells=_texts(rows[number - 1]))
    before: DoorAnswer | None = None
    run = -1
    told: list[RowReading] = []
    leaning: list[tuple[Leaning, Leaning]] = []
    for line, parts in zip(one.lines, one.parts, strict=True):
        if line.run != run:
            before, run = None, line.run
        answer = doors.read(parts)
        own = answer.reason not in ("door_missing", "room_missing")
        if not own and before is not None and same_door.holds(line):
            answer = doors.carried(before)
        elif answer.door is None and (code := furniture.without_door(_said(line.row, one))):
            yield RowReading(line.number, Kind.NO_DATA, code, cells=_texts(line.row))
            continue
        else:
            before = answer
        told.append(teller.told(line, answer))
        leaning.append(_leaning(line, parts, answer))
    for row, lost in zip(told, _lost(leaning), strict=True):
        yield without_standing(row) if lost else row


def _leaning(line: Line, parts: Parts, answer: DoorAnswer) -> tuple[Leaning, Leaning]:
    """What the door leans on above it: the last word of building or unit, and the last word of a building."""
    if answer.door is None or answer.whole:
        return None, None
    label = answer.door.label
    unit = ((parts.run, parts.named_in), label) if parts.named_in != line.number else None
    return unit, ((parts.run, parts.building_in), label) if parts.building_in != line.number else None


def _lost(leaning: Sequence[tuple[Leaning, Leaning]]) -> list[bool]:
    """Rows after a unit that nobody named, and of the others those after a building that nobody named."""
    units = restarted([unit for unit, _ in leaning])
    buildings = restarted([None if lost else building for lost, (_, building) in zip(units, leaning, strict=True)])
    return [one or other for one, other in zip(units, buildings, strict=True)]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple([cell.text for cell in row])


def _said(row: Row, one: Draft) -> list[tuple[int, Cell]]:
    own = _own_columns(one.layout, one.block)
    return [(index, cell) for index, cell in enumerate(row, start=1) if not cell.blank and (not own or index in own)]


class _Teller:
    def __init__(self, one: Draft, people: PeopleReader) -> None:
        self._people = people
        self._sheet: Sheet = one.layout.sheet
        self._persons = one.block.first(Meaning.PERSONS)
        self._known = one.block.has_doors
        self._comments: dict[int, list[str]] = {}
        columns = {column.index for column in one.block.columns}
        for (row, column), text in sorted(self._sheet.comments.items()):
            if column in columns and text.strip():
                self._comments.setdefault(row, []).append(text.strip())

    def told(self, line: Line, door: DoorAnswer) -> RowReading:
        beside = "；".join([*([door.note] if door.note else []), *self._comments.get(line.number, [])])
        found = self._people.read(line.row, beside)
        persons, count_doubts = self._count(line.row, found)
        reason = door.reason
        if not self._known:
            reason = "columns_unknown"
        elif door.door is None and not door.written and not found.people:
            reason = "not_understood"
        return RowReading(
            line.number,
            Kind.PARKED if reason else Kind.RECORD,
            reason,
            door.door if not reason else None,
            found.people,
            () if reason else tuple(dict.fromkeys((*door.doubts, *found.doubts, *count_doubts))),
            found.remark,
            persons,
            written=door.written,
            choices=door.choices,
            cells=_texts(line.row),
        )

    def _count(self, row: Row, found: PeopleAnswer) -> tuple[int | None, tuple[str, ...]]:
        text = halve(cell_at(row, self._persons).plain).strip()
        if text[:1] and not text.isascii() and (said := _SAID.fullmatch(text)):
            text = read_numeral(said[1]) or text
        if match := _COUNT.fullmatch(text):
            return int(match[1]), ()
        return found.persons, () if text in NOTHING else ("persons_unreadable",)


def _with_repeated_doors(rows: Sequence[RowReading], layout: Layout) -> tuple[RowReading, ...]:
    """A door in two rows is a slip, except in lists with one row a person, where the door is written once."""
    if any(block.where(Meaning.RELATION) for block in layout.blocks):
        return tuple(rows)
    often = Counter(row.door_label for row in rows if row.kind is Kind.RECORD and _writes_door(row, layout))
    return tuple(
        replace(row, doubts=(*row.doubts, "door_repeated"))
        if row.kind is Kind.RECORD and often[row.door_label] > 1
        else row
        for row in rows
    )


def _writes_door(row: RowReading, layout: Layout) -> bool:
    return any(
        row.cells[index - 1].strip()
        for block in layout.blocks
        for index in block.where(*LABELS)
        if index <= len(row.cells)
    ) or not any(block.where(*DOOR_MEANINGS) for block in layout.blocks)
