"""Phones as they stand in a cell: one, several, with words around them, or none.

Mobiles are 1[3-9] and nine digits (numbering plan of MIIT); landlines an area code of 3 or 4
digits with the leading 0, and 7 or 8 digits. Canonical numbers are digits only.
"""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers

from firstline.identifiers.width import cell_text, halve

Kind = Literal["mobile", "landline", "service", "international", "unknown"]
PROBLEMS = ("length", "prefix", "precision_lost")
WARNINGS = ("no_area_code", "area_code_unknown", "virtual_operator", "data_card", "glued", "masked")

_NONE = re.compile(
    r"^[-/\\.。、?？*×_]*$|^(?:无|没有|无电话|没电话|没手机|无手机|不详|未知|不知道?|暂无|空|空号|未提供|"
    r"不提供|不清楚|拒绝提供|拒填|未填|NONE|NULL|N/A|NA|NAN)$"
)
_GAP = r"[ .\-]?"
_COUNTRY = r"(?:(?<!\d)(?:\+ ?86|0086|86)[ \-]?)?"
_MOBILE = rf"(?<!\d){_COUNTRY}(?P<mobile>1[3-9]\d(?:{_GAP}\d){{8}})(?!\d)"
_INTERNATIONAL = r"(?P<foreign>(?:\+|(?<!\d)00)(?!86)[1-9]\d{0,2}(?:[ \-]?\d){5,12})(?!\d)"
_EXTENSION = r"(?:(?:-|转|分机|EXT\.?|X|#|\*) ?(?P<ext{0}>\d{{1,5}}))?(?!\d)"
_LANDLINE = (
    r"(?<!\d)(?:(?:\+ ?86|0086|86(?=[ \-]))[ \-]?)?"
    r"\(?(?P<area>0\d{2,3}|(?<=86)[1-9]\d{1,2}|(?<=86[ \-])[1-9]\d{1,2})\)?[ \-]?"
    rf"(?P<local>[2-9]\d{{2,3}}[ \-]?\d{{4}}){_EXTENSION.format('1')}"
)
_SERVICE = (
    r"(?<!\d)(?P<service>(?:400|800)[ \-]?\d{3}[ \-]?\d{4}|95\d{3}|96\d{3,4}|1008\d|10010|10000"
    r"|12[0-9]{3}|1[12]\d)(?!\d)"
)
_LOCAL = rf"(?<!\d)(?P<bare>[2-9]\d{{2,3}}[ \-]?\d{{4}}){_EXTENSION.format('2')}"
_RUN = r"(?P<run>(?<!\d)\d{22,33}(?!\d))"
_MASKED = r"(?P<masked>1[3-9]\d[*X]{4}\d{4})"
_ODD = r"(?P<odd>\d(?:[ \-]?\d){5,13})(?!\d)"
_ANY = re.compile(rf"{_MOBILE}|{_MASKED}|{_INTERNATIONAL}|{_LANDLINE}|{_SERVICE}|{_RUN}|{_LOCAL}|{_ODD}")
_GLUED = re.compile(r"(?:1[3-9]\d{9}){2,3}$")
_SCIENTIFIC = re.compile(r"^\d\.\d+E\+?\d+$")
_LABELS = re.compile(r"(?:联系)?(?:电话|手机|座机|移动|固话)(?:号码?)?|TEL|PHONE|MOBILE|本人|☎|📱")
# Numbers of operators without a network of their own, and cards for machines: never errors.
_VIRTUAL = ("162", "165", "167", "170", "171")
_DATA = ("140", "141", "144", "146", "148", "149")


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. `canonical` is digits only, without +86 and without the extension."""

    kind: Kind
    canonical: str
    extension: str = ""
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phones:
    """What a cell held: its numbers in order, whether it says there is none, and other words."""

    numbers: tuple[Phone, ...] = ()
    says_none: bool = False
    rest: str = ""

    @property
    def first(self) -> Phone | None:
        """The first sound number, else the first."""
        sound = (number for number in self.numbers if not number.problems)
        return next(sound, self.numbers[0] if self.numbers else None)


def parse_cell(value: object, *, area_code: str = "") -> Phones:
    """All phones of a cell. Never raises. `area_code` (`0358`) completes bare local numbers."""
    text = halve(cell_text(value)).upper().strip("'\"`’‘ ")
    text = re.sub(r"(?<=\d)\.0+(?!\d)", "", text)
    if not text or _NONE.match(text):
        return Phones(says_none=bool(text))
    if _SCIENTIFIC.match(text):
        return Phones((_rounded(text),))
    text = re.sub(r"(?<=\d)O(?=\d)", "0", text)
    numbers: list[Phone] = []
    rest: list[str] = []
    end = 0
    for found in _ANY.finditer(text):
        rest.append(text[end : found.start()])
        end = found.end()
        numbers += _read(found, area_code)
    rest.append(text[end:])
    words = " ".join(_LABELS.sub(" ", piece).strip(" ,，;；:：/、()+-&和或.") for piece in rest)
    return Phones(tuple(dict.fromkeys(numbers)), rest=" ".join(words.split()))


def _read(found: re.Match[str], area_code: str) -> list[Phone]:
    groups = found.groupdict()
    digits = re.sub(r"\D", "", found[0])
    if groups["mobile"]:
        return [_mobile(re.sub(r"\D", "", groups["mobile"]))]
    if groups["masked"]:
        return [Phone("unknown", "", warnings=("masked",), problems=("length",))]
    if groups["foreign"]:
        return [_foreign(groups["foreign"])]
    if groups["area"]:
        return [_landline(groups["area"], re.sub(r"\D", "", groups["local"]), groups["ext1"])]
    if groups["service"]:
        return [Phone("service", digits)]
    if groups["bare"]:
        local = re.sub(r"\D", "", groups["bare"])
        if area_code:
            return [_landline(area_code, local, groups["ext2"])]
        return [Phone("landline", local, groups["ext2"] or "", warnings=("no_area_code",))]
    if groups["run"] and _GLUED.match(digits):
        return [Phone("mobile", digits[at : at + 11], warnings=("glued",)) for at in range(0, len(digits), 11)]
    problem = "prefix" if len(digits) == 11 and digits[0] == "1" else "length"
    return [Phone("unknown", digits, problems=(problem,))]


def _mobile(digits: str) -> Phone:
    if digits.startswith(_VIRTUAL):
        return Phone("mobile", digits, warnings=("virtual_operator",))
    if digits.startswith(_DATA):
        return Phone("mobile", digits, warnings=("data_card",))
    return Phone("mobile", digits)


def _landline(area: str, local: str, extension: str | None) -> Phone:
    canonical = ("" if area.startswith("0") else "0") + area + local
    number = phonenumbers.PhoneNumber(country_code=86, national_number=int(canonical))
    known = phonenumbers.is_possible_number(number) and phonenumbers.is_valid_number(number)
    warnings = () if known else ("area_code_unknown",)
    return Phone("landline", canonical, extension or "", warnings=warnings)


def _foreign(written: str) -> Phone:
    digits = re.sub(r"\D", "", written)
    if written.startswith("00"):
        digits = digits[2:]
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse("+" + digits))
    except phonenumbers.NumberParseException:
        possible = False
    return Phone("international", digits, problems=() if possible else ("length",))


def _rounded(text: str) -> Phone:
    """1.39123E+10 as text: the spreadsheet showed, and the file kept, only these digits."""
    mantissa, exponent = text.split("E")
    digits = mantissa.replace(".", "")
    places = int(exponent)
    if len(digits) == places + 1:
        return _mobile(digits) if re.match(r"1[3-9]\d{9}$", digits) else Phone("unknown", digits)
    return Phone("unknown", "", problems=("precision_lost",))
