"""How long a door is expected to take, learned from the minutes people wrote down. Pure: no database.

What a visit is *after* decides most of how long it takes: a first knock, a knock where nobody was at home, a talk where
somebody refused. So recorded minutes are grouped by the result before them and by compound, and each group's trimmed
mean is drawn towards the campaign's, the campaign's towards all visits', and these towards three minutes: the fewer
were recorded, the more (Buehlmann's credibility, Experience rating and credibility, ASTIN Bulletin 4, 1967, with a
fixed weight instead of an estimated one). A visit of four hours that somebody wrote down by mistake moves nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

# Nothing recorded: minutes at a door, from knocking to the last word written down.
UNRECORDED = 3.0
# From one building to the next, the stairs to its top included.
BETWEEN_BUILDINGS = 4.0
# So many visits weigh as much as what was believed before.
_WEIGHT = 8
# Of each group this share is left out at both ends.
_TRIMMED = 0.1
# No door is planned with less: opening the list and walking to the next one take as long.
_LEAST = 0.5


class Spent(NamedTuple):
    """Minutes one visit took; ``before`` is the result of the attempt before it at that door, empty for the first."""

    compound: str
    before: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Minutes a door is expected to take, by compound and by the last result there."""

    by_place: dict[tuple[str, str], float]
    by_before: dict[str, float]
    anything: float

    def at(self, compound: str, before: str) -> float:
        """Minutes, at least half of one."""
        known = self.by_place.get((compound, before), self.by_before.get(before, self.anything))
        return max(known, _LEAST)


def learn(spent: Iterable[Spent]) -> Expected:
    """What recorded minutes say of doors to come; with none recorded, three minutes everywhere."""
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_before: dict[str, list[int]] = defaultdict(list)
    for one in spent:
        by_place[one.compound, one.before].append(one.minutes)
        by_before[one.before].append(one.minutes)
    anything = drawn([minutes for group in by_before.values() for minutes in group], UNRECORDED)
    campaign = {before: drawn(group, anything) for before, group in by_before.items()}
    places = {key: drawn(group, campaign[key[1]]) for key, group in by_place.items()}
    return Expected(places, campaign, anything)


def drawn(minutes: Sequence[float], towards: float) -> float:
    """The trimmed mean of a group, drawn ``towards`` what was believed before as if that were eight visits."""
    if not minutes:
        return towards
    return (len(minutes) * trimmed_mean(minutes) + _WEIGHT * towards) / (len(minutes) + _WEIGHT)


def trimmed_mean(values: Sequence[float]) -> float:
    """The mean without the tenth of values at either end; from five values on at least one is left out at each."""
    ordered = sorted(values)
    cut = max(int(len(ordered) * _TRIMMED), 1) if len(ordered) >= 5 else 0
    return fmean(ordered[cut : len(ordered) - cut])
