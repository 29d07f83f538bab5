"""Floors and the order in which somebody walks past doors."""

import re

from firstline.identifiers.door_label.model import Door

_PLAIN = re.compile(r"(-?)(\d{1,2})(\d{2})[A-Z]?(?:[/东西南北中左右].*)?$")
_SUBSTITUTE = re.compile(r"(\d{1,2})([A-Z])(\d{2})(?:/\d+)?$")
_SAID = re.compile(r"(-?\d{1,3})层")
_DIGITS = re.compile(r"(\d+)")


def floor_of(room: str) -> int | None:
    """The floor a room number speaks of: 501 -> 5, 1203 -> 12, -101 -> -1; None where it does not.

    Houses that avoid unlucky numbers count on from the floor before: 3A02 is the fourth floor,
    12A01 the thirteenth, 12B01 the fourteenth.
    """
    if said := _SAID.match(room):
        return int(said[1]) or None
    if plain := _PLAIN.match(room):
        floor = int(plain[2])
        return (-floor if plain[1] else floor) if floor else None
    if substitute := _SUBSTITUTE.match(room):
        return int(substitute[1]) + ord(substitute[2]) - ord("A") + 1
    if room.startswith("地下室"):
        return -1
    if room.startswith("商铺"):
        return 1
    return None


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (0, int(piece[:18]), "") if piece.isdecimal() else (1, 0, piece) for piece in _DIGITS.split(text) if piece
    )


SortKey = tuple[object, ...]


def walking_key(door: Door) -> SortKey:
    """Sorts doors as they are walked: building, unit, floor upwards, room; numbers by value."""
    floor = floor_of(door.room)
    return (
        bool(door.address),
        _natural(door.address),
        _natural(door.building),
        _natural(door.unit),
        10_000 if floor is None else floor,
        _natural(door.room),
    )
