"""Which buildings are enumerated again: how many for a wanted precision, and which ones. Pure: no database.

The design is a stratified random sample of whole buildings (clusters of doors), without replacement, after the United
Nations' *Post Enumeration Surveys: Operational Guidelines* (2010), sections on sample design. Size: Cochran, *Sampling
Techniques* (3rd edition, 1977), 4.4 for a proportion and (4.2) for the finite population; design effect for clusters
of unequal size: Kish, *Survey Sampling* (1965), 5.4 and 8.2, with the mean size seen from a door.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

# A variance within a stratum takes two of its buildings.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """A building that may be drawn: its id, its stratum, and the doors known in it (0 when none is known yet)."""

    id: str
    stratum: str
    doors: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """The precision wanted of the omission rate, and what is supposed beforehand.

    ``half_width`` of its interval at ``confidence``, both shares of one; ``expected`` rate; ``rho``, how alike doors
    of one building are (intra-cluster correlation, 0 to 1).
    """

    half_width: float = 0.03
    expected: float = 0.05
    rho: float = 0.05
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not 0 < self.half_width < 1 or not 0 < self.expected < 1:
            raise ValueError("half_width and expected lie between 0 and 1")
        if not 0 <= self.rho <= 1 or not 0 < self.confidence < 1:
            raise ValueError("rho lies from 0 to 1, confidence between 0 and 1")


@dataclass(frozen=True, slots=True)
class Share:
    """What one stratum has and how much of it is taken."""

    stratum: str
    buildings: int
    doors: int
    taken: int


@dataclass(frozen=True, slots=True)
class Design:
    """The sample before it is drawn. ``doors_needed`` are doors, ``design_effect`` is a factor on the variance."""

    shares: tuple[Share, ...]
    design_effect: float
    doors_needed: int

    @property
    def taken(self) -> int:
        return sum(share.taken for share in self.shares)


def design(clusters: Iterable[Cluster], wanted: Wanted) -> Design:
    """How many buildings of each stratum to take; at least two of each, all where it has no more.

    n0 = z^2 p (1 - p) / d^2 doors, times the design effect, less what the finite population spares; the same
    fraction of the buildings of each stratum (proportional allocation). Where no door is known, one is counted.
    """
    by_stratum: dict[str, list[int]] = defaultdict(list)
    for cluster in clusters:
        by_stratum[cluster.stratum].append(max(cluster.doors, 1))
    sizes = [size for listed in by_stratum.values() for size in listed]
    if not sizes:
        return Design((), 1.0, 0)
    population, effect = sum(sizes), design_effect(sizes, wanted.rho)
    z = NormalDist().inv_cdf((1 + wanted.confidence) / 2)
    simple = z**2 * wanted.expected * (1 - wanted.expected) / wanted.half_width**2
    needed = simple * effect / (1 + simple * effect / population)
    shares = tuple(_share(name, listed, needed / population) for name, listed in sorted(by_stratum.items()))
    return Design(shares, effect, math.ceil(needed))


def design_effect(sizes: Sequence[int], rho: float) -> float:
    """1 + (b - 1) rho, b being the mean size of a building as its doors see it: sum of squares over sum."""
    return 1 + (sum(size * size for size in sizes) / sum(sizes) - 1) * rho


def draw(clusters: Iterable[Cluster], taken: Mapping[str, int], seed: int) -> list[str]:
    """The ids drawn, sorted. The same clusters, numbers and seed give the same ids, here and anywhere.

    ``random.Random(seed)`` gives every id, strata in order and ids in order within them, one number of ``random()``;
    the smallest numbers of each stratum are taken. (Only ``random()`` is promised to stay the same from one Python to
    the next.) A larger sample of the same seed holds the smaller one.
    """
    by_stratum: dict[str, list[str]] = defaultdict(list)
    for cluster in clusters:
        by_stratum[cluster.stratum].append(cluster.id)
    chance = Random(seed)  # noqa: S311  # to be drawn again by anybody, not to be secret
    drawn: list[str] = []
    for stratum in sorted(by_stratum):
        numbered = sorted((chance.random(), one) for one in sorted(by_stratum[stratum]))
        drawn += [one for _number, one in numbered[: taken.get(stratum, 0)]]
    return sorted(drawn)


def _share(name: str, sizes: Sequence[int], fraction: float) -> Share:
    wanted = max(FEWEST, math.ceil(fraction * len(sizes)))
    return Share(name, len(sizes), sum(sizes), min(len(sizes), wanted))
