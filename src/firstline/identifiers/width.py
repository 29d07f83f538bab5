"""Bring typed text to one width before anything is read from it."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

# Marks without a width arrive with text copied from chat programs and break equality unseen.
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
# Characters that mean a hyphen but that NFKC leaves alone.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－─━", "-"))
# What stays as it is, which is most of what is asked: printable ASCII and unified ideographs, single spaces between.
_PLAIN = re.compile(r"(?:[!-~\u4e00-\u9fff]+(?: [!-~\u4e00-\u9fff]+)*)?")


# Words and numbers of a list come again and again; longer texts hardly ever do.
_SHORT = 32


def halve(text: str) -> str:
    """Full-width to half-width (NFKC), one kind of hyphen, single spaces, nothing invisible."""
    if _PLAIN.fullmatch(text):
        return text
    return _short_halved(text) if len(text) <= _SHORT else _halved(text)


def _halved(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


_short_halved = lru_cache(maxsize=65_536)(_halved)


def cell_text(value: object) -> str:
    """The text a cell shows: 101.0 is 101, None and nan are empty, 1.3912345678E10 is its digits.

    Dates come back in ISO form; what a date in a cell may have been is for the reader to say.
    """
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        if not number.is_finite():
            return ""
        if number == number.to_integral_value() and number.adjusted() < 30:
            return str(int(number))
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return ""
    return str(value)
