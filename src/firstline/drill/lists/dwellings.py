"""Doors of an invented estate and who lives behind them, as its company could know them."""

from collections.abc import Sequence
from dataclasses import dataclass

from firstline.drill.households import Inventor, Resident
from firstline.identifiers.building_line import PlannedDoor, expand, parse_line

_VACANT, _LET = 0.08, 0.12


@dataclass(frozen=True, slots=True)
class Dwelling:
    """One door. ``family`` is who lives there, the head first, empty when nobody does; ``let``: a tenant's household.

    ``owner`` is whom the company knows; the head of the family where the flat is not let.
    """

    door: PlannedDoor
    owner: Resident
    family: tuple[Resident, ...]
    let: bool = False


def dwellings_of(line: str, inventor: Inventor) -> list[Dwelling]:
    """Everybody behind the doors that a building line stands for, in its order."""
    return [_settle(door, inventor) for door in expand(parse_line(line))]


def _settle(door: PlannedDoor, inventor: Inventor) -> Dwelling:
    family: Sequence[Resident] = inventor.household()
    if inventor.chance(_VACANT):
        return Dwelling(door, family[0], ())
    if inventor.chance(_LET):
        return Dwelling(door, inventor.household()[0], tuple(family), let=True)
    return Dwelling(door, family[0], tuple(family))
