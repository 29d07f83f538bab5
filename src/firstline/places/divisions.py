"""Paths of divisions from their official codes (GB/T 2260, GB/T 10114)."""

from firstline.places.errors import CodeUnknown
from firstline.places.models import PlaceKind

# How many of a code's 12 digits stand for a division and those above it.
_DIGITS = {
    PlaceKind.PROVINCE: 2,
    PlaceKind.CITY: 4,
    PlaceKind.COUNTY: 6,
    PlaceKind.TOWNSHIP: 9,
    PlaceKind.COMMUNITY: 12,
}
KINDS = tuple(_DIGITS)
# How many of those digits are the division's own: 141126100 is a town, 100 of its county.
_OWN = {2: 2, 4: 2, 6: 2, 9: 3, 12: 3}
CODE_LENGTH = 12


def path_of(kind: PlaceKind | str, code: str) -> str:
    """The path a division gets from its code, short or padded to 12 digits. Raises CodeUnknown when they do not fit."""
    digits = _DIGITS.get(PlaceKind(kind), 0)
    path, rest = code[:digits], code[digits:]
    shaped = code.isascii() and code.isdecimal() and len(path) == digits and len(code) <= CODE_LENGTH
    if not digits or not shaped or rest.strip("0") or not path[-_OWN[digits] :].strip("0"):
        raise CodeUnknown(value=code)
    return path


def padded(path: str) -> str:
    """The full code of a division's path: 141102 is 141102000000."""
    return path.ljust(CODE_LENGTH, "0")
