"""What rows leave out because it stands above them: merged cells, cells left empty after the first, 同上."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from firstline.identifiers.door_label import Found, from_columns, is_lane
from firstline.identifiers.width import halve
from firstline.tables import EMPTY, Cell, Kind, Sheet

from .codes import LABELS, Meaning
from .columns import Block
from .doors import Parts, block_key, is_ditto, said, text_of
from .standing import Standing
from .words import NOTHING, simplify

Row = Sequence[Cell]

_FILLED = (Meaning.BUILDING, Meaning.BUILDING_UNIT, Meaning.UNIT, Meaning.FLOOR)
# From here on empty cells are a way of writing, not a slip; and so many neighbours may be equal all the same.
_LEAST_EMPTY = 0.3
_MOST_EQUAL = 0.2
_MOST_BUILDINGS = 200
_PAIR = re.compile(r"\d{1,3}[-/]\d{1,4}")
_LANE = re.compile(r"[街巷路弄院排组社队区]$|胡同$")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a block that may hold data. `run` counts the names of buildings above it: nothing is filled across."""

    number: int
    row: Row
    standing: Standing
    run: int


@dataclass(slots=True)
class _Column:
    values: list[Cell] = field(default_factory=list)
    guessed: list[bool] = field(default_factory=list)


def parts_of(block: Block, lines: Sequence[Line], sheet: Sheet) -> list[Parts]:
    """For each line the cells that say its door, those left out filled in where the list shows with what."""
    label = block.first(*LABELS)
    columns = {meaning: block.first(meaning) for meaning in _FILLED}
    filled: dict[Meaning, _Column] = {}
    building: list[str] = [""] * len(lines)
    for meaning in _FILLED:
        index = columns[meaning]
        scope = _scope(lines, building if meaning is not Meaning.BUILDING else [""] * len(lines))
        paired = meaning is Meaning.BUILDING and not columns[Meaning.UNIT] and _mostly_pairs(lines, index)
        filled[meaning] = (
            _fill(index, lines, scope, _tops(sheet, index), meaning, paired=paired) if index else _Column()
        )
        if suffix := _suffix(block, index):
            filled[meaning].values = [_worded(cell, suffix) for cell in filled[meaning].values]
        if meaning is Meaning.BUILDING and index:
            building = [block_key(cell.plain) for cell in filled[meaning].values]

    def cell(meaning: Meaning, at: int) -> Cell:
        values = filled[meaning].values
        return values[at] if values else EMPTY

    named = _named_in(lines, [index for index in columns.values() if index])
    buildings = _named_in(lines, [i for m in (Meaning.BUILDING, Meaning.BUILDING_UNIT) if (i := columns[m])])
    return [
        Parts(
            label=cell_at(line.row, label),
            building=cell(Meaning.BUILDING, at),
            both=cell(Meaning.BUILDING_UNIT, at),
            unit=cell(Meaning.UNIT, at),
            floor=cell(Meaning.FLOOR, at),
            under=line.standing,
            run=line.run,
            building_in=buildings[at],
            named_in=named[at],
            filled=any(column.guessed[at] for column in filled.values() if column.guessed),
        )
        for at, line in enumerate(lines)
    ]


def _mostly_pairs(lines: Sequence[Line], index: int) -> bool:
    """1-2 under 楼号: building and unit in one cell."""
    filled = [cell for line in lines if said(cell := cell_at(line.row, index))]
    return sum(bool(_PAIR.fullmatch(halve(cell.plain))) for cell in filled) * 2 > len(filled)


def _named_in(lines: Sequence[Line], columns: Sequence[int]) -> list[int]:
    """For each line the last row of its run that says something in one of these columns itself, 0 for none."""
    found = []
    run, last = -1, 0
    for line in lines:
        if line.run != run:
            run, last = line.run, 0
        if any(said(cell_at(line.row, index)) for index in columns):
            last = line.number
        found.append(last)
    return found


def _suffix(block: Block, index: int) -> str:
    """The word that rows leave to their heading: 3 under 排 is 3排."""
    heading = next((simplify(column.header) for column in block.columns if column.index == index), "")
    return next((word for word in ("排", "组") if heading in (word, f"{word}号", f"村{word}")), "")


def _worded(cell: Cell, suffix: str) -> Cell:
    return Cell(f"{cell.plain}{suffix}") if cell.plain.isdecimal() else cell


def units_named(block: Block, parts: Sequence[Parts]) -> tuple[frozenset[str], bool]:
    """The buildings of which some row names a unit, and whether every row with a building and a room does."""
    with_units: set[str] = set()
    every = True
    for one in parts:
        unit = text_of(one.unit) or one.under.unit
        building = block_key(text_of(one.building) or one.under.building)
        if unit:
            with_units.add(building)
        elif building and said(one.label):
            every = False
    return frozenset(with_units), bool(with_units) and every and "" not in with_units


def cell_at(row: Row, column: int) -> Cell:
    return row[column - 1] if 0 < column <= len(row) else EMPTY


def _tops(sheet: Sheet, column: int) -> dict[int, int]:
    return {
        row: area.row
        for area in sheet.merges
        if area.column <= column <= area.last_column and area.last_row > area.row
        for row in range(area.row, area.last_row + 1)
    }


def _scope(lines: Sequence[Line], building: Sequence[str]) -> list[tuple[int, str]]:
    return [(line.run, building[at]) for at, line in enumerate(lines)]


_UNSOUND = Cell("?")


@lru_cache(maxsize=4096)
def _plausible(text: str, meaning: Meaning, paired: bool) -> bool:
    """Whether a cell says a building or a unit at all: 待定, a phone, 97-6 and 501 are no building."""
    if meaning not in (Meaning.BUILDING, Meaning.UNIT) or halve(text) in NOTHING:
        return True
    if meaning is Meaning.BUILDING and not paired and _PAIR.fullmatch(halve(text)):
        return False
    building, unit = (text, "1") if meaning is Meaning.BUILDING else ("1", text)
    parsed = from_columns(building=building, unit="" if paired and "-" in text else unit, room="101")
    if not isinstance(parsed, Found) or parsed.before or parsed.after:
        return is_lane(block_key(text)) or bool(_LANE.search(halve(text)))
    return not parsed.door.building.isdecimal() or int(parsed.door.building) < _MOST_BUILDINGS


def _fill(
    index: int,
    lines: Sequence[Line],
    scope: Sequence[tuple[int, str]],
    tops: Mapping[int, int],
    meaning: Meaning,
    *,
    paired: bool,
) -> _Column:
    """Cells of one column, filled within their scope: a unit is not carried into the next building."""
    cells = [cell_at(line.row, index) for line in lines]
    by_number = {line.number: cell for line, cell in zip(lines, cells, strict=True)}
    written = [EMPTY if is_ditto(cell) else cell for cell in cells]
    sound = [cell.kind is Kind.DATE or _plausible(cell.plain, meaning, paired) for cell in written]
    stands = [said(cell) for cell in written]
    carries = _is_sparse(written, stands, scope)
    # What is no building is carried nowhere, and neither is what stood above it.
    written = [cell if sound[at] else _UNSOUND for at, cell in enumerate(written)]
    above = _nearest(written, stands, scope, range(len(cells)))
    below = _nearest(written, stands, scope, range(len(cells) - 1, -1, -1))
    above = [EMPTY if cell is _UNSOUND else cell for cell in above]
    column = _Column([cell if sound[at] else cells[at] for at, cell in enumerate(written)], [False] * len(cells))
    for at, cell in enumerate(cells):
        if stands[at] or (not cell.blank and not is_ditto(cell)):
            continue
        top = by_number.get(tops.get(lines[at].number, 0), EMPTY)
        if lines[at].number in tops:
            column.values[at] = top if _plausible(top.plain, meaning, paired) else EMPTY
        elif carries or is_ditto(cell):
            column.values[at] = above[at]
        elif not above[at].blank and block_key(above[at].plain) == block_key(below[at].plain):
            column.values[at], column.guessed[at] = above[at], True
    return column


def _is_sparse(cells: Sequence[Cell], stands: Sequence[bool], scope: Sequence[tuple[int, str]]) -> bool:
    """Written once for all rows it is about, then left empty."""
    filled = [(scope[at], block_key(cell.plain)) for at, cell in enumerate(cells) if stands[at]]
    empty = len(cells) - len(filled)
    if not filled or empty < _LEAST_EMPTY * len(cells):
        return False
    equal = sum(one == other for one, other in pairwise(filled))
    return equal <= _MOST_EQUAL * len(filled)


def _nearest(
    cells: Sequence[Cell], stands: Sequence[bool], scope: Sequence[tuple[int, str]], order: range
) -> list[Cell]:
    """Of each cell the nearest written one before it in that order, within its scope."""
    found = [EMPTY] * len(cells)
    last: Cell = EMPTY
    last_scope: tuple[int, str] | None = None
    for at in order:
        if scope[at] != last_scope:
            last, last_scope = EMPTY, scope[at]
        found[at] = last
        if stands[at]:
            last = cells[at]
    return found


class SameDoor:
    """Whether a row without a door of its own is about the door above it: one person a row, the door written once."""

    def __init__(self, block: Block, lines: Sequence[Line], sheet: Sheet, relation: Callable[[Row], str]) -> None:
        self._label = block.first(*LABELS)
        self._number = block.first(Meaning.NUMBER)
        self._building = block.first(Meaning.BUILDING)
        self._relation = relation
        self._name = block.first(Meaning.NAME)
        self._tops = _tops(sheet, self._label) if self._label else {}
        doors = [line for line in lines if said(cell_at(line.row, self._label))]
        bare = [line for line in lines if not said(cell_at(line.row, self._label)) and self._named(line.row)]
        numbered = sum(said(cell_at(line.row, self._number)) for line in doors)
        self._numbers_doors = bool(self._number) and numbered >= 0.8 * len(doors)
        self._usual = len(bare) >= 0.25 * len(lines) and len(bare) >= 3

    def holds(self, line: Line) -> bool:
        """`line` has no door of its own; the row above it has one."""
        label = cell_at(line.row, self._label)
        if is_ditto(label) or (line.number in self._tops and self._tops[line.number] < line.number):
            return True
        if not self._named(line.row) or said(cell_at(line.row, self._building)):
            return False
        relation = self._relation(line.row)
        if relation and relation not in ("head", "owner"):
            return True
        if self._numbers_doors:
            return not said(cell_at(line.row, self._number))
        return self._usual and not relation

    def _named(self, row: Row) -> bool:
        return said(cell_at(row, self._name))
