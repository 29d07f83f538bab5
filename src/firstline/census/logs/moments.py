"""When something happened, as people note it: 1月28日, 1.28, 2020-02-01, 9.24, 1016, 晚上9点半, 上午.

The year is the emergency's where nobody wrote one. Pure: no database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from firstline.identifiers.width import halve
from firstline.kernel.clock import Precision
from firstline.tables import Cell
from firstline.tables.grid import Kind

# Serial numbers of days as spreadsheets count them: 1982 to 2064.
_SERIALS = range(30_000, 60_000)
_FIRST_DAY = date(1899, 12, 30)
_DITTO = re.compile(r"^(?:同上|″|〃|\"|''|-\"-|同前|同)$")
_FULL = re.compile(r"^(?P<y>\d{4}|\d{2})\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*[日号]?")
_SOLID = re.compile(r"^(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_SHORT = re.compile(r"^(?P<m>\d{1,2})\s*(?:[-./]|月份?)\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?")
_SOLID_SHORT = re.compile(r"^(?P<m>0[1-9]|1[0-2])(?P<d>\d{2})$")
_DAY_ALONE = re.compile(r"^(?P<d>\d{1,2})[日号]")
_MONTHS = 3
_MIDNIGHT = re.compile(r"^0?0:00(?::00)?$")
_WEEKDAY = re.compile(r"^\s*(?:[(]?(?:星期|周)[一二三四五六日天][)]?|T|,|，)?\s*")
_PART = r"(?P<part>凌晨|清晨|清早|早上|早晨|早|上午|中午|午后|下午|傍晚|晚上|夜里|夜间|晚间|晚|AM|PM)?"
_CLOCK = re.compile(
    rf"^{_PART}\s*(?:(?P<h>\d{{1,2}})\s*(?:[:.点时]\s*(?P<min>\d{{1,2}})(?!\d)|(?P<half>[点时]半)|(?P<full>[点时]整?))"
    r"|(?P<solid>\d{3,4})(?!\d))\s*(?::\d{2})?\s*分?\s*(?P<after>AM|PM)?"
)
_PART_ALONE = re.compile(rf"^{_PART[:-1]}$")
_LATE = frozenset({"午后", "下午", "傍晚", "晚上", "夜里", "夜间", "晚间", "晚", "PM"})
# The middle of a part of the day, for those who noted no more than that.
_MIDDLE = {
    "凌晨": 4,
    "清晨": 7,
    "清早": 7,
    "早": 8,
    "早上": 8,
    "早晨": 8,
    "上午": 10,
    "中午": 12,
    "午后": 15,
    "下午": 15,
}
_EVENING, _NOON = 19, 12
# Nobody knocks between one and seven at night: 3:20 is twenty past three in the afternoon.
_SMALL_HOURS = range(1, 7)
# A day before the beginning is told as such; but 12月30日 of a work begun in January is rather the last one.
_BEFORE = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A day as written: the days it may be (2.1 of a spreadsheet is the 1st or the 10th), and what stands behind it.

    A day without its month may be in any of the first three.
    """

    days: tuple[date, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """When, aware, and how precisely it was noted."""

    at: datetime
    precision: Precision


def read_day(cell: Cell, *, begin: date, today: date) -> Said | None:
    """The day a cell names; where it says no year, the one nearest to ``begin``. None when it names none."""
    if cell.kind is Kind.DATE and cell.date:
        return Said((cell.date,), _MIDNIGHT.sub("", cell.text[10:].strip()))
    text = halve(cell.text).strip().upper()
    if cell.kind is Kind.NUMBER and cell.number is not None:
        if int(cell.number) in _SERIALS:
            minutes = round(cell.number % 1 * 24 * 60)
            rest = f"{minutes // 60}:{minutes % 60:02d}" if minutes else ""
            return Said((_FIRST_DAY + timedelta(days=int(cell.number)),), rest)
        return _numbered(text, begin, today)
    for pattern in (_SOLID, _FULL, _SHORT, _SOLID_SHORT):
        if found := pattern.match(text):
            day = _day(found.groupdict().get("y"), found["m"], found["d"], begin, today)
            if day is not None:
                return Said((day,), _MIDNIGHT.sub("", _WEEKDAY.sub("", text[found.end() :], count=1)))
    if found := _DAY_ALONE.match(text):
        months = ((begin.year + (begin.month - 1 + n) // 12, (begin.month - 1 + n) % 12 + 1) for n in range(_MONTHS))
        days = tuple(day for year, month in months if (day := _real(year, month, int(found["d"]))))
        return Said(days, text[found.end() :].strip()) if days else None
    return None


def says_the_same(cell: Cell) -> bool:
    """Whether a cell repeats the one above: empty, or 同上."""
    return cell.blank or bool(_DITTO.match(halve(cell.text).strip()))


def settle_days(said: Sequence[Said | None]) -> list[date | None]:
    """One day for each: of the days a mangled number may be, the one nearest to what stands around it."""
    sure = [one.days[0] if one and len(one.days) == 1 else None for one in said]
    settled: list[date | None] = []
    for at, one in enumerate(said):
        if one is None or len(one.days) == 1:
            settled.append(sure[at])
            continue
        before = next((day for day in reversed(settled) if day), None)
        after = next((day for day in sure[at + 1 :] if day), None)
        around = [day for day in (before, after) if day]
        settled.append(min(one.days, key=lambda day: (sum(abs((day - other).days) for other in around), day)))
    return settled


def read_time(cell: Cell) -> tuple[time, Precision] | None:
    """The time of day a cell names; None when it names none. Never raises."""
    if cell.kind is Kind.NUMBER and cell.number is not None and 0 < cell.number < 1:
        minutes = round(cell.number * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60), Precision.MINUTE
    if cell.kind is Kind.DATE:
        return time_in(_MIDNIGHT.sub("", cell.text[10:].strip()))
    text = cell.text
    if cell.kind is Kind.NUMBER and re.fullmatch(r"\d{1,2}\.\d", text):
        # 10.10 typed as a number stands there as 10.1.
        text += "0"
    return time_in(text)


def time_in(text: str) -> tuple[time, Precision] | None:
    """The time of day at the beginning of a text: 9：24, 9.24, 1016, 下午3点半, 上午."""
    said = halve(text).strip().upper()
    if found := _CLOCK.match(said):
        if found["solid"]:
            hour, minute = int(found["solid"][:-2]), int(found["solid"][-2:])
        else:
            hour, minute = int(found["h"]), 30 if found["half"] else int(found["min"] or 0)
        hour = _of_day(hour, found["part"] or found["after"] or "")
        if hour < 24 and minute < 60:
            return time(hour, minute), Precision.MINUTE
        return None
    if (found := _PART_ALONE.match(said)) and found["part"]:
        return time(_MIDDLE.get(found["part"], _EVENING)), Precision.HALF_DAY
    return None


def moment_of(day: date, clock: tuple[time, Precision] | None) -> Moment:
    """A day and, where it was noted, the time of day; noon stands for a day without one."""
    at, precision = clock or (time(_NOON), Precision.DAY)
    return Moment(timezone.make_aware(datetime.combine(day, at)), precision)


def _numbered(text: str, begin: date, today: date) -> Said | None:
    found = re.fullmatch(r"(?P<m>\d{1,2})\.(?P<d>\d{1,2})", text)
    if not found:
        return Said((day,)) if (day := _solid(text, begin, today)) else None
    days = [_day(None, found["m"], found["d"], begin, today)]
    if found["d"] in {"1", "2", "3"}:
        days.append(_day(None, found["m"], found["d"] + "0", begin, today))
    known = tuple(day for day in days if day is not None)
    return Said(known) if known else None


def _solid(text: str, begin: date, today: date) -> date | None:
    if found := _SOLID.match(text):
        return _day(found["y"], found["m"], found["d"], begin, today)
    return None


def _day(year: str | None, month: str, day: str, begin: date, today: date) -> date | None:
    if year:
        return _real(int(year) if len(year) == 4 else begin.year // 100 * 100 + int(year), int(month), int(day))
    # The year in which it lies soonest after the beginning; a little before it is likelier than a year later.
    possible = [_real(year, int(month), int(day)) for year in range(begin.year - 1, today.year + 2)]
    return min((one for one in possible if one is not None), key=lambda one: _away(one, begin), default=None)


def _away(day: date, begin: date) -> int:
    days = (day - begin).days
    return days if days >= 0 else _BEFORE * -days


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_day(hour: int, part: str) -> int:
    if part in _LATE and hour < 12:
        return hour + 12
    if part == "中午" and hour in {1, 2}:
        return hour + 12
    if part == "凌晨" and hour == 12:
        return 0
    return hour + 12 if not part and hour in _SMALL_HOURS else hour
