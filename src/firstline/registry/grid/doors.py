"""A door out of the cells of a grid, in the light of the compound's frame."""

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext

from firstline.identifiers import door_label
from firstline.identifiers.door_label import Found, Incomplete, Shape
from firstline.places.frames import DoorProposal
from firstline.places.models import Compound, Door


@dataclass(frozen=True, slots=True)
class DoorCells:
    """What stands under building, unit and room of one line."""

    building: str = ""
    unit: str = ""
    room: str = ""

    def below(self, above: "DoorCells") -> "DoorCells":
        """The same line where an empty building takes what stands above it, with its unit; then an empty room too."""
        if self.building:
            return self
        room = self.room or ("" if self.unit else above.room)
        return DoorCells(above.building, self.unit or above.unit, room)


@dataclass(frozen=True, slots=True)
class DoorCell:
    """How the cells of a line were understood: a door, or what is wrong with them in words."""

    door: DoorProposal | None = None
    problem: str = ""


def shape_of(compound: Compound) -> Shape:
    """The buildings of a compound and their units, as its frame knows them; one statement."""
    units: dict[str, set[str]] = defaultdict(set)
    found = Door.objects.filter(building__compound=compound).order_by().distinct()
    for building, unit in found.values_list("building__label", "unit"):
        if building:
            units[building].add(unit)
    known = {building: frozenset(filter(None, those)) for building, those in units.items()}
    return Shape(None, frozenset(known), MappingProxyType(known))


def read_cells(cells: DoorCells, shape: Shape) -> DoorCell:
    """The one door that the cells say, or why they say none. A door named in full may stand under the room alone."""
    parsed = door_label.from_columns(building=cells.building, unit=cells.unit, room=cells.room, shape=shape)
    if isinstance(parsed, Found):
        return DoorCell(DoorProposal.of(parsed.door))
    if isinstance(parsed, Incomplete):
        missing = parsed.fragment.missing
        words = {"building": gettext("building"), "unit": gettext("unit"), "room": gettext("room")}
        said = gettext(", ").join(words[part] for part in missing if part in words)
        return DoorCell(problem=gettext("Still missing: %(parts)s") % {"parts": said})
    return DoorCell(problem=gettext("That is no door we can read."))
