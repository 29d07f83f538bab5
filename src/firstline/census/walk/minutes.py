"""How long a door is expected to take, learned from the minutes people wrote down. Pure: no database.

What a visit is *after* decides most of how long it takes: a first knock, a knock where nobody was at home, a talk where
somebody refused. So recorded minutes are grouped by the result before them and by compound. Each group's trimmed mean
is drawn towards that of the same kind of visit elsewhere, and this one towards three minutes: the fewer were recorded,
the more (Buehlmann's credibility, Experience rating and credibility, ASTIN Bulletin 4, 1967, with a fixed weight
instead of an estimated one). What a group is drawn towards never holds its own visits, so none counts twice. Four
hours that somebody wrote down by mistake count as one, and where more is known not at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Nothing recorded: minutes at a door, from knocking to the last word written down.
UNRECORDED = 3.0
# From one building to the next, the stairs to its top included.
BETWEEN_BUILDINGS = 4.0
# So many visits weigh as much as what was believed before.
_WEIGHT = 8
# Of each group this share is left out at both ends.
_TRIMMED = 0.1
# No visit counts as longer; no door is planned with less: opening the list and walking to the next one take as long.
_MOST, _LEAST = 60, 0.5


class Spent(NamedTuple):
    """Minutes one visit took; ``before`` is where its door stood before it, empty for the first."""

    compound: str
    before: str
    minutes: int


class Recorded(NamedTuple):
    """Visits that count: their minutes altogether, and how many there are."""

    minutes: float = 0.0
    visits: int = 0

    def and_more(self, other: "Recorded") -> "Recorded":
        return Recorded(self.minutes + other.minutes, self.visits + other.visits)

    def without(self, other: "Recorded") -> "Recorded":
        return Recorded(self.minutes - other.minutes, self.visits - other.visits)

    def drawn(self, towards: float) -> float:
        """The mean, drawn ``towards`` what was believed before as if that were eight visits."""
        return (self.minutes + _WEIGHT * towards) / (self.visits + _WEIGHT)


@dataclass(frozen=True, slots=True)
class Expected:
    """Minutes a door is expected to take, by compound and by where it stood before."""

    by_place: dict[tuple[str, str], float]
    by_before: dict[str, float]
    anything: float

    def at(self, compound: str, before: str) -> float:
        """Minutes, at least half of one."""
        known = self.by_place.get((compound, before), self.by_before.get(before, self.anything))
        return max(known, _LEAST)


def learn(spent: Iterable[Spent]) -> Expected:
    """What recorded minutes say of doors to come; with none recorded, three minutes everywhere."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in spent:
        groups[one.compound, one.before].append(min(one.minutes, _MOST))
    places = {key: trimmed(groups[key]) for key in sorted(groups)}
    kinds: dict[str, Recorded] = defaultdict(Recorded)
    everything = Recorded()
    for (_compound, before), recorded in places.items():
        kinds[before] = kinds[before].and_more(recorded)
        everything = everything.and_more(recorded)
    return Expected(
        {
            (compound, before): recorded.drawn(kinds[before].without(recorded).drawn(UNRECORDED))
            for (compound, before), recorded in places.items()
        },
        {before: kind.drawn(UNRECORDED) for before, kind in kinds.items()},
        everything.drawn(UNRECORDED),
    )


def trimmed(minutes: Sequence[int]) -> Recorded:
    """A group without the tenth of its visits at either end; from five visits on at least one is left out at each."""
    ordered = sorted(minutes)
    cut = max(int(len(ordered) * _TRIMMED), 1) if len(ordered) >= 5 else 0
    kept = ordered[cut : len(ordered) - cut]
    return Recorded(float(sum(kept)), len(kept))
