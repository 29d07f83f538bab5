"""Rows that hold no data: titles, headings said again, totals, notes, names of buildings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firstline.identifiers.width import halve
from firstline.tables import Cell

from .codes import Meaning
from .columns import Block
from .headings import Headings, looks_like_headings
from .standing import NOWHERE, Standing, only_standing, standing_in
from .words import NOTE, NOTHING, TOTALS

Said = Sequence[tuple[int, Cell]]

_ROOM = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"\d{7}")
_COUNTS = re.compile(r"(?:共|计)\d{1,4}[户人套间]?|\d{1,4}[户人套间]")
_TITLE = re.compile(r"(?:表|名单|名册|花名册?|台账|清册|一览|汇总|清单)(?:\(.*\))?$")
_ENDS_IN_PLACE = re.compile(r"(?:号楼|[#栋幢座楼]|单元)(?:住户|业主|居民|部分)?$")
_PHASE = re.compile(r"第?[一二三四五六\d]期|[东西南北A-Z]区|第?[一二三四五六\d]区")
_COMPANY = re.compile(r"物业|管理处|居委会|制表|审核|填表|盖章|负责人|联系人|特此|谢谢|以上")


class Furniture:
    """Knows the headings of a block, to know them again."""

    def __init__(self, block: Block, headings: Headings) -> None:
        self._headings = {index: headings.text(index - 1).strip() for index in (c.index for c in block.columns)}
        self._numbers = frozenset(block.where(Meaning.NUMBER))
        self._labels = frozenset(block.where(Meaning.DOOR, Meaning.ROOM))

    def of(self, said: Said) -> tuple[str, Standing]:
        """The code of a row that holds no data, whatever its door's cell is; and where the rows below it stand."""
        if self._repeats(said):
            return "repeated_header", NOWHERE
        # By the cells, not by the column alone: notes stand in the running number's column too.
        if all(
            halve(cell.plain) in NOTHING or (index in self._numbers and halve(cell.plain).isdigit())
            for index, cell in said
        ):
            return "number_only", NOWHERE
        if len(said) > 1 and not all(_COUNTS.fullmatch(_text(cell)) for _, cell in said[1:]):
            return "", NOWHERE
        first = said[0][1].text
        if standing := only_standing(first):
            return "section", standing
        if len(said) > 1:
            return "", NOWHERE
        text = _text(said[0][1])
        if _PHASE.fullmatch(text):
            return "section", NOWHERE  # part of the estate's name, not of a door's
        if _ENDS_IN_PLACE.search(text) and (standing := standing_in(first)):
            return "section", standing
        if _TITLE.search(text) and not _LONG_NUMBER.search(text):
            return "title", standing_in(first)
        return _note_or_total([text]), NOWHERE

    def without_door(self, said: Said) -> str:
        """The same for a row whose door cannot be read: totals and notes that fill several cells."""
        texts = [_text(cell) for _, cell in said[:2]]
        if found := _note_or_total(texts):
            return found
        return "note" if len(said) == 1 and _COMPANY.search(texts[0]) and said[0][0] not in self._labels else ""

    def _repeats(self, said: Said) -> bool:
        """The same headings again, as where printed pages were pasted one below the other."""
        if len(said) < 2:
            return False
        same = [index for index, cell in said if cell.text.strip() == self._headings.get(index)]
        if same and (len(same) == len(said) or (len(same) >= 2 and len(same) * 2 > len(said))):
            return True
        # Headings hold no digits and rows of a list hardly ever none: most rows need no closer look.
        if any(_DIGIT.search(cell.text) for _, cell in said):
            return False
        return looks_like_headings([cell for _, cell in said])


def _text(cell: Cell) -> str:
    return _ROOM.sub("", halve(cell.text))


def _note_or_total(texts: Sequence[str]) -> str:
    if TOTALS.match(texts[0]) or (len(texts) > 1 and texts[0].isdigit() and TOTALS.match(texts[1])):
        return "totals"
    return "note" if NOTE.match(texts[0]) else ""
