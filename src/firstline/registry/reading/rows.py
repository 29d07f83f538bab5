"""Tell every row of a list: record, parked with a reason, or no data. Each row is told exactly once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from firstline.identifiers.door_label import Fragment, Incomplete, parse
from firstline.identifiers.width import halve
from firstline.tables import Cell, Sheet

from .codes import Kind, Meaning
from .doors import DoorAnswer, DoorReader
from .headers import Header, looks_like_header, word_of
from .model import RowReading
from .people import PeopleReader
from .words import NOTE, NOTHING, TOTALS

Row = Sequence[Cell]

_COUNT = re.compile(r"(\d{1,2})\s*[人口个名]?(?:人|口)?")
_NOTE_ROOM = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")


def tell_rows(sheet: Sheet, header: Header) -> tuple[RowReading, ...]:
    """One RowReading for each row of the sheet, in order."""
    below = sheet.rows[header.rows[-1] :]
    teller = _Teller(header, below, sheet.rows[header.rows[-1] - 1])
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        if number > header.rows[-1]:
            told = teller.tell(number, row)
        elif number in header.rows:
            told = RowReading(number, Kind.NO_DATA, "header")
        else:
            told = RowReading(number, Kind.NO_DATA, "blank" if _blank(row) else "title")
        rows.append(replace(told, cells=tuple(cell.text for cell in row)))
    return _with_repeated_doors(rows, header)


class _Teller:
    def __init__(self, header: Header, below: Sequence[Row], heading: Row) -> None:
        self._header = header
        self._heading = [cell.text.strip() for cell in heading]
        self._doors = DoorReader(header, below)
        self._people = PeopleReader(header)
        self._numbers = set(header.where(Meaning.NUMBER))
        self._remarks = header.where(Meaning.REMARK)
        self._persons = (header.where(Meaning.PERSONS) or (0,))[0]

    def tell(self, number: int, row: Row) -> RowReading:
        said = [(index, cell) for index, cell in enumerate(row, start=1) if not cell.blank]
        if not said:
            return RowReading(number, Kind.NO_DATA, "blank")
        if self._repeats_header(row):
            return RowReading(number, Kind.NO_DATA, "repeated_header")
        # By the cells, not by the column alone: notes stand in the running number's column too.
        if all(
            halve(cell.plain) in NOTHING or (index in self._numbers and halve(cell.plain).isdigit())
            for index, cell in said
        ):
            return RowReading(number, Kind.NO_DATA, "number_only")
        door = self._doors.read(row)
        if door.door is None and (furniture := self._furniture(said)):
            return RowReading(number, Kind.NO_DATA, furniture)
        return self._record(number, row, door)

    def _record(self, number: int, row: Row, door: DoorAnswer) -> RowReading:
        people, doubts, packed = self._people.read(row)
        persons, count_doubts = self._count(row)
        remark = "；".join(text for column in self._remarks if (text := _text(row, column)))
        reason = door.reason
        if door.door is None and not door.written and not people:
            reason = "not_understood"
        elif door.door is not None and packed:
            reason = "several_people_in_cell"
        return RowReading(
            number,
            Kind.PARKED if reason else Kind.RECORD,
            reason,
            door.door,
            people,
            () if reason else tuple(dict.fromkeys(door.doubts + doubts + count_doubts)),
            remark,
            persons,
            choices=door.choices,
        )

    def _repeats_header(self, row: Row) -> bool:
        """The same headings again, as where printed pages were pasted one below the other."""
        said = [(position, cell.text.strip()) for position, cell in enumerate(row) if not cell.blank]
        if len(said) < 2:
            return False
        same = sum(position < len(self._heading) and text == self._heading[position] for position, text in said)
        if same == len(said) or (same >= 2 and same * 2 > len(said)):
            return True
        # Headings hold no digits and rows of a list hardly ever none: most rows need no closer look.
        return not any(_DIGIT.search(text) for _, text in said) and looks_like_header(row)

    def _furniture(self, said: Sequence[tuple[int, Cell]]) -> str:
        """Totals, notes and names of buildings that stand alone; empty for what may be data."""
        texts = [_NOTE_ROOM.sub("", halve(cell.text)) for _, cell in said]
        if TOTALS.match(texts[0]) or (len(texts) > 1 and texts[0].isdigit() and TOTALS.match(texts[1])):
            return "totals"
        if NOTE.match(texts[0]):
            return "note"
        if len(texts) == 1 and _only_building(texts[0]):
            return "section"
        return ""

    def _count(self, row: Row) -> tuple[int | None, tuple[str, ...]]:
        text = halve(_text(row, self._persons))
        if found := _COUNT.fullmatch(text):
            return int(found[1]), ()
        return None, () if text in NOTHING else ("persons_unreadable",)


def _only_building(text: str) -> bool:
    """1号楼, A座: a building and nothing else."""
    parsed = parse(text)
    return (
        isinstance(parsed, Incomplete)
        and not parsed.rest
        and parsed.fragment in (Fragment(parsed.fragment.building), Fragment(parsed.fragment.building, ""))
        and parsed.fragment.building is not None
        and word_of(text) is None
    )


def _with_repeated_doors(rows: Sequence[RowReading], header: Header) -> tuple[RowReading, ...]:
    """A door in two rows is a slip, except in lists with one row a person, where the relation says so."""
    if header.where(Meaning.RELATION):
        return tuple(rows)
    often = Counter(row.door_label for row in rows if row.kind is Kind.RECORD)
    return tuple(
        replace(row, doubts=(*row.doubts, "door_repeated"))
        if row.kind is Kind.RECORD and often[row.door_label] > 1
        else row
        for row in rows
    )


def _blank(row: Row) -> bool:
    return all(cell.blank for cell in row)


def _text(row: Row, column: int) -> str:
    return row[column - 1].plain.strip() if 0 < column <= len(row) else ""
