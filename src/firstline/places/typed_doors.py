"""One door typed on the spot: read in the light of the building somebody stands in front of."""

import re
from collections.abc import Iterable, Sequence

from firstline.identifiers import door_label
from firstline.identifiers.door_label.grammar import without_division
from firstline.identifiers.width import halve
from firstline.places.errors import DoorAmbiguous, DoorElsewhere, DoorNotUnderstood
from firstline.places.frames import DoorProposal
from firstline.places.models import Door

# A home's address names a place, not a person: what is as long as a phone number is none.
_SHORTEST_HOME, _LONGEST_HOME = 3, 60
_LONG_NUMBER = re.compile(r"\d{7,}")


def read_door(text: str, *, building: str, units: Iterable[str], chosen: str = "") -> DoorProposal:
    """The door that ``text`` means in a building with these units (``""`` among them: doors without a unit).

    501, 2-501 and 3号楼2单元501 all do. ``chosen`` is the label a person picked where several doors fit.
    Raises DoorNotUnderstood, DoorAmbiguous (with the labels to choose from), DoorElsewhere.
    """
    known = frozenset(units) or frozenset({""})
    # Without a shape: "3-501" at building 3 with three units may be unit 3, or building 3 and the unit left out.
    doors = _whole(_readings(text), building, known)
    if not doors:
        raise DoorNotUnderstood(text=text)
    inside = [door for door in doors if door.building == building]
    if not inside:
        raise DoorElsewhere(label=doors[0].label, building=building)
    # A unit that is known is meant before one that would be new; a new one beside another building is asked.
    fitting = [door for door in inside if door.unit in known]
    offered = fitting or inside
    labels = [door.label for door in offered]
    if chosen in labels:
        return DoorProposal.of(offered[labels.index(chosen)])
    if len(offered) > 1 or (not fitting and len(doors) > len(inside)):
        raise DoorAmbiguous(text=text, readings=", ".join(labels), choices=labels)
    return DoorProposal.of(offered[0])


def read_dwelling(text: str, beside: Door) -> DoorProposal:
    """The door that ``text`` means next to another: 501/2 and 501A beside 501, or any way to say a whole door.

    Raises as ``read_door``, and DoorNotUnderstood for a home that is no address.
    """
    building, said = beside.building.label, halve(text).upper()
    if not building:
        return read_home(text)
    if re.fullmatch(rf"{re.escape(beside.room)}(?:/\d{{1,2}}|[A-Z])?", said):
        return DoorProposal.of(door_label.Door(building, beside.unit, said))
    return read_door(text, building=building, units=[beside.unit])


def read_home(text: str) -> DoorProposal:
    """The scattered home at an address, without divisions in front of it; any words that name a place will do.

    Raises DoorNotUnderstood.
    """
    parsed = door_label.parse(text)
    address = parsed.door.address if isinstance(parsed, door_label.Found) else ""
    address = address or without_division(halve(text)).replace(" ", "")
    if not _SHORTEST_HOME <= len(address) <= _LONGEST_HOME or _LONG_NUMBER.search(address):
        raise DoorNotUnderstood(text=text)
    return DoorProposal.of(door_label.Door("", "", "", address))


def _readings(text: str) -> Sequence[door_label.Reading]:
    parsed = door_label.parse(text)
    if isinstance(parsed, door_label.Found):
        return [parsed.door]
    if isinstance(parsed, door_label.Incomplete):
        return [parsed.fragment]
    return parsed.readings if isinstance(parsed, door_label.Ambiguous) else []


def _whole(readings: Sequence[door_label.Reading], building: str, units: frozenset[str]) -> list[door_label.Door]:
    """Whole doors: what was left out is the building one stands at, and each of its units."""
    doors: dict[str, door_label.Door] = {}
    for reading in readings:
        if not reading.room:
            continue
        block = reading.building or building
        room = f"{reading.room}号" if door_label.is_lane(block) and reading.room.isdecimal() else reading.room
        left_out = not reading.unit and block == building
        for unit in sorted(units) if left_out else [reading.unit or ""]:
            door = door_label.Door(block, unit, room)
            doors[door.label] = door
    return list(doors.values())
