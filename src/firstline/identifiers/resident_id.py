"""Document numbers: resident numbers (GB 11643) and their kin, permits, passports.

Structure of the 18 characters: 6 division code, 8 birth date, 3 order (odd male, even female),
1 check character by ISO 7064 MOD 11-2. Codes 810000, 820000, 830000 are residence permits of
Hong Kong, Macao and Taiwan residents (since 2018); a leading 9 is the foreigner's permanent
residence card (since 2023-12-01: 9, 2 issuing province, 3 nationality ISO 3166-1, birth, order,
check). No table ever fails a number: counties are abolished and renumbered faster than tables.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from stdnum import numdb
from stdnum.cn import ric

from firstline.identifiers.width import cell_text, halve

Kind = Literal[
    "resident",
    "resident_15",
    "hong_kong_residence",
    "macao_residence",
    "taiwan_residence",
    "foreign_residence",
    "foreign_residence_old",
    "hong_kong_macao_permit",
    "taiwan_permit",
    "hong_kong_card",
    "passport",
    "precision_lost",
    "none",
    "unknown",
]
Sex = Literal["male", "female"]
PROBLEMS = (
    "empty",
    "check_digit",
    "birth_date",
    "length",
    "character",
    "precision_lost",
    "unknown",
)
WARNINGS = ("division_unknown", "birth_future", "age_over_120", "kind_uncertain", "perhaps_rounded")

_NONE = re.compile(
    r"^[-/\\—.。、?？*×X无]*$"
    r"|^(?:没有|不详|未知|不知道?|暂无|未提供|未登记|不清楚|NONE|NULL|N/A|NAN)$"
)
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?E\+?(1[4-7])$")
_RESIDENCE: dict[str, Kind] = {
    "810000": "hong_kong_residence",
    "820000": "macao_residence",
    "830000": "taiwan_residence",
}
# Letters that look like the check character X on other keyboards.
_LOOKALIKES = str.maketrans({"×": "X", "\u0425": "X", "╳": "X", "✕": "X", "*": "X"})
_FREE: tuple[tuple[re.Pattern[str], Kind, bool], ...] = (
    (re.compile(r"^[A-Z]{3}\d{12}$"), "foreign_residence_old", True),
    (re.compile(r"^[HM]\d{8}(?:\d{2})?$"), "hong_kong_macao_permit", True),
    (re.compile(r"^\d{8}$"), "taiwan_permit", False),
    (re.compile(r"^(?:E[A-HJ-NP-Z]\d{7}|[EGDSPK]\d{8}|1[45]\d{7})$"), "passport", True),
    (re.compile(r"^(?:[A-Z]{1,2}\d{6,8}|\d{9}|[A-Z]\d{2}[A-Z]{2}\d{4})$"), "passport", False),
)
_HONG_KONG = re.compile(r"^[A-Z]{1,2}\d{6}\([0-9A]\)$")


@dataclass(frozen=True, slots=True)
class Document:
    """One number as read.

    `canonical`: upper case, no separators; kept also when `problems` is not empty (a number with
    a wrong check digit still finds its owner), empty when precision was lost. `known` are the
    leading digits that survived a spreadsheet. `origin` is the division code (6 digits) of first
    registration, for a foreigner's card the ISO numeric nationality (3 digits).
    """

    kind: Kind
    canonical: str
    birth: date | None = None
    sex: Sex | None = None
    origin: str | None = None
    known: str = ""
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.problems


def parse(value: object, *, today: date | None = None) -> Document:
    """Read one cell. Never raises. `today` adds the warnings that depend on the day."""
    if isinstance(value, float) and 1e14 <= value < 1e19:
        # repr gives the digits the file held; int() would show those of the nearest double.
        return _lost(cell_text(value))
    raw = halve(cell_text(value)).upper()
    bracketed = raw.strip("'\"`’‘ ")
    if _HONG_KONG.match(bracketed):
        return Document("hong_kong_card", bracketed)
    text = re.sub(r"[\s\-_.,，。'\"`’‘“”:：()（）\[\]]", "", raw.translate(_LOOKALIKES))
    if _NONE.match(raw) or not text:
        return Document("none", "", problems=("empty",))
    if _SCIENTIFIC.match(raw.strip("'\"` ")):
        return _lost(_digits_of(raw.strip("'\"` ")), significant=True, written=raw)
    text = re.sub(r"^(?:身份证号?码?|证件号码?|公民身份号码|ID)", "", text)
    if len(text) == 18 and text[:17].isascii() and text[:17].isdigit():
        return _eighteen(text, today)
    if len(text) == 15 and text.isascii() and text.isdigit():
        return _fifteen(text, today)
    for pattern, kind, certain in _FREE:
        if pattern.match(text):
            return Document(kind, text, warnings=() if certain else ("kind_uncertain",))
    return _unknown(text)


def check_character(body: str) -> str:
    """The ISO 7064 MOD 11-2 check character of 17 digits."""
    return str(ric.calc_check_digit(body + "0"))


def from_legacy(number: str) -> str:
    """The 18 characters of a 15-digit number (issued until 1999; the century is 19)."""
    body = f"{number[:6]}19{number[6:]}"
    return body + check_character(body)


def _eighteen(text: str, today: date | None) -> Document:
    body, last = text[:17], text[17]
    problems: list[str] = []
    if last not in "0123456789X":
        problems.append("character")
    elif check_character(body) != last:
        if text.endswith("000"):
            return _lost(text)
        problems.append("check_digit")
    birth = _date(text[6:14])
    if birth is None:
        problems.append("birth_date")
    kind: Kind = _RESIDENCE.get(text[:6], "foreign_residence" if text[0] == "9" else "resident")
    warnings = _day_warnings(birth, today)
    if text.endswith("000"):
        warnings.append("perhaps_rounded")
    origin = text[3:6] if kind == "foreign_residence" else text[:6]
    if kind == "resident" and not _known_division(text[:6]):
        warnings.append("division_unknown")
    return Document(kind, text, birth, _sex(text[16]), origin, text, tuple(problems), tuple(warnings))


def _fifteen(text: str, today: date | None) -> Document:
    birth = _date("19" + text[6:12])
    warnings = _day_warnings(birth, today)
    if not _known_division(text[:6]):
        warnings.append("division_unknown")
    problems = () if birth else ("birth_date",)
    number = from_legacy(text)
    return Document("resident_15", number, birth, _sex(text[14]), text[:6], number, problems, tuple(warnings))


def _lost(digits: str, *, significant: bool = False, written: str = "") -> Document:
    """A spreadsheet keeps 15 digits at most: order and check are gone, often the birth date too."""
    known = digits[:15]
    if significant:
        shown = re.sub(r"\D", "", written.partition("E")[0])
        known = known[: min(len(shown), 15)]
    birth = _date(known[6:14]) if len(known) >= 14 else None
    origin = known[:6] if len(known) >= 6 else None
    return Document("precision_lost", "", birth, None, origin, known, ("precision_lost",))


def _digits_of(text: str) -> str:
    try:
        return str(int(Decimal(text)))
    except InvalidOperation:
        return ""


def _unknown(text: str) -> Document:
    digits = sum(character.isdigit() for character in text)
    problems = ["unknown"]
    if digits >= 13:
        problems = ["character" if len(text) in (15, 18) else "length"]
    birth = _date(text[6:14]) if len(text) in (17, 19) and text[:14].isdigit() else None
    return Document("unknown", text, birth, problems=tuple(problems))


def _date(text: str) -> date | None:
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return found if found.year >= 1850 else None


def _day_warnings(birth: date | None, today: date | None) -> list[str]:
    if birth is None or today is None:
        return []
    if birth > today:
        return ["birth_future"]
    return ["age_over_120"] if today.year - birth.year > 120 else []


def _sex(order: str) -> Sex:
    return "male" if int(order) % 2 else "female"


@lru_cache(maxsize=4096)
def _known_division(code: str) -> bool:
    """Whether the code ever was a county's, by the table of python-stdnum; a warning at most."""
    return any("county" in properties for _, properties in numdb.get("cn/loc").info(code))
