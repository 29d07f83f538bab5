"""The addresses in a table of people, keys or visits, whatever else stands in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from firstline.registry.reading.codes import Meaning
from firstline.registry.reading.words import DOOR_OR_ROOM, HEADERS, simplify
from firstline.tables import EMPTY, Cell, Sheet

from .model import AddressRow, Source

_SEARCHED_ROWS = 20
_NOW = re.compile(r"现|居住|实际|目前|常住地|入户")
_NOT_NOW = re.compile(r"户籍|户口|原籍|籍贯|单位|工作|房主")
_COMPOUND = re.compile(
    r"^(?:所在|所属|居住|入户)?(?:小区|院落|楼院|地点|小区名|小区名称|院名|大院|片区|小区院落|小区楼院|家属院)$"
)
_ROOMS = frozenset(DOOR_OR_ROOM)
_ROOM = re.compile(r"^(?:户号|房号|室号|房间号?|室|户|门号|门牌号?|院号)$")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of an address stand, as positions; None where there is no such column."""

    text: int | None = None
    compound: int | None = None
    building: int | None = None
    unit: int | None = None
    room: int | None = None


def address_rows(sheets: Sequence[Sheet], source: Source) -> list[AddressRow]:
    """One address for each row below the headings; a sheet without any way to say an address has none."""
    return [row for sheet in sheets if not sheet.hidden for row in _of_sheet(sheet, source)]


def _of_sheet(sheet: Sheet, source: Source) -> Iterator[AddressRow]:
    found = next(
        ((at, columns) for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]) if (columns := _columns(row))), None
    )
    if found is None:
        return
    header, columns = found
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        if any(not cell.blank for cell in row):
            yield _row(row, number, columns, source)


def _row(row: Sequence[Cell], number: int, columns: _Columns, source: Source) -> AddressRow:
    if columns.text is not None:
        text, compound = _at(row, columns.text), _at(row, columns.compound)
        # 沙枣沟 beside 西街1排1号: the compound has a column of its own, the door has one for all of it.
        return AddressRow(source, number, text=text if compound in text else f"{compound} {text}")
    return AddressRow(
        source,
        number,
        compound=_at(row, columns.compound),
        building=_at(row, columns.building),
        unit=None if columns.unit is None else _at(row, columns.unit),
        room=_at(row, columns.room),
        in_columns=True,
    )


def _columns(row: Sequence[Cell]) -> _Columns | None:
    words = [simplify(cell.text) if not cell.blank and len(cell.text) < 40 else "" for cell in row]
    if sum(bool(word) for word in words) < 2:
        return None
    compound = next((at for at, word in enumerate(words) if _COMPOUND.match(word)), None)
    building, unit = _first(words, Meaning.BUILDING), _first(words, Meaning.UNIT)
    room = next((at for at, word in enumerate(words) if _ROOM.match(word) or word in _ROOMS), None)
    if building is not None and room is not None:
        return _Columns(compound=compound, building=building, unit=unit, room=room)
    text = _address(words)
    return None if text is None else _Columns(text=text, compound=compound)


def _address(words: Sequence[str]) -> int | None:
    named = [at for at, word in enumerate(words) if word in HEADERS[Meaning.DOOR] and not _NOT_NOW.search(word)]
    named += [at for at, word in enumerate(words) if "址" in word and not _NOT_NOW.search(word) and at not in named]
    # Where somebody lives comes before any other address of theirs.
    named.sort(key=lambda at: not _NOW.search(words[at]))
    if named:
        return named[0]
    # 户号 of a register numbers households, so it counts only where nothing else says an address.
    return next((at for at, word in enumerate(words) if word in _ROOMS), None)


def _first(words: Sequence[str], meaning: Meaning) -> int | None:
    return next((at for at, word in enumerate(words) if word in HEADERS[meaning]), None)


def _at(row: Sequence[Cell], position: int | None) -> str:
    return (row[position] if position is not None and position < len(row) else EMPTY).plain.strip()
