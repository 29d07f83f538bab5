"""Codes of administrative divisions: GB/T 2260 (6 digits), GB/T 10114 (3), village (3).

14 province, 1411 prefecture, 141102 county, 141102003 township, 141102003005 community
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from firstline.identifiers.width import cell_text, halve

Level = Literal["province", "prefecture", "county", "township", "community"]
TownshipKind = Literal["subdistrict", "town", "township", "other"]
PROBLEMS = ("empty", "character", "length", "hole")
WARNINGS = ("province_unknown",)

_LEVELS: dict[int, Level] = {
    2: "province",
    4: "prefecture",
    6: "county",
    9: "township",
    12: "community",
}
# GB/T 2260: the 31 mainland provinces, Taiwan, Hong Kong, Macao.
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
# Cities that govern townships without counties between: Dongguan, Zhongshan, Danzhou, Jiayuguan.
_WITHOUT_COUNTIES = frozenset(("4419", "4420", "4604", "6202"))


@dataclass(frozen=True, slots=True)
class Division:
    """One code. `code` has no padding (2, 4, 6, 9 or 12 digits); `padded` has 12.

    `parents` stand from the province down, without the division itself.
    """

    code: str
    level: Level | None
    parents: tuple[str, ...] = ()
    township_kind: TownshipKind | None = None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def padded(self) -> str:
        return self.code.ljust(12, "0")

    @property
    def parent(self) -> str | None:
        return self.parents[-1] if self.parents else None


def parse(value: object) -> Division:
    """Read a code of 2, 4, 6, 9 or 12 digits, padded with zeros or not. Never raises."""
    text = re.sub(r"[\s\-'.]", "", halve(cell_text(value)))
    if not text:
        return Division("", None, problems=("empty",))
    if not (text.isascii() and text.isdigit()):
        return Division(text, None, problems=("character",))
    if len(text) not in _LEVELS:
        return Division(text, None, problems=("length",))
    code = _bare(text)
    if code is None:
        return Division(text, None, problems=("hole",))
    cuts = [cut for cut in _LEVELS if cut < len(code)]
    kind = township_kind(code[6:9]) if len(code) >= 9 else None
    warnings = () if _PROVINCES.match(code) else ("province_unknown",)
    parents = tuple(code[:cut] for cut in cuts if cut < 4 or int(code[cut - 2 : cut]))
    return Division(code, _LEVELS[len(code)], parents, kind, (), warnings)


def township_kind(part: str) -> TownshipKind:
    """The kind of a township by its 3 digits (GB/T 10114)."""
    number = int(part)
    if 1 <= number <= 99:
        return "subdistrict"
    if 100 <= number <= 199:
        return "town"
    return "township" if 200 <= number <= 399 else "other"


def _bare(text: str) -> str | None:
    """The code without padding; None where a level is empty but one below it is not."""
    cuts = (0, 2, 4, 6, 9, 12)
    pieces = [text[low:high] for low, high in pairwise(cuts)]
    pieces = [piece for piece in pieces if piece]
    while pieces and not int(pieces[-1]):
        pieces.pop()
    direct = text[:4] in _WITHOUT_COUNTIES
    if not pieces or not all(int(piece) or (direct and place == 2) for place, piece in enumerate(pieces)):
        return None
    return "".join(pieces)
