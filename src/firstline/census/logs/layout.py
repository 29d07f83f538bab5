"""Which column of a log says what: by its heading, and by what stands in it where the heading says nothing. Pure.

A log is known by a column of results beside places or telephones and a moment; a list of owners has none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from firstline.census.logs.moments import read_day, read_time, says_the_same
from firstline.census.logs.result_words import Kind, heard
from firstline.registry.reading.codes import Meaning
from firstline.registry.reading.words import DOOR_OR_ROOM, HEADERS, simplify
from firstline.tables import EMPTY, Cell, Sheet

_SEARCHED, _LOOKED_AT = 20, 200
# So many of a column's cells must be understood for it to be what no heading says it is.
_MOST, _HALF = 0.8, 0.5
_LONGEST_HEADING = 30


class Says(StrEnum):
    """What a column of a log says."""

    DAY = "day"
    TIME = "time"
    COMPOUND = "compound"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    DOOR = "door"
    VISITOR = "visitor"
    RESULT = "result"
    MINUTES = "minutes"
    REMARK = "remark"
    NAME = "name"
    PHONE = "phone"
    PEOPLE = "people"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Try:
    """The columns of one attempt in a row, as positions: its result, its day and its time, which may be one column."""

    result: int
    day: int | None = None
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out: how many of its rows are headings (from the first), and what stands where."""

    headings: int
    kind: Kind
    tries: tuple[Try, ...]
    at: dict[Says, int] = field(default_factory=dict)

    def cell(self, row: Sequence[Cell], says: Says) -> Cell:
        return cell_at(row, self.at.get(says))


def cell_at(row: Sequence[Cell], position: int | None) -> Cell:
    """A cell of a row, empty where there is none."""
    return row[position] if position is not None and position < len(row) else EMPTY


_WORDS = (
    (Says.NUMBER, r"^(?:序号?|编号|NO|行号|№|号)$"),
    (Says.MINUTES, r"用时 耗时 时长 分钟 多久 花了 历时"),
    (Says.RESULT, r"""
        结果 结论 反馈 成果 咋样 怎么样 是否(?:登记|完成|成功|接通) 完成情况 登记情况 ^RESULT
        (?:入户|走访|敲门|上门|摸排|通话|接听|拨打|联系)(?:情况|状态|状况)
    """),
    (Says.PEOPLE, r"""
        了解 人员(?:情况|信息|名单) 家(?:庭|里)(?:成员|人|情况) 成员 同住 住户信息 谁住 住的?谁 几口 人口 口人
    """),
    (Says.VISITOR, r"""
        (?:入户|走访|访问|登记|摸排|排查|上门|调查|敲门|采集|填表|登门)(?:人|员|者)
        (?:工作|责任|包联|包楼|经办|记录|跑腿)(?:人|员|者) 网格员 志愿者 谁去 楼长 ^(?:人员|干部|队员|人)$
    """),
    (Says.DAY, r"日期 日子 几号 哪天 几月 月日 年月 ^(?:日|天|DATE)$"),
    (Says.TIME, r"时间 时刻 几点 钟点 时分 何时 啥时 什么时候 ^(?:时|点|TIME)$"),
    (Says.PHONE, r"电话 手机 号码 联系方式 ^(?:TEL|PHONE)"),
    (Says.REMARK, r"备注 备考 说明 附注 补充 其[他它] 注释 附记 情况记录 ^注$ REMARK NOTE MEMO"),
    (Says.COMPOUND, r"小区 楼盘 院落 楼院 大院 院名 片区 居住区 ^(?:地点|院子|所在院|哪个院|位置|项目)$"),
    (Says.NAME, r"姓名 名字 户主 业主 房主 联系人 被访 受访 ^(?:对象|称呼|谁)$"),
    (Says.DOOR, r"门牌 住址 地址 房屋 住处 门户"),
)  # fmt: skip
_HEADINGS = tuple((says, re.compile("|".join(words.split()))) for says, words in _WORDS)
# Of the words for a room, those that are rather said of a whole door.
_WHOLE_DOORS = frozenset({"门牌", "门牌号", "门牌号码", "DOOR"})


def find_layout(
    sheet: Sheet, *, begin: date, today: date, compound: Callable[[str], bool] = lambda _name: False
) -> Layout | None:
    """How a sheet of a log is laid out; None for one that is no log. ``compound`` says whether a text names one."""
    reader = _Columns(sheet, begin, today, compound)
    for above in range(min(len(sheet.rows), _SEARCHED)):
        for rows in (2, 1):
            headings = reader.headings(above, rows)
            if headings and (layout := reader.layout(headings, above + rows)):
                return layout
    return reader.layout([""] * reader.width, 0) if reader.width else None


class _Columns:
    def __init__(self, sheet: Sheet, begin: date, today: date, compound: Callable[[str], bool]) -> None:
        self._sheet, self._begin, self._today, self._compound = sheet, begin, today, compound
        self.width = max((len(row) for row in sheet.rows), default=0)

    def headings(self, above: int, rows: int) -> list[str] | None:
        """The headings in so many rows, one above the other; None where these are no headings."""
        block = self._sheet.rows[above : above + rows]
        if len(block) < rows or any(sum(not cell.blank for cell in row) < 2 for row in block):
            return None
        words = [[simplify(cell.text) if len(cell.text) <= _LONGEST_HEADING else "" for cell in row] for row in block]
        known = [[bool(_meaning(word)) for word in row] for row in words]
        if rows == 1:
            return self._padded(words[0]) if sum(known[0]) > 2 else None
        if sum(known[0]) < 2 or not self._tells_apart(block, known[1]):
            return None
        upper, under = (self._padded(row) for row in words)
        return [below or above for above, below in zip(upper, under, strict=True)]

    def _tells_apart(self, block: Sequence[Sequence[Cell]], known: Sequence[bool]) -> bool:
        """Whether a second row says what stands under one heading of the first: 第一次 over 时间 and 结果."""
        upper, lower = block
        filled = [at for at, cell in enumerate(lower) if not cell.blank]
        alone = [at for at, cell in enumerate(upper) if not cell.blank and cell_at(lower, at).blank]
        return bool(alone) and all(known[at] for at in filled)

    def _padded(self, words: Sequence[str]) -> list[str]:
        return [*words, *[""] * (self.width - len(words))]

    def layout(self, headings: Sequence[str], begin: int) -> Layout | None:
        said = [_meaning(word) for word in headings]
        body = [row for row in self._sheet.rows[begin : begin + _LOOKED_AT] if any(not cell.blank for cell in row)]
        if not body:
            return None
        columns = [[cell_at(row, at) for row in body] for at in range(self.width)]
        kind = self._kind(said)
        self._correct(said, columns, kind)
        results = [at for at, says in enumerate(said) if says is Says.RESULT]
        tries = tuple(_tries(said, results))
        at: dict[Says, int] = {
            says: said.index(says) for says in Says if says in said and says not in {Says.DAY, Says.TIME}
        }
        placed = Says.DOOR in at or Says.ROOM in at or Says.COMPOUND in at
        if not tries or not placed or all(one.day is None and one.time is None for one in tries):
            return None
        return Layout(begin, kind, tries, at)

    def _kind(self, said: Sequence[Says | None]) -> Kind:
        titles = "".join(cell.text for row in self._sheet.rows[:3] for cell in row)
        calls = Says.PHONE in said and (Says.VISITOR not in said or "电话" in titles)
        return Kind.CALLS if calls else Kind.VISITS

    def _correct(self, said: list[Says | None], columns: Sequence[Sequence[Cell]], kind: Kind) -> None:
        """What stands in a column decides where its heading says nothing, or what cannot be."""
        self._where_results_stand(said, columns, kind)
        for at, cells in enumerate(columns):
            if said[at] in {Says.TIME, Says.DAY} and _share(cells, self._is_day) >= _HALF:
                said[at] = Says.DAY
            elif said[at] is Says.DAY and _share(cells, _is_time) >= _HALF:
                said[at] = Says.TIME
            elif said[at] is None:
                said[at] = self._by_content(said, cells)
        if Says.ROOM not in said and Says.DOOR not in said:
            _where_doors_stand(said, columns)
        if Says.DOOR in said and Says.BUILDING in said and Says.ROOM not in said:
            said[said.index(Says.DOOR)] = Says.ROOM

    def _where_results_stand(self, said: list[Says | None], columns: Sequence[Sequence[Cell]], kind: Kind) -> None:
        def understood(at: int) -> float:
            return _share(columns[at], lambda cell: heard(cell.text, kind) is not None)

        named = [at for at, says in enumerate(said) if says is Says.RESULT]
        if len(named) > 1 or (named and understood(named[0]) >= _HALF / 2):
            return
        # 是 under 是否签字 is an answer to another question.
        telling = [
            {cell.text for cell in cells if len(cell.text.strip()) > 1 and heard(cell.text, kind)} for cells in columns
        ]
        free = [
            at
            for at, says in enumerate(said)
            if says in {None, Says.REMARK} and understood(at) >= _HALF and len(telling[at]) > 1
        ]
        if free:
            # 登记情况 may head what is remarked, and the results stand elsewhere.
            if named:
                said[named[0]] = None
            said[max(free, key=lambda at: (sum(not cell.blank for cell in columns[at]), understood(at)))] = Says.RESULT

    def _by_content(self, said: Sequence[Says | None], cells: Sequence[Cell]) -> Says | None:
        if _share(cells, self._is_day) >= _MOST and Says.DAY not in said:
            return Says.DAY
        if Says.COMPOUND not in said and _share(cells, lambda cell: self._compound(cell.text)) >= _HALF:
            return Says.COMPOUND
        if Says.TIME not in said and _share(cells, _is_clock) >= _MOST:
            return Says.TIME
        return None

    def _is_day(self, cell: Cell) -> bool:
        found = read_day(cell, begin=self._begin, today=self._today)
        return found is not None and abs((found.days[0] - self._begin).days) < 400


def _where_doors_stand(said: list[Says | None], columns: Sequence[Sequence[Cell]]) -> None:
    """Columns without headings right of the compound: building, unit and room, or the whole door in one."""
    if Says.COMPOUND not in said:
        return
    behind: list[int] = []
    for at in range(said.index(Says.COMPOUND) + 1, len(said)):
        if said[at] is not None or _share(columns[at], _has_digit) < _HALF or len(behind) == 3:
            break
        behind.append(at)
    names = {1: (Says.DOOR,), 2: (Says.BUILDING, Says.ROOM), 3: (Says.BUILDING, Says.UNIT, Says.ROOM)}
    for at, says in zip(behind, names.get(len(behind), ()), strict=False):
        said[at] = says


def _tries(said: Sequence[Says | None], results: Sequence[int]) -> Iterable[Try]:
    """Each result with the day and time of its own: those before it, back to the result before; or those behind it."""
    moments = [at for at, says in enumerate(said) if says in {Says.DAY, Says.TIME}]
    shared = _shared(said, moments, results)
    own = [at for at in moments if at != shared]
    behind = bool(results and own) and results[0] < own[0]
    for number, result in enumerate(results):
        since = results[number - 1] if number else -1
        until = results[number + 1] if number + 1 < len(results) else len(said)
        begin, end = (result, until) if behind else (since, result)
        near = moments if len(results) == 1 else [at for at in own if begin < at < end]
        day = next((at for at in near if said[at] is Says.DAY), shared)
        yield Try(result, day, next((at for at in near if said[at] is Says.TIME), None))


def _shared(said: Sequence[Says | None], moments: Sequence[int], results: Sequence[int]) -> int | None:
    """The day of all attempts in a row: before the first of them, and each has a time of its own besides."""
    if len(results) < 2 or len(moments) != len(results) + 1 or moments[0] > results[0]:
        return None
    return moments[0] if said[moments[0]] is Says.DAY else None


def _meaning(word: str) -> Says | None:
    if not word:
        return None
    if word in HEADERS[Meaning.BUILDING]:
        return Says.BUILDING
    if word in HEADERS[Meaning.UNIT]:
        return Says.UNIT
    if word in DOOR_OR_ROOM:
        return Says.DOOR if word in _WHOLE_DOORS else Says.ROOM
    if word in HEADERS[Meaning.DOOR]:
        return Says.DOOR
    return next((says for says, pattern in _HEADINGS if pattern.search(word)), None)


def _share(cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> float:
    filled = [cell for cell in cells if not says_the_same(cell)]
    return sum(holds(cell) for cell in filled) / len(filled) if filled else 0.0


def _is_time(cell: Cell) -> bool:
    return read_time(cell) is not None


def _is_clock(cell: Cell) -> bool:
    return read_time(cell) is not None and not cell.text.strip().isdigit()


def _has_digit(cell: Cell) -> bool:
    return any(character.isdigit() for character in cell.text)
