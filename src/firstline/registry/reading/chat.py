"""Lines of a chat: `1. 3-2-501 王建国 3人 139...`, a door and its people in one line of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from firstline.identifiers.door_label import Ambiguous, Found, Incomplete
from firstline.identifiers.width import halve
from firstline.tables import Cell, Sheet

from .codes import Kind, Meaning
from .doors import DoorReader, Parts
from .grids import people_of
from .habits import Evidence, Habit, parsed_alone
from .model import ColumnReading, RowReading
from .standing import Standing, only_standing, standing_in
from .uncolumned import Uncolumned, door_reader
from .words import NOTE, TOTALS

_ORDINAL = re.compile(r"^\s*(?:第?\d{1,4}\s*[.、．)）:：]\s*(?=\S)|[①-⑳]\s*)")
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d(?:[ -]?\d){8}|0\d{2,3}-?\d{7,8})(?![\dXx])")
_COUNT = re.compile(r"(?<!\d)[0-9一二三四五六七八九两]{1,2}(?:口人|口|个人|人)")
_BARE = re.compile(r"^(?P<room>\d{3,4}(?:室|号)?)(?=\D|$)")
_MARKS = " ,，、;；:：/|-—"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A line with what stands in it as a door, and the rest, in which people are named."""

    row: int
    label: str
    rest: str
    standing: Standing


@dataclass(slots=True)
class Chat(Uncolumned):
    """A sheet read as the lines of a chat."""

    lines: list[ChatLine] = field(default_factory=list)

    def tell_habits(self, evidence: Evidence) -> None:
        for line in self.lines:
            evidence.add(line.label, line.standing.building)

    def tell(self, habit: Habit) -> tuple[RowReading, ...]:
        """Each line once."""
        doors = door_reader((line.standing for line in self.lines), habit)
        by_row = {line.row: line for line in self.lines}
        rows = []
        for number, row in enumerate(self.sheet.rows, start=1):
            line = by_row.get(number)
            told = _told(line, doors) if line else RowReading(number, Kind.NO_DATA, self.furniture[number])
            rows.append(replace(told, cells=tuple(cell.text for cell in row)))
        return tuple(rows)


def find_chat(sheet: Sheet, number: int, named: Standing) -> Chat | None:
    """The lines of a sheet that has no columns to speak of; None for any other sheet."""
    texts = [_line(row) for row in sheet.rows]
    filled = [text for text in texts if text]
    single = sum(sum(not cell.blank for cell in row) == 1 for row in sheet.rows)
    ordinals = sum(bool(_ORDINAL.match(text)) for text in filled)
    if not filled or (single < 0.7 * len(filled) and ordinals < 0.6 * len(filled)):
        return None
    chat = Chat(sheet, number)
    standing = named
    for at, text in enumerate(texts, start=1):
        if not text:
            chat.furniture[at] = "blank"
        elif found := only_standing(text):
            standing = found if found.building else Standing(standing.building, found.unit)
            chat.furniture[at] = "section"
        else:
            label, rest = parted(text)
            if label or (chat.lines and not NOTE.match(text) and not TOTALS.match(text)):
                chat.lines.append(ChatLine(at, label, rest, standing))
            else:
                chat.furniture[at] = "note" if chat.lines else "title"
                standing = (not chat.lines and standing_in(text)) or standing
    told = sum(bool(line.label) and bool(people_of(line.rest)[0]) for line in chat.lines)
    if told < 2 or told < 0.5 * len(chat.lines):
        return None
    chat.columns = (ColumnReading(1, "", Meaning.DOOR, 0.6),)
    return chat


def parted(text: str) -> tuple[str, str]:
    """What stands as the door in a line, and the rest; no door where none is to be seen."""
    bare = _ORDINAL.sub("", text)
    plain = _COUNT.sub(" ", _NUMBERS.sub(" ", bare)).strip(_MARKS)
    if match := _BARE.match(plain):
        return match["room"], bare.replace(match["room"], " ", 1)
    for piece in (*re.split(r"[\s,，、;；|]+", plain)[:3], plain):
        parsed = parsed_alone(piece)
        if isinstance(parsed, Found | Ambiguous | Incomplete) and (label := _within(piece, parsed)):
            return label, bare.replace(label, " ", 1)
    return "", bare


def _within(text: str, parsed: Found | Ambiguous | Incomplete) -> str:
    """The part of the text that is the door, without what stands before and after it."""
    if isinstance(parsed, Incomplete) and parsed.fragment.room is None:
        return ""
    start = text.find(parsed.before) + len(parsed.before) if parsed.before else 0
    end = text.rfind(parsed.after) if parsed.after else len(text)
    return text[start:end].strip(_MARKS) if start < end else ""


def _told(line: ChatLine, doors: DoorReader) -> RowReading:
    people, remark, doubts, persons = people_of(line.rest)
    answer = doors.read(Parts(label=Cell(line.label), under=line.standing))
    return RowReading(
        line.row,
        Kind.RECORD if answer.door else Kind.PARKED,
        answer.reason,
        answer.door,
        people,
        tuple(dict.fromkeys((*answer.doubts, *doubts))) if answer.door else (),
        remark,
        persons,
        written=answer.written,
        choices=answer.choices,
    )


def _line(row: Sequence[Cell]) -> str:
    return halve(" ".join(cell.plain for cell in row if not cell.blank))[:_LONGEST]
