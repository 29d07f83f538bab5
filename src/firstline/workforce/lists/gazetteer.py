"""Which place a row means: villages without 村, townships without 镇, compounds by name. What fits twice is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from firstline.identifiers.width import halve
from firstline.kernel.paths import subtree
from firstline.places.models import Place, PlaceKind
from firstline.places.selectors import in_ranges
from firstline.places.village_list import spoken_name, village_name
from firstline.workforce.lists.reading import Field, Kind, Level, Line

_KINDS = (PlaceKind.COUNTY, PlaceKind.TOWNSHIP, PlaceKind.COMMUNITY, PlaceKind.COMPOUND)
_ENDS = ("街道办事处", "街道办", "街道", "镇", "乡")
# The first township of a county has this code by custom (GB/T 10114): it is where the county sits.
_SEAT = "100"


@dataclass(frozen=True, slots=True)
class Found:
    """The place of a row, or why there is none and which could be meant; ``likely`` is one worth offering first."""

    place: Place | None = None
    problem: str = ""
    about: Field = Field.VILLAGE
    said: str = ""
    choices: tuple[Place, ...] = ()
    likely: Place | None = None


class Gazetteer:
    """The places below one, by what lists call them."""

    def __init__(self, top: str) -> None:
        found = Place.objects.filter(in_ranges([subtree(top)]), kind__in=_KINDS, closed_on=None).order_by("path")
        self.places = {place.path: place for place in found}
        self.top = self.places.get(top)
        self.townships = [one for one in self.places.values() if one.kind == PlaceKind.TOWNSHIP]
        self.villages = [one for one in self.places.values() if one.kind == PlaceKind.COMMUNITY]
        self.compounds = [one for one in self.places.values() if one.kind == PlaceKind.COMPOUND]
        self.seat = next((one for one in self.townships if one.path.endswith(_SEAT)), None)

    def find(self, line: Line, chosen: str = "") -> Found:
        """The place that a row is about; ``chosen`` is the path somebody said it is."""
        if chosen:
            place = self.places.get(chosen)
            return Found(place) if place else Found(problem="place_unknown")
        if line.kind == Kind.STAFF:
            return Found(self.top)
        if line.kind == Kind.SECRETARIES or line.level == Level.VILLAGE:
            return self._village(line)
        if line.level == Level.COMPOUND:
            return self._compound(line)
        return self._township(line)

    def _township(self, line: Line) -> Found:
        if said := line.said.get(Field.TOWNSHIP, ""):
            fitting = self._townships_called(said)
            return self._one(fitting, "township", Field.TOWNSHIP, said, self.townships)
        written = halve(f"{line.said.get(Field.TITLE, '')} {line.said.get(Field.PLACE, '')}")
        named = [one for one in self.townships if one.name in written]
        if len(named) == 1:
            return Found(named[0])
        return Found(
            problem="township_missing",
            about=Field.TOWNSHIP,
            choices=tuple(named or [*([self.top] if self.top else []), *self.townships]),
            likely=self.seat if not named else None,
        )

    def _village(self, line: Line) -> Found:
        said, where = line.said.get(Field.VILLAGE, ""), line.said.get(Field.TOWNSHIP, "")
        within = self.townships
        if where:
            within = self._townships_called(where)
            if len(within) != 1:
                return self._one(within, "township", Field.TOWNSHIP, where, self.villages)
        below = [one for one in self.villages if not where or one.path.startswith(within[0].path)]
        wanted = village_name(said)
        fitting = [one for one in below if wanted and village_name(one.name) == wanted]
        return self._one(fitting, "village", Field.VILLAGE, said, below)

    def _compound(self, line: Line) -> Found:
        said = line.said.get(Field.COMPOUND, "")
        fitting = [one for one in self.compounds if one.name == said]
        if len(fitting) == 1:
            return Found(fitting[0])
        if line.said.get(Field.VILLAGE):
            return self._village(line)
        if line.said.get(Field.TOWNSHIP):
            return self._township(line)
        choices = (*self.townships, *self.villages) if not fitting else tuple(fitting)
        return Found(problem="compound_unknown", about=Field.COMPOUND, said=said, choices=choices, likely=self.seat)

    def _townships_called(self, said: str) -> list[Place]:
        wanted = _bare(said)
        exact = [one for one in self.townships if one.name == halve(said).replace(" ", "")]
        return exact or [one for one in self.townships if _bare(one.name) == wanted]

    def _one(self, fitting: Sequence[Place], what: str, about: Field, said: str, otherwise: Sequence[Place]) -> Found:
        if len(fitting) == 1:
            return Found(fitting[0])
        problem = f"{what}_missing" if not said else f"{what}_twice" if fitting else f"{what}_unknown"
        return Found(problem=problem, about=about, said=said, choices=tuple(fitting or otherwise))


def _bare(text: str) -> str:
    said = spoken_name(halve(text).replace(" ", ""))
    end = next((end for end in _ENDS if said.endswith(end) and len(said) > len(end) + 1), "")
    return said.removesuffix(end)
