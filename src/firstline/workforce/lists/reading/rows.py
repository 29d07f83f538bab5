"""The rows of a list, each with its typed values and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from firstline.identifiers import names
from firstline.identifiers.phone import parse_cell
from firstline.identifiers.width import halve
from firstline.tables import Sheet
from firstline.workforce.lists.reading.dates import day_of
from firstline.workforce.lists.reading.days import Pattern, days_of
from firstline.workforce.lists.reading.headings import header_in, kind_of, level_of, organisation_in
from firstline.workforce.lists.reading.model import Field, Kind, Layout, Level, Line, ListSheet, Named, Problem
from firstline.workforce.lists.reading.team import roles_in, team_of

_FOOT = re.compile(r"^(?:合计|总计|小计|共计|注[:：]|说明[:：]|填表|制表|审核|联系人[:：]|截[至止]|备注[:：])|^共\d+")
_MEANINGFUL = (Field.NAME, Field.HEAD, Field.PHONE, Field.TEAM, Field.PLACE, Field.TITLE, Field.VILLAGE, Field.COMPOUND)
_YES = frozenset(
    ["是", "有", "√", "✓", "✔", "对", "y", "Y", "1", "党员", "中共党员", "预备党员", "中共预备党员", "正式党员"]
)
_NO = frozenset(["否", "无", "非", "×", "x", "X", "n", "N", "0", "群众", "非党员", "团员", "共青团员"])

Fixes = Mapping[str, Mapping[Field, str]]


def read_lists(
    sheets: Sequence[Sheet],
    *,
    year: int,
    name: str = "",
    kinds: Mapping[int, Kind] | None = None,
    layouts: Mapping[int, Layout] | None = None,
    fixes: Fixes | None = None,
) -> list[ListSheet]:
    """The sheets of a file as lists of people; ``year`` is that of days written without one, ``name`` the file's.

    ``kinds`` and ``layouts`` are what people said of sheets, counted from 1, instead of our reading; ``fixes`` what
    they put right in rows, by ``Line.key``. Empty sheets are left out; a sheet nobody understands has no lines.
    """
    said = _Said(year, name, kinds or {}, layouts or {}, fixes or {})
    return [_sheet(number, sheet, said) for number, sheet in enumerate(sheets, 1) if not sheet.empty]


@dataclass(frozen=True, slots=True)
class _Said:
    year: int
    name: str
    kinds: Mapping[int, Kind]
    layouts: Mapping[int, Layout]
    fixes: Fixes


def _sheet(number: int, sheet: Sheet, said: _Said) -> ListSheet:
    texts = filled(sheet)
    layout = said.layouts.get(number) or Layout(*(header_in(texts) or (0, {})))
    header, columns = layout.header, layout.columns
    title = next((text for row in texts[: max(header - 1, 0)] for text in row if text.strip()), "")
    titles = f"{sheet.name} {title} {said.name}"
    kind = said.kinds.get(number) or kind_of(columns, titles)
    headings = tuple(texts[header - 1]) if header else ()
    if kind is None or not columns:
        known = kind if columns else None
        return ListSheet(number, sheet.name, title, known, header, columns, headings, tabular=_is_table(texts))
    whole = _Sheet(number, kind, columns, said, texts=texts, level=level_of(columns, f"{sheet.name} {title}"))
    whole.organisation = organisation_in(sheet.name, title, said.name.rpartition(".")[0])
    lines = tuple(whole.lines(header))
    read = {line.row for line in lines}
    over = tuple(
        (row, " ".join(filter(str.strip, cells)))
        for row, cells in enumerate(texts, 1)
        if row > header and row not in read and any(map(str.strip, cells))
    )
    return ListSheet(number, sheet.name, title, kind, header, columns, headings, lines, over)


def _is_table(texts: Sequence[Sequence[str]]) -> bool:
    return sum(sum(bool(cell.strip()) for cell in row) > 1 for row in texts) > 1


def filled(sheet: Sheet) -> list[list[str]]:
    """What stands in each cell, merged areas in all of their rows; text keeps its lines."""
    texts = [[cell.date.isoformat() if cell.date else cell.plain for cell in row] for row in sheet.rows]
    for area in sheet.merges:
        if area.last_row == area.row or area.row > len(texts):
            continue
        first = texts[area.row - 1]
        text = first[area.column - 1] if area.column <= len(first) else ""
        for row in texts[area.row : area.last_row]:
            row.extend([""] * (area.column - len(row)))
            row[area.column - 1] = row[area.column - 1] or text
    return texts


class _Sheet:
    """One sheet while its rows are read."""

    def __init__(
        self,
        number: int,
        kind: Kind,
        columns: Mapping[int, Field],
        said: _Said,
        *,
        texts: list[list[str]],
        level: Level | None,
    ) -> None:
        self.number, self.kind, self.columns, self.said, self.texts, self.level = (
            number,
            kind,
            columns,
            said,
            texts,
            level,
        )
        self.organisation = ""
        self.fields = set(columns.values())
        team = next((column for column, field in columns.items() if field == Field.TEAM), None)
        self.roles = roles_in(row[team - 1] for row in texts if team and team <= len(row))

    def lines(self, header: int) -> Iterator[Line]:
        township = ""
        for row, cells in enumerate(self.texts[header:], header + 1):
            said = {field: cells[at - 1].strip() for at, field in self.columns.items() if at <= len(cells)}
            if _furniture(cells, said) or sum(map(len, said.values())) == 0:
                continue
            # A merged cell of a text file stands in the first of its rows only.
            carried = Field.TOWNSHIP in self.fields and not said.get(Field.TOWNSHIP) and bool(township)
            if carried:
                said[Field.TOWNSHIP] = township
            township = said.get(Field.TOWNSHIP, "") or township
            yield self._line(row, cells, said)

    def _line(self, row: int, cells: list[str], said: dict[Field, str]) -> Line:
        said |= dict(self.said.fixes.get(f"{self.number}:{row}", {}))
        problems: list[Problem] = []
        who = Field.HEAD if self.kind == Kind.CHECKPOINTS else Field.NAME
        name = names.clean(said.get(who, ""))
        if self.kind != Kind.CHECKPOINTS or who in self.fields:
            problems += _name_problems(who, name, said.get(who, ""))
        phone, about_phone = _phone(said.get(Field.PHONE, ""))
        problems += about_phone
        since = day_of(said[Field.SINCE], self.said.year) if said.get(Field.SINCE) else None
        if said.get(Field.SINCE) and since is None:
            problems.append(Problem("date_unread", Field.SINCE, said[Field.SINCE]))
        days = days_of(said.get(Field.DAYS, ""), self.said.year)
        if days is not None and days.pattern == Pattern.UNREAD:
            problems.append(Problem("days_unread", Field.DAYS, days.words))
        team, about_team = self._team(said.get(Field.TEAM, ""))
        problems += about_team
        organisation = said.get(Field.UNIT, "") or ("" if Field.UNIT in self.fields else self.organisation)
        if self.kind == Kind.STAFF and not organisation:
            problems.append(Problem("organisation_missing", Field.UNIT))
        return Line(
            sheet=self.number,
            row=row,
            kind=self.kind,
            cells=tuple(cells),
            said=said,
            level=self.level,
            name=name,
            phone=phone,
            organisation=halve(organisation),
            since=since,
            party=_yes_or_no(said.get(Field.PARTY, "")),
            days=days,
            team=team,
            problems=tuple(problems),
        )

    def _team(self, text: str) -> tuple[tuple[Named, ...], list[Problem]]:
        if not text:
            return (), []
        team = team_of(text, self.roles)
        problems = [Problem("team_unread", Field.TEAM, one) for one in team.unread]
        problems += [Problem("role_missing", Field.TEAM, one.name, waits=False) for one in team.members if not one.role]
        return team.members, problems


def _furniture(cells: Sequence[str], said: Mapping[Field, str]) -> bool:
    """Totals, notes and blank rows."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return True
    if _FOOT.match(halve(filled[0]).replace(" ", "")) and len(filled) < 4:
        return True
    return not any(said.get(field) for field in _MEANINGFUL)


def _name_problems(who: Field, name: str, written: str) -> Iterator[Problem]:
    if not written.strip():
        yield Problem("name_missing", who)
        return
    judged = names.judge(written)
    if judged.kind != "name" or (re.search(r"[、,，/;；\s]", written.strip()) and len(name) > 4):
        yield Problem("name_odd", who, written)


def _phone(text: str) -> tuple[str, list[Problem]]:
    """The first sound number of a cell, and what is wrong with the rest."""
    if not text:
        return "", [Problem("phone_missing", Field.PHONE, waits=False)]
    phones = parse_cell(text)
    if phones.says_none:
        return "", [Problem("phone_missing", Field.PHONE, waits=False)]
    first = phones.first
    if first is None or first.problems or first.kind == "unknown":
        return "", [Problem("phone_wrong", Field.PHONE, text)]
    more = [Problem("phones_several", Field.PHONE, text, waits=False)] if len(phones.numbers) > 1 else []
    return first.canonical, more


def _yes_or_no(text: str) -> bool | None:
    said = halve(text).replace(" ", "")
    if said in _YES:
        return True
    return False if said in _NO else None
