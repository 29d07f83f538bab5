"""Days as lists write them: 2015.7.14, 2015年7月14日, 1月26日, 1.26, 20150714, a spreadsheet's own."""

import re
from datetime import date, timedelta

from firstline.identifiers.width import halve

_FULL = re.compile(
    r"(?P<y>(?:19|20)\d\d) ?[.\-/年] ?(?P<m>\d{1,2}) ?[.\-/月] ?(?P<d>\d{1,2}) ?[日号]?(?: \d{1,2}:\d\d.*)?"
)
_RUN = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\.0+)?")
_SHORT = re.compile(r"(?P<m>\d{1,2}) ?[.\-/月] ?(?P<d>\d{1,2}) ?[日号]?")
_SERIAL = re.compile(r"[3-5]\d{4}(?:\.0+)?")
# Day 0 of a spreadsheet's calendar, which counts a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1).
_SERIAL_ZERO = date(1899, 12, 30)


def day_of(text: str, year: int) -> date | None:
    """The one day that a cell says; ``year`` is that of days written without one. None where it says no day."""
    said = halve(text)
    if _SERIAL.fullmatch(said):
        return _SERIAL_ZERO + timedelta(days=int(float(said)))
    for form in (_FULL, _RUN, _SHORT):
        if found := form.fullmatch(said):
            parts = found.groupdict()
            return made(int(parts.get("y") or year), int(parts["m"]), int(parts["d"]))
    return None


def made(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None for the 31st of June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
