"""AAPOR outcome rates from counts of final dispositions. Pure and exact: fractions inside, no database.

After *Standard Definitions: Final Dispositions of Case Codes and Outcome Rates for Surveys*, 9th edition, AAPOR 2016,
chapter "Calculating rates from response distributions". With K = I + P + R + NC + O and U = UH + UO:

RR1/RR2 = I/(K+U), (I+P)/(K+U); RR3/RR4 = I/(K+eU), (I+P)/(K+eU); RR5/RR6 = I/K, (I+P)/K;
COOP1/COOP2 = I/(I+P+R+O), (I+P)/(I+P+R+O); COOP3/COOP4 = I/(I+P+R), (I+P)/(I+P+R);
REF1/2/3 = R/(K+U), R/(K+eU), R/K; CON1/2/3 = (I+P+R+O)/(K+U), /(K+eU), /K.

e is the share of the unknown cases that would turn out eligible. Where nobody gives it, it is estimated as K/(K+NE),
the default of AAPOR's Outcome Rate Calculator 4.0 (May 2016).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from fractions import Fraction

from django.utils.translation import gettext as _

LETTERS = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")
KNOWN = ("I", "P", "R", "NC", "O")
UNKNOWN = ("UH", "UO")
# Bounded, because a fraction written as 1e-999999999 would be worked out to the last digit.
_SHARE_TYPED = re.compile(r"\d{1,9}/\d{1,9}|\d{0,9}\.?\d{1,24}(e-?\d{1,2})?%?", re.ASCII)


class UnusableCounts(ValueError):
    """Counts, or an e, that no rate can be made of; the text says what to change."""


class Unknowns(Enum):
    """How much of the unknown cases a denominator holds."""

    ALL = "all"
    SHARE = "share"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases by category, none negative. ``i`` complete, ``p`` partial, ``r`` refusal, ``nc`` non-contact, ``o`` other,
    ``uh`` unknown if a household, ``uo`` unknown otherwise, ``ne`` not eligible. Raises UnusableCounts."""

    i: int = 0
    p: int = 0
    r: int = 0
    nc: int = 0
    o: int = 0
    uh: int = 0
    uo: int = 0
    ne: int = 0

    def __post_init__(self) -> None:
        for letter in LETTERS:
            count: object = self[letter]
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise UnusableCounts(
                    _("%(letter)s=%(count)s is no count. Give a whole number, 0 or more.")
                    % {"letter": letter, "count": count}
                )

    def __getitem__(self, letter: str) -> int:
        count: int = getattr(self, letter.lower())
        return count

    def sum(self, letters: tuple[str, ...]) -> int:
        """Cases of several categories together."""
        return sum(self[letter] for letter in letters)

    @property
    def known(self) -> int:
        """K: cases known to be eligible."""
        return self.sum(KNOWN)

    @property
    def unknown(self) -> int:
        """U: cases of which nobody knows whether they are eligible."""
        return self.sum(UNKNOWN)

    @property
    def cases(self) -> int:
        return self.sum(LETTERS)

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Counts":
        """From letters in any case; what is not named is 0. Raises UnusableCounts."""
        given: dict[str, int] = {}
        for letter, count in counts.items():
            name = letter.strip().lower()
            if name not in {field.name for field in fields(cls)}:
                raise UnusableCounts(
                    _("%(letter)s is no category. Use %(letters)s.") % {"letter": letter, "letters": ", ".join(LETTERS)}
                )
            if name in given:
                raise UnusableCounts(_("%(letter)s is given twice. Give each count once.") % {"letter": letter})
            given[name] = count
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Formula:
    """A rate by name: letters above, letters below, and how much of the unknown cases is added below."""

    name: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    unknowns: Unknowns


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate and what it was made of. ``below`` is None where it hangs on an e that nobody can estimate.

    ``value`` is None where the rate is undefined: nothing stands below the line.
    """

    formula: Formula
    above: int
    below: Fraction | None
    value: Fraction | None

    @property
    def name(self) -> str:
        return self.formula.name


@dataclass(frozen=True, slots=True)
class Rates:
    """All rates of some counts, in the order of the standard, and the e they were made with.

    ``e`` is None where it is not given and cannot be estimated: no case is known to be eligible, none known not to be.
    """

    counts: Counts
    e: Fraction | None
    estimated: bool
    all: tuple[Rate, ...]

    def __getitem__(self, name: str) -> Fraction | None:
        return next(rate.value for rate in self.all if rate.name == name)

    def as_floats(self) -> dict[str, float | None]:
        """Every rate by its name; None where undefined."""
        return {rate.name: None if rate.value is None else float(rate.value) for rate in self.all}


_I, _IP, _R, _MET, _ABLE = ("I",), ("I", "P"), ("R",), ("I", "P", "R", "O"), ("I", "P", "R")
_ALL, _SHARE, _NONE = Unknowns.ALL, Unknowns.SHARE, Unknowns.NONE

FORMULAS = (
    Formula("RR1", _I, KNOWN, _ALL),
    Formula("RR2", _IP, KNOWN, _ALL),
    Formula("RR3", _I, KNOWN, _SHARE),
    Formula("RR4", _IP, KNOWN, _SHARE),
    Formula("RR5", _I, KNOWN, _NONE),
    Formula("RR6", _IP, KNOWN, _NONE),
    Formula("COOP1", _I, _MET, _NONE),
    Formula("COOP2", _IP, _MET, _NONE),
    Formula("COOP3", _I, _ABLE, _NONE),
    Formula("COOP4", _IP, _ABLE, _NONE),
    Formula("REF1", _R, KNOWN, _ALL),
    Formula("REF2", _R, KNOWN, _SHARE),
    Formula("REF3", _R, KNOWN, _NONE),
    Formula("CON1", _MET, KNOWN, _ALL),
    Formula("CON2", _MET, KNOWN, _SHARE),
    Formula("CON3", _MET, KNOWN, _NONE),
)


def estimate_e(counts: Counts) -> Fraction | None:
    """K/(K+NE): unknown cases are eligible as often as those that were found out. None where nothing was found out."""
    found_out = counts.known + counts.ne
    return Fraction(counts.known, found_out) if found_out else None


def rates_of(counts: Counts, e: Fraction | float | str | None = None) -> Rates:
    """All sixteen rates. ``e`` left out is estimated. Raises UnusableCounts for an e that is no share."""
    share = estimate_e(counts) if e is None else read_share(e)
    return Rates(counts, share, e is None, tuple(_rate(formula, counts, share) for formula in FORMULAS))


def read_share(text: Fraction | float | str) -> Fraction:
    """A share as it is typed: ``0.5``, ``1/2``, ``50%``. Raises UnusableCounts outside of 0 to 1."""
    if isinstance(text, Fraction) and 0 <= text <= 1:
        return text
    written = str(text).strip()
    try:
        if _SHARE_TYPED.fullmatch(written):
            share = Fraction(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
            if 0 <= share <= 1:
                return share
    except ZeroDivisionError:
        pass
    raise UnusableCounts(
        _("e=%(text)s is no share. Give a number from 0 to 1, such as 0.5, or leave e out to have it estimated.")
        % {"text": text}
    )


def _rate(formula: Formula, counts: Counts, e: Fraction | None) -> Rate:
    above = counts.sum(formula.above)
    below = _below(formula, counts, e)
    if below is None:
        # e has no estimate only where nobody is known to be eligible; then none of them answered, refused or was met,
        # and 0/(eU) is 0 for every e above 0.
        return Rate(formula, above, None, Fraction(0))
    return Rate(formula, above, below, above / below if below else None)


def _below(formula: Formula, counts: Counts, e: Fraction | None) -> Fraction | None:
    below = Fraction(counts.sum(formula.below))
    if formula.unknowns is Unknowns.NONE or not counts.unknown:
        return below
    if formula.unknowns is Unknowns.ALL:
        return below + counts.unknown
    return None if e is None else below + e * counts.unknown
