"""Number plates of vehicles, GA 36-2018 and the plates beside it.

An ordinary plate is province, office letter, five characters with at most two letters (no I, no
O); a new-energy plate has six: small vehicles the energy letter first, large ones last. At a
gate a plate nobody understands is still a plate: it is taken as text with a flag.
"""

import re
from dataclasses import dataclass
from typing import Literal

from firstline.identifiers.width import cell_text, halve

Kind = Literal[
    "ordinary",
    "new_energy_small",
    "new_energy_large",
    "trailer",
    "training",
    "police",
    "hong_kong",
    "macao",
    "embassy",
    "consulate",
    "emergency",
    "armed_police",
    "military",
    "temporary",
    "none",
    "unknown",
]
PROBLEMS = ("empty", "unknown")
WARNINGS = ("province_missing", "letter_count")
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_P, _L, _C = f"[{PROVINCES}]", "[A-HJ-NP-Z]", "[A-HJ-NP-Z0-9]"
_FORMS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(rf"{_P}{_L}\d{{5}}[A-HJK]$"), "new_energy_large"),
    (re.compile(rf"{_P}{_L}[A-HJK]{_C}\d{{4}}$"), "new_energy_small"),
    (re.compile(rf"{_P}[A-Z]{_C}{{5}}$"), "ordinary"),
    (re.compile(rf"{_P}[A-Z]{_C}{{4}}挂$"), "trailer"),
    (re.compile(rf"{_P}[A-Z]{_C}{{4}}学$"), "training"),
    (re.compile(rf"{_P}[A-Z]{_C}{{4}}警$"), "police"),
    (re.compile(rf"粤Z{_C}{{4}}港$"), "hong_kong"),
    (re.compile(rf"粤Z{_C}{{4}}澳$"), "macao"),
    (re.compile(rf"(?:使\d{{6}}|\d{{6}}使|\d{{3}}{_C}{{3}}使)$"), "embassy"),
    (re.compile(rf"{_P}[A-Z]{_C}{{4}}领$|{_P}[A-Z]?\d{{3,6}}领$"), "consulate"),
    (re.compile(rf"{_P}[A-Z]?[XS]{_C}{{3,4}}应急$"), "emergency"),
    (re.compile(rf"WJ{_P}?\d{{4}}[0-9A-Z]$|WJ{_P}?\d{{2}}[0-9A-Z]{{5}}$"), "armed_police"),
    (re.compile(rf"{_P}[A-Z]?临{_C}{{4,6}}$"), "temporary"),
    (re.compile(r"[VKHBSLJNGCEZ][A-Z]\d{5}$"), "military"),
)
_ELECTRIC = "ABCDE"
_NONE = re.compile(r"^[-/.?]*$|^(?:无|没有|无牌|未上牌|未挂牌|步行|电动车?|摩托车?|三轮车?|自行车|农用车|拖拉机|不详)$")
_ODD_LETTERS = str.maketrans({"O": "0", "I": "1", "L": "1", "Q": "0", "B": "8", "S": "5", "Z": "2"})
_SURE_LETTERS = str.maketrans({"O": "0", "I": "1"})


@dataclass(frozen=True, slots=True)
class Plate:
    """One plate. `canonical` has no separators: 晋J12345. `electric` is None off new-energy plates.

    `proposals` are plates that a repair of typing or scanning would give; they are for a person
    to confirm and never taken for the plate by themselves.
    """

    kind: Kind
    canonical: str
    electric: bool | None = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()


def parse(value: object, *, province: str = "") -> Plate:
    """Read one cell. Never raises. `province` (晋) is proposed where it was left out."""
    raw = halve(cell_text(value)).upper()
    text = re.sub(r"[\s\-_.·•・‧∙,，:：'\"()（）]", "", raw)
    if not text or _NONE.match(raw):
        return Plate("none", "", problems=("empty",))
    kind = _kind(text)
    if kind is None:
        proposals = _proposals(text, province)
        missing = ("province_missing",) if re.match(rf"{_L}{_C}{{5,6}}[挂学警]?$", text) else ()
        return Plate("unknown", text, None, ("unknown",), missing, proposals)
    electric: bool | None = None
    warnings: tuple[str, ...] = ()
    if kind == "new_energy_small":
        electric = text[2] in _ELECTRIC
    elif kind == "new_energy_large":
        electric = text[-1] in _ELECTRIC
    elif kind == "ordinary" and sum(character.isalpha() for character in text[2:]) > 2:
        warnings = ("letter_count",)
    # Two letters and five digits are a military plate, or a new-energy one without its province.
    proposals = _proposals(text, province) if kind == "military" else ()
    return Plate(kind, text, electric, warnings=warnings, proposals=proposals)


def _kind(text: str) -> Kind | None:
    return next((kind for pattern, kind in _FORMS if pattern.match(text)), None)


def _proposals(text: str, province: str) -> tuple[str, ...]:
    """What the plate may be with its province added and look-alike letters mended (no O, no I)."""
    heads = [text] if text[0] in PROVINCES or text.startswith("WJ") else []
    if province and text[0] not in PROVINCES:
        heads.append(province + text)
    found: list[str] = []
    for head in heads:
        cut = 3 if head.startswith("WJ") else 2
        for table in (None, _SURE_LETTERS, _ODD_LETTERS):
            mended = head[:cut] + (head[cut:].translate(table) if table else head[cut:])
            kind = _kind(mended)
            if kind is not None and mended != text:
                found.append(mended)
    return tuple(dict.fromkeys(found))
