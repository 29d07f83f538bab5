"""The villages that a list of people names in a column of their own: 解家湾 and 解家湾村 are one. Pure."""

import re
from collections.abc import Iterator, Sequence

from firstline.identifiers.width import halve
from firstline.tables import EMPTY, Cell, Sheet

_SEARCHED_ROWS = 20
_VILLAGE = re.compile(
    r"^(?:所在|所属|户籍)?(?:行政)?村(?:名|庄|名称|委会|\(社区\)|/社区|社区)?$|^(?:村|社区)\(?(?:居|社区|村)\)?$"
)
_TOWNSHIP = re.compile(r"^(?:所在|所属)?(?:乡镇|镇|乡|街道|乡\(镇\)|乡镇街道|乡镇\(街道\))(?:名称)?$")
_WHOLE = re.compile(r"(?:村|社区|居委会|委员会|街道?|镇|队|组)$")
_COMMITTEE = re.compile(r"(?:(?P<resident>社区)(?:居民委员会|居委会)|村?(?P<village>村)(?:民委员会|委会))$")


def spoken_name(official: str) -> str:
    """What people call it: 丽景街社区居委会 is 丽景街社区, 王家庄村委会 is 王家庄村."""
    found = _COMMITTEE.search(official)
    if not found or not found.start():
        return official
    return official[: found.start()] + (found["resident"] or found["village"])


def village_name(text: str) -> str:
    """One spelling of a village's name, with 村 where people leave it out; "" for what is no name."""
    said = spoken_name(halve(text).replace(" ", ""))
    if not said or said[0].isdigit():
        return ""
    return said if _WHOLE.search(said) else f"{said}村"


def villages_named(sheets: Sequence[Sheet], township: str) -> list[str]:
    """The villages that a list names, in its order; where it has a column of townships, those of this one only."""
    return list(dict.fromkeys(name for sheet in sheets for name in _of_sheet(sheet, township) if name))


def _of_sheet(sheet: Sheet, township: str) -> Iterator[str]:
    for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        headings = [halve(cell.plain).replace(" ", "") for cell in row]
        village = next((column for column, text in enumerate(headings) if _VILLAGE.match(text)), None)
        if village is None or sum(map(bool, headings)) < 2:
            continue
        where = next((column for column, text in enumerate(headings) if _TOWNSHIP.match(text)), None)
        for below in sheet.rows[at + 1 :]:
            # A misspelt township is told by whoever reads the people; here a village at the wrong one does harm.
            if where is None or halve(_at(below, where)) in (township, township[:-1]):
                yield village_name(_at(below, village))
        return


def _at(row: Sequence[Cell], column: int) -> str:
    return (row[column] if column < len(row) else EMPTY).plain
