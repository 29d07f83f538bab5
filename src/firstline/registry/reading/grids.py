"""Buildings drawn as grids: a floor a row and a room a column, or rooms with their names below or beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from firstline.identifiers.numerals import NUMERALS, read_numeral
from firstline.identifiers.width import halve
from firstline.tables import Cell, Sheet
from firstline.tables import Kind as CellKind

from .codes import Kind, Meaning
from .doors import DoorReader, Parts
from .family import LONGEST_CELL, read_family
from .habits import Evidence, Habit
from .model import ColumnReading, PersonReading, RowReading
from .remarks import people_in
from .restarts import restarted, without_standing
from .standing import Standing, only_standing, standing_in
from .uncolumned import Uncolumned, door_reader
from .words import NOTE, NOTHING, TOTALS

_FLOOR = re.compile(rf"第?(?P<n>-?\d{{1,2}}|负[一二三1-3]|[{NUMERALS}]{{1,3}})(?P<word>层|楼|F)?")
_PLACE = re.compile(r"(?P<n>0?\d{1,2})(?:室|号房?|户|门|房)?|(?P<side>[东西南北中左右](?:边|侧)?(?:户|门|室)?)")
_CORNER = re.compile(r"楼层|层|房号|室号|户号|楼层房号|层户|单元")
_LABEL = r"(?:(?:\d{1,3}|[A-Z])[-#])?(?:\d{1,2}-)?-?\d{3,4}[A-Z]?(?:室|号|户)?"
_ROOM = re.compile(_LABEL)
_ROOM_AND_MORE = re.compile(rf"(?P<room>{_LABEL})(?:[\s:：、,，/|-]+|(?=[^\d\s:：、,，/|-]))(?P<more>.+)", re.DOTALL)
_NO_ROOM = re.compile(r"\d|[层楼栋幢座单元年月日]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Spot:
    """One door of a grid as it stands in one cell: the text of its room, and what is said of those behind it.

    `named` counts the names of buildings and units above; `first` is False for names and phones below their rooms.
    """

    row: int
    column: int
    room: str
    said: str
    standing: Standing
    named: int = 0
    first: bool = True


@dataclass(slots=True)
class Grid(Uncolumned):
    """A sheet read as a drawing."""

    spots: list[Spot] = field(default_factory=list)

    def tell_habits(self, evidence: Evidence) -> None:
        for spot in self.spots:
            evidence.add(spot.room, spot.standing.building)

    def tell(self, habit: Habit) -> tuple[RowReading, ...]:
        """Each door of each row by its column; rows without a door as a whole."""
        doors = door_reader((spot.standing for spot in self.spots), habit)
        by_row: dict[int, list[Spot]] = {}
        for spot in self.spots:
            by_row.setdefault(spot.row, []).append(spot)
        rows: list[RowReading] = []
        for number, row in enumerate(self.sheet.rows, start=1):
            cells = tuple(cell.text for cell in row)
            if number not in by_row:
                rows.append(self._without_door(number, cells))
            rows += [replace(self._told(spot, doors), cells=cells) for spot in by_row.get(number, [])]
        return self._without_restarts(rows)

    def _without_restarts(self, rows: Sequence[RowReading]) -> tuple[RowReading, ...]:
        spots = {(spot.row, spot.column): spot for spot in self.spots}
        here = [spots.get((row.row, row.column or 0)) for row in rows]
        leaning = [
            (spot.named, row.door_label) if spot and spot.first and row.door else None
            for spot, row in zip(here, rows, strict=True)
        ]
        lost = {
            (spot.named, row.row)
            for spot, row, again in zip(here, rows, restarted(leaning), strict=True)
            if spot and again
        }
        begins = {named: min(row for name, row in lost if name == named) for named in {name for name, _ in lost}}
        return tuple(
            without_standing(row) if spot and row.row >= begins.get(spot.named, row.row + 1) else row
            for spot, row in zip(here, rows, strict=True)
        )

    def _without_door(self, number: int, cells: tuple[str, ...]) -> RowReading:
        code = self.furniture.get(number, "")
        if code:
            return RowReading(number, Kind.NO_DATA, code, cells=cells)
        return RowReading(number, Kind.PARKED, "not_understood", cells=cells)

    def _told(self, spot: Spot, doors: DoorReader) -> RowReading:
        answer = doors.read(Parts(label=Cell(spot.room), under=spot.standing))
        people, remark, doubts, persons = people_of(spot.said)
        comment = self.sheet.comments.get((spot.row, spot.column), "").strip()
        if comment:
            people, remark = (*people, *people_in(comment)), "；".join(filter(None, (remark, comment)))
        return RowReading(
            spot.row,
            Kind.RECORD if answer.door else Kind.PARKED,
            answer.reason,
            answer.door,
            people,
            tuple(dict.fromkeys((*answer.doubts, *doubts))) if answer.door else (),
            remark,
            persons,
            spot.column,
            written=answer.written,
            choices=answer.choices,
        )


def people_of(said: str) -> tuple[tuple[PersonReading, ...], str, tuple[str, ...], int | None]:
    """Those named in a cell, what else it says, doubts, and how many it says they are."""
    text = halve(said)
    family = read_family(said[:LONGEST_CELL])
    people = [
        PersonReading(member.name, member.relation or "unspecified", tuple(member.phones), member.document)
        for member in family.members
    ]
    if people and family.phones:
        people[0] = replace(people[0], phones=tuple(dict.fromkeys((*family.phones, *people[0].phones))))
    elif family.phones:
        people = [PersonReading("", phones=family.phones)]
    doubts = (*family.doubts, *(doubt for member in family.members for doubt in member.doubts))
    remark = "" if people or family.words or text in NOTHING else text
    return tuple(people), "；".join(filter(None, (remark, *family.words))), doubts, family.persons


def find_grid(sheet: Sheet, number: int, named: Standing) -> Grid | None:
    """The grid that a sheet is, None for any other sheet."""
    return _floors_by_places(sheet, number, named) or _rooms_with_names(sheet, number, named)


class _Standings:
    """What rows of names of buildings and units say of the rows below, as a whole or by column."""

    def __init__(self, named: Standing) -> None:
        self.count = 0
        self._whole = named
        self._columns: dict[int, Standing] = {}

    def take(self, said: Sequence[tuple[int, Cell]], width: int) -> bool:
        """Whether the row names buildings or units and nothing else."""
        found = [(column, only_standing(cell.text)) for column, cell in said]
        if not found or not all(standing for _, standing in found):
            return False
        self.count += 1
        if len(found) == 1:
            self._whole, self._columns = _under(self._whole, found[0][1]), {}
            return True
        ends = [*(column for column, _ in found[1:]), width + 1]
        for (column, standing), end in zip(found, ends, strict=True):
            for at in range(column, end):
                self._columns[at] = _under(self.at(at), standing)
        return True

    def title(self, said: Sequence[tuple[int, Cell]]) -> None:
        """A title that speaks of one building begins anew."""
        if len(said) == 1 and (found := standing_in(said[0][1].text)):
            self._whole, self._columns = found, {}
            self.count += 1

    def at(self, column: int) -> Standing:
        return self._columns.get(column, self._whole)


def _under(above: Standing, found: Standing) -> Standing:
    return found if found.building else Standing(above.building, found.unit)


def _floors_by_places(sheet: Sheet, number: int, named: Standing) -> Grid | None:
    """Headings 01, 02, 东户 and floors in front of the rows."""
    grid = Grid(sheet, number)
    standings = _Standings(named)
    width = max(map(len, sheet.rows), default=0)
    places: dict[int, str] = {}
    floor_column = 0
    floors = 0
    for at, row in enumerate(sheet.rows, start=1):
        said = _said(row)
        if not said:
            grid.furniture[at] = "blank"
        elif found := _places(said):
            places, floor_column = found
            grid.furniture[at] = "header"
            grid.header_row = grid.header_row or at
        elif standings.take([one for one in said if one[0] != floor_column or len(said) == 1], width):
            grid.furniture[at] = "section"
        elif places and (floor := _floor_of(row, floor_column)):
            floors += 1
            grid.spots += _spots_of_floor(at, row, floor, places, standings)
        else:
            grid.furniture[at] = _furniture(said, begun=bool(places))
            standings.title(said)
    if not grid.header_row or floors < 2 or not _names_people(grid):
        return None
    grid.columns = tuple(ColumnReading(at, text, Meaning.NAME, 1.0) for at, text in sorted(places.items()))
    return _without_empty_columns(grid)


def _places(said: Sequence[tuple[int, Cell]]) -> tuple[dict[int, str], int] | None:
    """Columns with the place on the floor they stand for, and the column of the floors: the one before the first."""
    texts = [(column, _SPACE.sub("", halve(cell.plain))) for column, cell in said]
    places = {column: text for column, text in texts if _PLACE.fullmatch(text)}
    others = [text for column, text in texts if column not in places]
    first = min(places, default=0)
    if len(places) < 2 or first < 2 or any(not _CORNER.search(text) for text in others):
        return None
    numbers = [int(match["n"]) for text in places.values() if (match := _PLACE.fullmatch(text)) and match["n"]]
    counted = all(later in (earlier + 1, 1) for earlier, later in pairwise(numbers))
    return (places, first - 1) if not numbers or (numbers[0] == 1 and counted) else None


def _floor_of(row: Sequence[Cell], column: int) -> str:
    text = _SPACE.sub("", halve(row[column - 1].plain)) if column <= len(row) else ""
    found = _FLOOR.fullmatch(text)
    if not found:
        return ""
    below = found["n"].startswith(("负", "-"))
    digits = read_numeral(found["n"].lstrip("负-")) or ""
    return f"-{digits}" if below and digits else digits


def _spots_of_floor(
    at: int, row: Sequence[Cell], floor: str, places: dict[int, str], standings: _Standings
) -> Iterator[Spot]:
    for column, place in places.items():
        match = _PLACE.fullmatch(place)
        if match is None:
            continue
        room = f"{floor}{int(match['n']):02d}" if match["n"] else f"{floor}层{match['side'][0]}户"
        said = row[column - 1].plain if column <= len(row) else ""
        yield Spot(at, column, room, said, standings.at(column), standings.count)


def _without_empty_columns(grid: Grid) -> Grid:
    """A place that is empty on every floor is none of the building's."""
    filled = {spot.column for spot in grid.spots if spot.said.strip()}
    floors = {spot.row for spot in grid.spots if spot.said.strip()}
    for row in {spot.row for spot in grid.spots} - floors:
        grid.furniture[row] = "blank"
    grid.spots = [spot for spot in grid.spots if spot.column in filled and spot.row in floors]
    return grid


def _rooms_with_names(sheet: Sheet, number: int, named: Standing) -> Grid | None:
    """Cells like `501 王建国 139...`, or rows of rooms with rows of names, perhaps of phones, below them."""
    grid = Grid(sheet, number)
    standings = _Standings(named)
    width = max(map(len, sheet.rows), default=0)
    above: dict[int, Spot] = {}
    together = apart = other = 0
    for at, row in enumerate(sheet.rows, start=1):
        said = _said(row)
        if not said:
            grid.furniture[at] = "blank"
            continue
        if standings.take([one for one in said if not _CORNER.fullmatch(_text(one[1]))], width):
            grid.furniture[at] = "section"
            above = {}
            continue
        rooms = [(column, cell) for column, cell in said if _ROOM.fullmatch(_text(cell)) and not _is_floor(cell)]
        more = [(column, match) for column, cell in said if (match := _with_more(cell))]
        if more and len(more) + len(rooms) >= len(said) - 1:
            together += len(more)
            grid.spots += [
                Spot(at, column, said["room"], said["more"], standings.at(column), standings.count)
                for column, said in more
            ]
            grid.spots += [
                Spot(at, column, _text(cell), "", standings.at(column), standings.count) for column, cell in rooms
            ]
            above = {}
        elif len(rooms) >= 2 and len(rooms) >= len(said) - 1:
            found_here = [
                Spot(at, column, _text(cell), "", standings.at(column), standings.count) for column, cell in rooms
            ]
            above = {spot.column: spot for spot in found_here}
            grid.spots += found_here
        elif above and (below := [(column, cell) for column, cell in said if column in above]):
            apart += len(below)
            grid.spots += [replace(above[column], row=at, said=cell.plain, first=False) for column, cell in below]
        else:
            other += len(said) if len(said) > 1 else 0
            grid.furniture[at] = _furniture(said, begun=bool(grid.spots))
            standings.title(said)
    columns = {spot.column for spot in grid.spots}
    if len(columns) < 2 or (together < 4 and apart < 4) or other > len(grid.spots) * 0.2 or not _names_people(grid):
        return None
    return _with_phones_above(grid)


def _with_phones_above(grid: Grid) -> Grid:
    """A row of phones below a row of names speaks of those named above it."""
    by_place = {(spot.row, spot.column): position for position, spot in enumerate(grid.spots)}
    for position, spot in enumerate(grid.spots):
        before = by_place.get((spot.row - 1, spot.column))
        if before is None or not re.fullmatch(r"[\d\s、,，/;；-]{7,}", spot.said.strip()):
            continue
        named = grid.spots[before]
        if named.said and named.room == spot.room:
            grid.spots[before] = replace(named, said=f"{named.said} {spot.said}")
            grid.spots[position] = replace(spot, said="")
    return grid


def _with_more(cell: Cell) -> re.Match[str] | None:
    text = halve(cell.plain.replace("\n", " "))
    if cell.kind is not CellKind.TEXT or len(text) > 200:
        return None
    found = _ROOM_AND_MORE.fullmatch(text)
    return (
        found
        if found and not found["more"][:1].isdigit() and not re.match(r"[层楼栋幢座单元年月日]", found["more"])
        else None
    )


def _is_floor(cell: Cell) -> bool:
    return len(_text(cell)) < 3


def _names_people(grid: Grid) -> bool:
    said = [spot.said for spot in grid.spots if spot.said.strip() and halve(spot.said) not in NOTHING]
    named = sum(bool(re.search(r"[㐀-鿿]{1}", text)) for text in said)
    return bool(said) and named * 2 > len(said)


def _furniture(said: Sequence[tuple[int, Cell]], *, begun: bool) -> str:
    first = _SPACE.sub("", halve(said[0][1].text))
    if TOTALS.match(first):
        return "totals"
    if NOTE.match(first):
        return "note"
    return "" if begun or len(said) > 1 else "title"


def _said(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    return [(column, cell) for column, cell in enumerate(row, start=1) if not cell.blank]


def _text(cell: Cell) -> str:
    return _SPACE.sub("", halve(cell.plain)).upper()
