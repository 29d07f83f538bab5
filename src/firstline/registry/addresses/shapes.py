"""What all addresses of a compound say together about its buildings: which have stairwells, which lanes there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from types import MappingProxyType

from firstline.identifiers.door_label import Door, Shape, is_lane

# Of the doors of a building, this share decides whether it has units; between them nobody knows.
_MOST, _HARDLY_ANY = 0.8, 0.2
# A building named once may be a slip; one in fifty of its doors may have a wrong unit.
_TWICE, _ONE_IN = 2, 50


def shape_of(named: Iterable[Door], known: Iterable[Door] = ()) -> Shape:
    """The shape of a compound by the doors that rows name without doubt, and by those that stand there already."""
    standing = list(known)
    seen = Counter(door.building for door in named if door.building)
    sure = {building for building, rows in seen.items() if rows >= _TWICE}
    sure |= {door.building for door in standing if door.building}
    stairs: dict[str, Counter[str]] = defaultdict(Counter)
    for door in (*named, *standing, *standing):
        if door.building in sure and not is_lane(door.building):
            stairs[door.building][door.unit] += 1
    units = {building: found for building, counts in stairs.items() if (found := _units(counts)) is not None}
    total = sum(stairs.values(), Counter())
    overall = _units(total)
    return Shape(None if overall is None else bool(overall), frozenset(sure), MappingProxyType(units))


def _units(counts: Counter[str]) -> frozenset[str] | None:
    """The units a building has, none for one without stairwells; None while its addresses disagree."""
    total = counts.total()
    if not total:
        return None
    without = counts[""] / total
    if without >= _MOST:
        return frozenset()
    if without > _HARDLY_ANY:
        return None
    return frozenset(unit for unit, rows in counts.items() if unit and (rows >= _TWICE or rows * _ONE_IN >= total))
