"""Scope paths: where a place stands, as text whose order is the order of the tree.

A path begins with the official division code (GB/T 2260, GB/T 10114): 2 digits for a province, 4 city,
6 county, 9 township, 12 community; below the community it goes on with fixed-width numbers:
``141102003005/0007/003/0014`` is a door of building 003 of compound 0007. A division without an official code of its
own has a letter in its part: ``141126100V01``. A post (a gate, a checkpoint, a business) hangs below its place with a
letter of its own: ``141126100/P001``. A place keeps its path for ever; codes and names may change. Compared in C
collation, a subtree is one range, so it is an index range, a row-security condition and a shard key at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

# Above every character that a path may contain ("/", digits, letters), in C collation.
_AFTER = "~"
# Below every one of them.
_BEFORE = "!"
_WIDTHS = {"compound": 4, "building": 3, "door": 4}
_CODE_LENGTHS = (2, 4, 6, 9, 12)
_LOCAL = "VWXYZ"
_POSTS = "PQRSTU"
_POST_DIGITS = 3
COUNTY_LENGTH = len("141102")
COMMUNITY_LENGTH = len("141102003005")
COMPOUND_LENGTH = len("141102003005/0007")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Paths from ``lo`` (included) to ``hi`` (excluded)."""

    lo: str
    hi: str

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.lo <= path < self.hi

    def holds(self, other: "Range") -> bool:
        """Whether every path of ``other`` lies in this range."""
        return self.lo <= other.lo and other.hi <= self.hi


def subtree(path: str) -> Range:
    """The range of a place and everything below it; the empty path is the whole installation."""
    return Range(path, path + _AFTER)


def alone(path: str) -> Range:
    """The range of a place and nothing below it."""
    return Range(path, path + _BEFORE)


def child(parent: str, kind: str, number: int) -> str:
    """The path of the ``number``-th compound, building or door below ``parent``.

    Raises ValueError when the number does not fit its fixed width: a wider one would break the order.
    """
    width = _WIDTHS[kind]
    text = f"{number:0{width}d}"
    if len(text) > width or number < 1:
        raise ValueError(f"{kind} number {number} does not fit {width} digits")
    return f"{parent}/{text}"


def local_code(number: int, width: int) -> str:
    """The ``number``-th code of ``width`` characters for a division whose official one is unknown or was used before.

    A letter no official code has: V01 .. V99, W01 .. Z99 in three characters, V1 .. Z9 in two. Raises ValueError.
    """
    per_letter = 10 ** (width - 1) - 1
    letter, rest = divmod(number - 1, per_letter)
    if number < 1 or letter >= len(_LOCAL):
        raise ValueError(f"local division {number} does not fit {width} characters")
    return f"{_LOCAL[letter]}{rest + 1:0{width - 1}d}"


def post(place: str, number: int) -> str:
    """The path of the ``number``-th post of a place: P001 .. P999, Q001 .. U999. Raises ValueError beyond those."""
    per_letter = 10**_POST_DIGITS - 1
    letter, rest = divmod(number - 1, per_letter)
    if number < 1 or letter >= len(_POSTS):
        raise ValueError(f"post number {number} does not fit {_POST_DIGITS} digits")
    return f"{place}/{_POSTS[letter]}{rest + 1:0{_POST_DIGITS}d}"


def is_post(path: str) -> bool:
    """Whether a path is a post's; what stands before its last part is its place's."""
    _place, slash, last = path.rpartition("/")
    return bool(slash) and last[:1] in set(_POSTS)


def community_of(path: str) -> str:
    """The community part of a path (its first 12 characters); shorter paths are returned as they are."""
    return path[:COMMUNITY_LENGTH]


def summed_at(within: Iterable[Range]) -> int:
    """How much of a path sums over ranges are grouped by: a community's for those above communities, else a compound's.

    Nobody reads the thousand compounds of a county, and no page sums them one by one.
    """
    return COMMUNITY_LENGTH if any(len(one.lo) < COMMUNITY_LENGTH for one in within) else COMPOUND_LENGTH


def ancestors(path: str) -> list[str]:
    """All paths from the province down to ``path`` itself, top first."""
    head, *below = path.split("/")
    found = [head[:length] for length in _CODE_LENGTHS if length <= len(head)]
    for part in below:
        found.append(f"{found[-1]}/{part}")
    return found


def common(one: str, other: str) -> str:
    """The deepest place that two paths both lie at or below; "" where that is the whole installation."""
    shared = set(ancestors(one)) & set(ancestors(other))
    return max(shared, key=len, default="")


def parts_of(one: Range, standing: Mapping[str, T]) -> Iterator[tuple[Range, T]]:
    """The parts of a range, each with what stands at the deepest path over it; where nothing does there is no part."""
    over = next((path for path in reversed(ancestors(one.lo)) if path in standing), None)
    deeper = {path: standing[path] for path in standing if path in one and len(path) > len(over or "")}
    begin = one.lo
    for path in sorted(deeper):
        area = subtree(path)
        if path < begin:
            continue  # inside the one before, which has been taken apart already
        if over is not None and begin < area.lo:
            yield Range(begin, area.lo), standing[over]
        yield from parts_of(area, deeper)
        begin = area.hi
    if over is not None and begin < one.hi:
        yield Range(begin, one.hi), standing[over]
