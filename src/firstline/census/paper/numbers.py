"""Numbers of printed sheets: a serial number and a check digit, ``0417-3``. Pure: no database.

The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004): it catches every single wrong
digit and every swap of two neighbours, and leading zeros do not change it, so ``4173`` is the same number.
"""

import re
from dataclasses import dataclass

from stdnum import damm

from firstline.identifiers.width import halve

# What the code on a sheet says before the number, so that a camera knows our sheets from other people's codes.
PREFIX = "FL:"
_DIGITS, _MOST_DIGITS = 4, 7
_WRITTEN = re.compile(
    rf"^(?:{PREFIX})?(?:NO\.?|编号:?|号:?)?(?P<serial>\d{{1,{_MOST_DIGITS}}})(?P<dash>-?)(?P<check>\d)(?:/\d+)?号?$"
)
_BREAKS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """Numbers found in a text, in its order and each once, and the words that are none."""

    serials: list[int]
    unread: list[str]


def number_of(serial: int) -> str:
    """The number as it is printed: four digits at least, a dash, the check digit."""
    digits = f"{serial:0{_DIGITS}d}"
    return f"{digits}-{damm.calc_check_digit(digits)}"


def payload(number: str, page: int = 1) -> str:
    """What the code on a sheet says: ``FL:0417-3``, on its second page ``FL:0417-3/2``."""
    return f"{PREFIX}{number}" if page == 1 else f"{PREFIX}{number}/{page}"


def read_number(text: str) -> int | None:
    """The serial number that was typed or scanned; None when it is no number of ours or its check digit is wrong."""
    found = _WRITTEN.match(halve(text).replace(" ", "").upper())
    if found is None or not damm.is_valid(found["serial"] + found["check"]):
        return None
    return int(found["serial"]) or None


def read_numbers(text: str) -> NumbersRead:
    """All numbers of a text with one or many of them, as a pile is scanned or typed."""
    words = [word for word in _BREAKS.split(text.strip()) if word]
    read = [(word, read_number(word)) for word in words]
    serials = dict.fromkeys(serial for _word, serial in read if serial is not None)
    return NumbersRead(list(serials), [word for word, serial in read if serial is None])
