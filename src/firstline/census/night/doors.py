"""A door typed in the night, in the light of the line above it and of the doors the compound has. Pure.

`3-2-501`, `3 2 501`, `32 501`, `502` (building and unit of the line above), `1-502` (that building's unit 1, or
building 1 without units), `=` (the door above), any way that `identifiers.door_label` reads.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from firstline.identifiers import door_label
from firstline.identifiers.door_label import Ambiguous, Found, Fragment, Incomplete
from firstline.identifiers.width import halve

SAME = "="
# Building and unit in one go, then the room: 32 501.
_RUN_TOGETHER = re.compile(r"(?P<building>\d{1,2})(?P<unit>\d) (?P<room>-?\d{3,4})")


@dataclass(frozen=True, slots=True)
class Spot:
    """A door of the frame."""

    id: uuid.UUID
    label: str
    building: str
    unit: str
    room: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The door that a cell means, or in words why it means none."""

    spot: Spot | None = None
    problem: str = ""


class Doors:
    """The doors a compound has now, found as a clerk types them."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._by_label = {spot.label: spot for spot in spots}

    def meant(self, text: str, above: Spot | None) -> Meant:
        """The one door that ``text`` means; several, or none, is said."""
        said = halve(text)
        if said == SAME:
            return Meant(above) if above else Meant(problem=_("There is no door above to take"))
        # A home of no compound is called by whatever was said of it, which no rule reads.
        as_said = [said] if said in self._by_label else []
        labels = list(dict.fromkeys([*as_said, *_labels(said, above)]))
        known = [self._by_label[label] for label in labels if label in self._by_label]
        if len(known) == 1:
            return Meant(known[0])
        if known:
            choices = pgettext("between doors", " or ").join(spot.label for spot in known)
            return Meant(problem=_("Which one: %(doors)s? Write it in full") % {"doors": choices})
        if not labels:
            return Meant(problem=self._unread(said))
        return Meant(
            problem=_("There is no %(door)s in this compound; if it is there, add it to its building")
            % {"door": labels[0]}
        )

    def _unread(self, said: str) -> str:
        if re.fullmatch(r"-?\d{3,4}", said):
            return _("Which building? Write it in full once: 3-2-501")
        return _("That is no door we can read")


def _labels(said: str, above: Spot | None) -> Iterator[str]:
    """The labels a text may mean, likeliest first."""
    parsed = door_label.parse(said)
    if isinstance(parsed, Found):
        yield parsed.door.label
    elif isinstance(parsed, Incomplete):
        yield from _completed(parsed.fragment, above)
    elif isinstance(parsed, Ambiguous):
        # Next to a line above, what is left out is more often the building than the unit.
        for reading in sorted(parsed.readings, key=lambda one: isinstance(one, door_label.Door)):
            if isinstance(reading, door_label.Door):
                yield reading.label
            else:
                yield from _completed(reading, above)
    if run := _RUN_TOGETHER.fullmatch(said):
        yield door_label.Door(run["building"], run["unit"], run["room"]).label


def _completed(part: Fragment, above: Spot | None) -> Iterator[str]:
    """A door said in part, with what stands above for the rest; a building alone means nothing."""
    if not part.room:
        return
    if part.building:
        yield door_label.Door(part.building, part.unit or "", part.room).label
    elif above:
        unit = above.unit if part.unit is None else part.unit
        yield door_label.Door(above.building, unit, part.room).label
