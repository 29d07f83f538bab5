"""Where rooms begin anew without a word of a new building or unit: the row that named it was lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import pairwise

from .codes import Kind
from .model import RowReading

# One door said twice is a slip of the pen; so many in a row are another stair.
_LEAST = 3


def restarted(doors: Sequence[tuple[Hashable, str] | None]) -> list[bool]:
    """For each door, whether it comes after such a new beginning, so that nobody can say where it stands.

    A door is what it was named under, and its label; None where a row says by itself where it stands.
    """
    places = [at for at, door in enumerate(doors) if door is not None]
    news = [at for before, at in pairwise([-1, *places]) if before < 0 or doors[before] != doors[at]]
    seen: dict[Hashable, set[str]] = defaultdict(set)
    again: dict[Hashable, list[int]] = defaultdict(list)
    begins: dict[Hashable, int] = {}
    for at in news:
        door = doors[at]
        if door is None:
            continue
        under, label = door
        if label in seen[under]:
            again[under].append(at)
            if len(again[under]) >= _LEAST:
                begins.setdefault(under, again[under][0])
        else:
            again[under].clear()
        seen[under].add(label)
    return [door is not None and at >= begins.get(door[0], len(doors)) for at, door in enumerate(doors)]


def without_standing(row: RowReading) -> RowReading:
    """A row below a new beginning that nobody named: what it was taken for is no more than a choice."""
    if row.kind is not Kind.RECORD:
        return row
    return replace(
        row, kind=Kind.PARKED, reason="building_missing", door=None, doubts=(), choices=(row.door_label, *row.choices)
    )
