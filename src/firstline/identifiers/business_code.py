"""Unified social credit codes of businesses and organisations (GB 32100-2015).

18 characters without I O S V Z: registering department, kind, 6 division code, 9 organisation
code (GB 11714, with a check character of its own), check character with weights 3^i mod 31.
"""

import re
from dataclasses import dataclass

from stdnum.cn import uscc

from firstline.identifiers.width import cell_text, halve

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PROBLEMS = ("empty", "length", "character", "check_digit")
WARNINGS = ("department_unknown", "organisation_check", "legacy_registration")

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DEPARTMENTS = "123456789ANY"
# What a tired eye or a scanner makes of the letters the standard leaves out for that reason.
_LIKELY = str.maketrans({"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"})


@dataclass(frozen=True, slots=True)
class BusinessCode:
    """One code as read; `canonical` stays usable with problems.

    `division` is the 6-digit code of registration. `proposals` are codes with a right check
    character that differ only in letters the standard forbids; a person confirms them.
    """

    canonical: str
    division: str | None = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()


def parse(value: object) -> BusinessCode:
    """Read one cell. Never raises."""
    text = re.sub(r"[^0-9A-Z]", "", halve(cell_text(value)).upper())
    if not text:
        return BusinessCode("", problems=("empty",))
    if len(text) == 15 and text.isdigit():
        return BusinessCode(text, text[:6], warnings=("legacy_registration",))
    if len(text) != 18:
        return BusinessCode(text, problems=("length",))
    division = text[2:8] if text[2:8].isdigit() else None
    if division is None or any(character not in ALPHABET for character in text):
        mended = text.translate(_LIKELY)
        proposals = (mended,) if uscc.is_valid(mended) else ()
        return BusinessCode(text, division, ("character",), proposals=proposals)
    problems = () if uscc.calc_check_digit(text) == text[17] else ("check_digit",)
    warnings: list[str] = []
    if text[0] not in _DEPARTMENTS:
        warnings.append("department_unknown")
    if _organisation_check(text[8:16]) != text[16]:
        warnings.append("organisation_check")
    return BusinessCode(text, division, problems, tuple(warnings))


def _organisation_check(body: str) -> str:
    """The check character of an organisation code by GB 11714: 36-letter values, modulo 11."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weighted = zip(body, _ORGANISATION_WEIGHTS, strict=True)
    rest = 11 - sum(letters.index(character) * weight for character, weight in weighted) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))
