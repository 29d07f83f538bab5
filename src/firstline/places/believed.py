"""How many households somebody believes a compound has: 约70, 80多, 一百来户. Kept as said, compared as numbers."""

import enum
import re
from dataclasses import dataclass

from firstline.identifiers.numerals import NUMERALS, read_numeral
from firstline.identifiers.width import halve


class Sense(enum.StrEnum):
    EXACTLY = "exactly"
    ABOUT = "about"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Belief:
    """A number, and in which sense it was said."""

    number: int
    sense: Sense

    def missing(self, doors: int) -> bool:
        """Whether fewer doors are known than households are believed: some are missing, or the belief is wrong.

        More doors than households are no wonder: some stand empty.
        """
        slack = {Sense.EXACTLY: 0, Sense.MORE: 0}.get(self.sense, max(5, self.number // 10))
        return doors < self.number - slack


_NUMBER = re.compile(rf"(\d{{1,5}}|[{NUMERALS}]+)")
_MORE = re.compile(r"多|以上|余|不止|超过|上百|\+")
_LESS = re.compile(r"不到|不足|近|以内|将近|以下")
_ABOUT = re.compile(r"约|大概|左右|来户|上下|大约|估|来$|几|\?")
_RANGE = re.compile(r"(\d{1,5}) ?[-~至到] ?(\d{1,5})")


def read(text: str) -> Belief | None:
    """The belief in a text; None where it says no number."""
    said = halve(text)
    if span := _RANGE.search(said):
        return Belief((int(span[1]) + int(span[2])) // 2, Sense.ABOUT)
    found = _NUMBER.search(said)
    digits = read_numeral(found[1]) if found else None
    if digits is None:
        return None
    for sense, pattern in ((Sense.MORE, _MORE), (Sense.LESS, _LESS), (Sense.ABOUT, _ABOUT)):
        if pattern.search(said):
            return Belief(int(digits), sense)
    return Belief(int(digits), Sense.EXACTLY)
