"""Lines copied out of a spreadsheet, whatever its columns: by their headings, else by what stands in them. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from firstline.census.night.cells import Cells
from firstline.census.night.legend import read_channel, read_result
from firstline.census.night.moments import read_moment
from firstline.census.night.rows import LONGEST_NOTE
from firstline.identifiers import door_label, names, phone, resident_id
from firstline.registry.grid.posted import copied_rows
from firstline.registry.reading.codes import LABELS, Meaning
from firstline.registry.reading.headings import word_of
from firstline.registry.reading.words import RELATION_WORDS, simplify

MOST_LINES = 300
# What a column of the paste becomes here: a cell of the grid, a part of the door, a part of the person, or nothing.
_DOOR, _PERSON, _UNREAD = "door", "people", ""
_DOOR_PARTS = ("building", "unit", "room")
_PARTS = {Meaning.BUILDING: "building", Meaning.BUILDING_UNIT: "building", Meaning.UNIT: "unit"}
_HEADINGS = {
    "outcome": "结果 情况 登记情况 入户情况 走访结果 入户结果 状态 OUTCOME RESULT",
    "time": "时间 日期 时刻 入户时间 走访时间 日期时间 登记时间 TIME DATE",
    "channel": "方式 渠道 登记方式 途径 CHANNEL",
    "visitor": "入户人员 走访人员 登记人 普查员 入户人 网格员 走访人 VISITOR",
    "note": "备注 说明 REMARK NOTE",
    "paper": "表号 编号 纸号 页 表格编号 SHEET PAPER",
}
_BY_HEADING = {word: field for field, words in _HEADINGS.items() for word in words.split()}
_PERSONAL = frozenset({Meaning.NAME, Meaning.PHONE, Meaning.ID_NUMBER, Meaning.RELATION, Meaning.MEMBERS})
_SEX = frozenset({"性别", "年龄", "出生年月", "出生日期", "出生年份"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of what was pasted: its heading (empty: it had none) and the field of the grid it goes to."""

    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paste as it was understood: its columns, and the lines it makes."""

    columns: tuple[Column, ...]
    lines: tuple[Cells, ...]


def read_paste(text: str, *, today: date) -> Pasted:
    """The lines of a paste; cells are parted by tabs. Lines of nothing are left out, no more than 300 are taken."""
    rows = list(islice(copied_rows(text, longest=LONGEST_NOTE), MOST_LINES + 1))
    if not rows:
        return Pasted((), ())
    width = max(map(len, rows))
    headed = _headed(rows[0])
    content = rows[1:] if headed else rows[:MOST_LINES]
    cells = [[row[at] if at < len(row) else "" for row in content] for at in range(width)]
    fields = headed or [_guessed(column, today) for column in cells]
    fields += [_guessed(column, today) for column in cells[len(fields) :]]
    headings = rows[0] if headed else []
    columns = tuple(
        Column(headings[at] if at < len(headings) else "", _DOOR if field in _DOOR_PARTS else field)
        for at, field in enumerate(fields)
    )
    return Pasted(columns, tuple(_cells(row, fields) for row in content))


def _headed(row: Sequence[str]) -> list[str]:
    """The field of each column where the first row are headings; nothing where it is content already."""
    found = [_of_heading(cell) for cell in row]
    known = sum(field is not None for field in found)
    return [field or _UNREAD for field in found] if known * 2 > sum(map(bool, row)) else []


def _of_heading(text: str) -> str | None:
    if (field := _BY_HEADING.get(simplify(text))) is not None:
        return field
    if simplify(text) in _SEX:
        return _PERSON
    word = word_of(text)
    if word is None:
        return None
    if word.room_too or word.meaning in LABELS:
        return "room" if word.room_too or word.meaning == Meaning.ROOM else _DOOR
    if word.meaning in _PARTS:
        return _PARTS[word.meaning]
    if word.meaning in _PERSONAL:
        return _PERSON
    return "note" if word.meaning == Meaning.REMARK else None


def _guessed(column: Sequence[str], today: date) -> str:
    """What a column without a heading holds, by most of its cells; what fits nothing is a note."""
    filled = [cell for cell in column if cell]
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("outcome", lambda cell: bool(read_result(cell))),
        ("people", _personal),
        (_DOOR, lambda cell: not isinstance(door_label.parse(cell), door_label.NoDoor)),
        ("time", lambda cell: read_moment(cell, None, today=today).moment is not None),
        ("channel", lambda cell: bool(read_channel(cell))),
    )
    for field, fits in tests:
        if filled and sum(map(fits, filled)) * 3 >= len(filled) * 2:
            return field
    return "note" if filled else _UNREAD


def _personal(cell: str) -> bool:
    first = cell.split(maxsplit=1)[0]
    return (
        names.judge(first).kind == "name"
        or cell in RELATION_WORDS
        or cell in {"男", "女"}
        or resident_id.parse(cell).sound
        or any(number.canonical for number in phone.parse_cell(cell).numbers)
    )


def _cells(row: Sequence[str], fields: Sequence[str]) -> Cells:
    """A row in the cells of the grid: parts of the door become one, those of a person and notes stand in a line."""
    parts: dict[str, list[str]] = {}
    for cell, field in zip(row, fields, strict=False):
        if cell and field:
            parts.setdefault(field, []).append(cell)
    said = {field: " ".join(cells) for field, cells in parts.items()}
    building, unit, room = (said.pop(part, "") for part in _DOOR_PARTS)
    if building or unit or room:
        said[_DOOR] = " ".join(filter(None, [said.get(_DOOR, ""), _door(building, unit, room)]))
    return Cells(**said)


def _door(building: str, unit: str, room: str) -> str:
    parsed = door_label.from_columns(building=building, unit=unit, room=room)
    return parsed.door.label if isinstance(parsed, door_label.Found) else "-".join(filter(None, [building, unit, room]))
