"""A log into rows: each with its address, its attempts, who was there and what was said. Pure: no database."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from firstline.census.logs.layout import Layout, Says, Try, cell_at, find_layout
from firstline.census.logs.moments import (
    Moment,
    moment_of,
    read_day,
    read_time,
    says_the_same,
    settle_days,
    time_in,
)
from firstline.census.logs.moments import (
    Said as DaySaid,
)
from firstline.census.logs.remarks import people_in, said_in
from firstline.census.logs.result_words import Heard, Kind, heard
from firstline.census.results import Result
from firstline.registry.person_line import PersonSaid
from firstline.tables import Cell, Sheet

_MOST_MINUTES = 24 * 60
_FURNITURE = re.compile(r"[合总共小]计|填表|制表|审核|说明[:：]|注[:：]")
# People were met where somebody told who lives there.
TOLD = frozenset({Result.REGISTERED, Result.PARTIAL, Result.FORM_RETURNED})


@dataclass(frozen=True, slots=True)
class TryRead:
    """One attempt of a row. ``part`` counts from 1; a missing ``heard`` or ``moment`` is what nobody could read."""

    part: int
    word: str
    heard: Heard | None
    moment: Moment | None


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row below the headings. ``number`` counts from 1, headings included; no ``tries``: it says of no attempt.

    The address is in ``text``, or in parts; ``unit`` None where there is no such column.
    """

    sheet: int
    number: int
    cells: tuple[str, ...]
    compound: str = ""
    building: str = ""
    unit: str | None = None
    room: str = ""
    text: str = ""
    tries: tuple[TryRead, ...] = ()
    visitor: str = ""
    minutes: int | None = None
    remark: str = ""
    people: tuple[PersonSaid, ...] = ()
    persons: int | None = None
    returned: tuple[str, ...] = ()

    @property
    def has_address(self) -> bool:
        return bool(self.text or self.building or self.room)


@dataclass(frozen=True, slots=True)
class LogRead:
    """A log: what it notes, its rows in the order of the file, and the sheets that are none."""

    kind: Kind
    rows: tuple[RowRead, ...]
    passed_over: tuple[str, ...] = ()
    layouts: dict[int, Layout] = field(default_factory=dict)


def read_log(
    sheets: Sequence[Sheet], *, begin: date, today: date, compound: Callable[[str], bool] = lambda _name: False
) -> LogRead | None:
    """Read the sheets of a file that are logs; None when none is. ``begin`` gives days their year."""
    found = {
        number: layout
        for number, sheet in enumerate(sheets, 1)
        if not sheet.hidden and (layout := find_layout(sheet, begin=begin, today=today, compound=compound))
    }
    if not found:
        return None
    kinds = [layout.kind for layout in found.values()]
    rows = [
        row
        for number, layout in found.items()
        for row in _SheetReader(sheets[number - 1], number, layout, begin, today).rows()
    ]
    passed = tuple(sheet.name for number, sheet in enumerate(sheets, 1) if number not in found and not sheet.empty)
    return LogRead(max(kinds, key=kinds.count), tuple(rows), passed, found)


class _SheetReader:
    def __init__(self, sheet: Sheet, number: int, layout: Layout, begin: date, today: date) -> None:
        self._sheet, self._number, self._layout = sheet, number, layout
        self._begin, self._today = begin, today

    def rows(self) -> list[RowRead]:
        """All rows that are not blank, headings and titles too: they say of no attempt, and are counted."""
        numbered = [(at, row) for at, row in enumerate(self._sheet.rows, 1) if any(not cell.blank for cell in row)]
        days = self._days(numbered)
        return [self._row(at, row, [one[place] for one in days]) for place, (at, row) in enumerate(numbered)]

    def _days(self, numbered: Sequence[tuple[int, Sequence[Cell]]]) -> list[list[tuple[date | None, str]]]:
        """For each attempt of a row, the day of every row and what stood behind it in its cell."""
        settled = []
        for one in self._layout.tries:
            said: list[DaySaid | None] = []
            for at, row in numbered:
                found = self._day(row, one) if at > self._layout.headings else None
                # 同上, or nothing at all where somebody wrote the day once.
                carried = said[-1] if said and len(self._layout.tries) == 1 and self._repeats(row, one) else None
                said.append(found or carried)
            settled.append([(day, one.rest if one else "") for day, one in zip(settle_days(said), said, strict=True)])
        return settled

    def _day(self, row: Sequence[Cell], one: Try) -> DaySaid | None:
        cell = cell_at(row, one.day if one.day is not None else one.time)
        return None if cell.blank else read_day(cell, begin=self._begin, today=self._today)

    def _repeats(self, row: Sequence[Cell], one: Try) -> bool:
        return one.day is not None and says_the_same(cell_at(row, one.day))

    def _row(self, number: int, row: Sequence[Cell], days: Sequence[tuple[date | None, str]]) -> RowRead:
        cells = tuple(cell.text for cell in row)
        if number <= self._layout.headings or self._is_heading(row):
            return RowRead(self._number, number, cells)
        remark = self._text(row, Says.REMARK)
        tries = tuple(
            self._try(part, row, one, day, remark)
            for part, (one, day) in enumerate(zip(self._layout.tries, days, strict=True), 1)
            if any(not cell_at(row, at).blank for at in self._own(one))
        )
        read = RowRead(
            sheet=self._number,
            number=number,
            cells=cells,
            tries=tries,
            visitor=self._text(row, Says.VISITOR) or (self._sheet.name if self._layout.kind is Kind.CALLS else ""),
            minutes=_minutes(self._text(row, Says.MINUTES)),
            remark=remark,
        )
        read = self._with_people(self._with_address(read, row), row)
        # A total, a note, a signature: no door, and nothing that is known to come of an attempt.
        nothing = (
            not any(one.heard for one in tries)
            if _FURNITURE.search("".join(cells))
            else not any(one.word for one in tries)
        )
        return RowRead(self._number, number, cells) if nothing and not read.has_address else read

    def _own(self, one: Try) -> list[int | None]:
        """The columns that say that there was such an attempt; a day for all of a row does not."""
        several = len(self._layout.tries) > 1 and one.time is not None
        return [one.result, one.time, None if several else one.day]

    def _is_heading(self, row: Sequence[Cell]) -> bool:
        """Headings that are repeated on every printed page."""
        above = self._sheet.rows[self._layout.headings - 1] if self._layout.headings else []
        same = [a.text == b.text for a, b in zip(row, above, strict=False) if not b.blank]
        return len(same) > 2 and all(same)

    def _try(self, part: int, row: Sequence[Cell], one: Try, day: tuple[date | None, str], remark: str) -> TryRead:
        word = cell_at(row, one.result).text.strip()
        on, behind = day
        clock = read_time(cell_at(row, one.time)) if one.time is not None and one.day is not None else None
        moment = moment_of(on, clock or time_in(behind)) if on else None
        return TryRead(part, word, heard(word, self._layout.kind, remark), moment)

    def _with_address(self, read: RowRead, row: Sequence[Cell]) -> RowRead:
        compound = self._text(row, Says.COMPOUND)
        if Says.ROOM in self._layout.at or Says.BUILDING in self._layout.at:
            unit = self._layout.at.get(Says.UNIT)
            return replace(
                read,
                compound=compound,
                building=self._text(row, Says.BUILDING),
                unit=None if unit is None else cell_at(row, unit).plain.strip(),
                room=self._text(row, Says.ROOM),
            )
        door = self._text(row, Says.DOOR)
        return replace(read, compound=compound, text=door if not door or compound in door else f"{compound} {door}")

    def _with_people(self, read: RowRead, row: Sequence[Cell]) -> RowRead:
        """Who lives there, as far as somebody told: of a call that reached nobody nothing was learnt."""
        listed, said = people_in(self._text(row, Says.PEOPLE)), said_in(read.remark)
        told = any(one.heard and one.heard.result in TOLD for one in read.tries)
        return replace(
            read,
            people=(listed.people or said.people) if told else (),
            persons=listed.persons or said.persons,
            returned=listed.returned + said.returned,
        )

    def _text(self, row: Sequence[Cell], says: Says) -> str:
        return self._layout.cell(row, says).plain.strip()


def _minutes(text: str) -> int | None:
    digits = "".join(character for character in text if character.isdigit() or character == ".")
    try:
        minutes = round(float(digits))
    except ValueError:
        return None
    return minutes if 0 <= minutes <= _MOST_MINUTES else None
