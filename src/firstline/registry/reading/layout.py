"""A sheet laid out: its headings, its blocks of columns, and where its rows stand unless they say otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firstline.tables import Cell, Sheet

from .codes import LABELS, Meaning
from .columns import Block, all_columns, blocks_of, chosen_block
from .headings import Headings, spread
from .model import Chosen, ColumnReading
from .standing import NOWHERE, Standing, only_standing, standing_in

Row = Sequence[Cell]
_PEOPLE = frozenset({Meaning.NAME, Meaning.PHONE, Meaning.ID_NUMBER, Meaning.MEMBERS, Meaning.TENANT_NAME})


@dataclass(frozen=True, slots=True)
class Layout:
    """`number` is the sheet's position from 1. `standing` is what titles or the sheet's name say of all its rows."""

    sheet: Sheet
    number: int
    headings: Headings
    blocks: tuple[Block, ...]
    standing: Standing

    @property
    def columns(self) -> tuple[ColumnReading, ...]:
        return all_columns(self.blocks)

    @property
    def is_list(self) -> bool:
        return any(block.has_doors for block in self.blocks)

    @property
    def tells_people(self) -> bool:
        return any(column.meaning in _PEOPLE for column in self.columns)

    def below(self) -> list[tuple[int, Row]]:
        """The rows under the headings with their numbers."""
        last = self.headings.last
        return list(enumerate(self.sheet.rows[last:], start=last + 1))


def lay_out(sheet: Sheet, number: int, named: Standing, found: Headings, chosen: Chosen | None = None) -> Layout:
    """`named` is what the sheet's name says; `chosen` overrides what we would understand, `found` included."""
    if chosen:
        last = min(chosen.header_row or 0, len(sheet.rows))
        headings = spread(sheet, (last,) if last else ())
        width = max((len(row) for row in sheet.rows), default=0)
        blocks: tuple[Block, ...] = (chosen_block(headings, chosen.columns, width),)
    else:
        headings = found
        blocks = blocks_of(headings, sheet.rows[headings.last :])
    standing = Standing(chosen.building) if chosen and chosen.building else _titled(sheet, headings, blocks) or named
    return Layout(sheet, number, headings, blocks, standing)


def group_standing(block: Block) -> Standing:
    """What the heading merged above a block says: 1号楼, 2单元."""
    return only_standing(block.group) if block.group else NOWHERE


def _titled(sheet: Sheet, headings: Headings, blocks: Sequence[Block]) -> Standing:
    """The building that a title above the headings names, the nearest one first."""
    if not headings.rows or not any(block.where(*LABELS) for block in blocks):
        return NOWHERE
    for row in reversed(sheet.rows[: headings.rows[0] - 1]):
        texts = [cell.text.strip() for cell in row if not cell.blank]
        if len(texts) == 1 and (found := only_standing(texts[0]) or standing_in(texts[0])):
            return found
    return NOWHERE
