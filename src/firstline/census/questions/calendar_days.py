"""Days as people type them, and as they are kept: 2020-01-23. Pure."""

import re
import unicodedata
from datetime import date

_TYPED = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_EARLIEST, _LATEST = 1900, 2100


def is_day(text: str) -> bool:
    """Whether a text is a day in the form it is kept in."""
    return len(text) == 10 and day_of(text) == text


def day_of(typed: str) -> str | None:
    """2020-1-23, 2020/1/23, 2020年1月23日 -> 2020-01-23; None for what is no day between 1900 and 2100."""
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        said = date(year, month, day)
    except ValueError:
        return None
    return said.isoformat() if _EARLIEST <= year <= _LATEST else None
