"""What the buildings enumerated again say of all of them: rates with their intervals, by stratum and in total. Pure.

Omission rate: of the units (doors lived in, or persons) that are really there, the share the census did not have;
coverage is what is left of one. Erroneous inclusion: of the units the census had, the share that is not there. Both
are ratios of totals over a stratified sample of clusters, so:

- estimate: the combined ratio, R = sum N_h ybar_h / sum N_h xbar_h (Cochran, *Sampling Techniques*, 1977, 6.11);
- variance: linearised, sum N_h^2 (1 - f_h) s_dh^2 / n_h / X^2, d = y - R x (Cochran 6.11 to 6.13), never taken smaller
  than that of as many units drawn singly (Korn and Graubard, *Survey Methodology* 24, 1998, cap the effective sample
  at the sample); a stratum taken whole adds nothing;
- interval: Wilson's, on the effective sample R (1 - R) / var R, with Student's t for the degrees of freedom n - L
  (Franco, Little, Louis and Slud, *Journal of Survey Statistics and Methodology* 7, 2019);
- no error found: the largest rate that would still show none with probability 5 %: the rule of three on the effective
  sample, less what is known of the buildings taken (see ``_largest_unseen``). Never "0, give or take 0".
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Counted:
    """One building after reconciliation, in units: doors lived in, or persons.

    ``matched``: in the census and there; ``missed``: there, not in the census; ``erroneous``: in the census, not there.
    """

    stratum: str
    matched: int
    missed: int
    erroneous: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of one with its interval. ``errors`` of ``units`` are what the sample itself showed.

    ``value`` is None where the sample holds no unit. ``whole``: every building was taken, so nothing is estimated.
    ``at_most``: no error was found; ``high`` is a one-sided bound and ``low`` is 0.
    """

    errors: int
    units: int
    value: float | None = None
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    at_most: bool = False
    error: float = 0.0
    total: float = 0.0

    @property
    def coverage(self) -> float | None:
        return None if self.value is None else 1 - self.value

    @property
    def design_effect(self) -> float | None:
        """The variance against that of as many units drawn singly; None where there is nothing to compare."""
        if self.value is None or self.whole or self.errors in {0, self.units}:
            return None
        return self.error**2 / (self.value * (1 - self.value) / self.units)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Omission and erroneous inclusion of one stratum, or of all that have a building done; the buildings of it."""

    name: str
    buildings: int
    done: int
    omission: Rate
    erroneous: Rate


@dataclass(frozen=True, slots=True)
class Figures:
    """``strata`` in order of their names; ``total`` speaks of those with a building done, ``silent`` are the others."""

    strata: tuple[Estimate, ...]
    total: Estimate
    silent: tuple[str, ...]


def figures(population: Mapping[str, int], done: Sequence[Counted], *, design_effect: float = 1.0) -> Figures:
    """Estimates from buildings done. ``population`` gives the number of buildings of each stratum.

    ``design_effect`` is that of the plan, used where the sample itself cannot show one: no error found, or one
    building done in a stratum of several. Raises ValueError when more buildings are done than there are.
    """
    by_stratum: dict[str, list[Counted]] = defaultdict(list)
    for one in done:
        by_stratum[one.stratum].append(one)
    for name, counted in by_stratum.items():
        if len(counted) > population.get(name, 0):
            raise ValueError(f"{len(counted)} buildings done in {name}, {population.get(name, 0)} known")
    heard = {name: by_stratum[name] for name in sorted(population) if by_stratum[name]}
    strata = tuple(_estimate(name, {name: population[name]}, {name: heard[name]}, design_effect) for name in heard)
    total = _estimate("", {name: population[name] for name in heard}, heard, design_effect)
    return Figures(strata, total, tuple(name for name in sorted(population) if name not in heard))


def student(probability: float, freedom: int) -> float:
    """The quantile of Student's t. Its distribution for whole degrees of freedom is a finite sum
    (Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4), searched by halving."""
    if freedom < 1 or not 0.5 <= probability < 1:
        raise ValueError("freedom is at least 1, probability from 0.5 to 1")
    low, high = 0.0, 1.0
    while _between(high, freedom) < 2 * probability - 1:
        high *= 2
    for _step in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _between(middle, freedom) < 2 * probability - 1 else (low, middle)
    return (low + high) / 2


def _between(t: float, freedom: int) -> float:
    """The probability that Student's t lies between -t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    if freedom == 1:
        return 2 * angle / math.pi
    term = cosine if freedom % 2 else 1.0
    series = term
    for step in range(2 + freedom % 2, freedom - 1, 2):
        term *= (step - 1) / step * cosine**2
        series += term
    return 2 / math.pi * (angle + sine * series) if freedom % 2 else sine * series


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Errors and units of the buildings done in one stratum."""

    buildings: int
    pairs: list[tuple[int, int]]

    @property
    def done(self) -> int:
        return len(self.pairs)

    @property
    def fraction(self) -> float:
        return self.done / self.buildings

    def total(self, place: int) -> float:
        """The stratum's total of errors (0) or units (1), blown up from the buildings done."""
        return sum(pair[place] for pair in self.pairs) / self.fraction

    def variance(self, rate: float, design_effect: float) -> float:
        """The variance of the stratum's total of d = errors - rate x units."""
        if self.done == self.buildings:
            return 0.0
        units = sum(pair[1] for pair in self.pairs)
        singly = (1 - self.fraction) * rate * (1 - rate) * units / self.fraction**2
        if self.done == 1:
            return singly * design_effect
        off = [errors - rate * of for errors, of in self.pairs]
        mean = sum(off) / self.done
        spread = sum((one - mean) ** 2 for one in off) / (self.done - 1)
        return max(singly, self.buildings**2 * (1 - self.fraction) * spread / self.done)


def _estimate(
    name: str, population: Mapping[str, int], done: Mapping[str, Sequence[Counted]], design_effect: float
) -> Estimate:
    omitted = [
        _Pairs(population[key], [(one.missed, one.matched + one.missed) for one in counted])
        for key, counted in done.items()
    ]
    included = [
        _Pairs(population[key], [(one.erroneous, one.matched + one.erroneous) for one in counted])
        for key, counted in done.items()
    ]
    return Estimate(
        name,
        sum(population.values()),
        sum(len(counted) for counted in done.values()),
        _rate(omitted, design_effect),
        _rate(included, design_effect),
    )


def _rate(strata: Sequence[_Pairs], design_effect: float) -> Rate:
    errors = sum(pair[0] for stratum in strata for pair in stratum.pairs)
    units = sum(pair[1] for stratum in strata for pair in stratum.pairs)
    total = sum(stratum.total(1) for stratum in strata)
    if not units:
        return Rate(errors, units)
    value = sum(stratum.total(0) for stratum in strata) / total
    if all(stratum.done == stratum.buildings for stratum in strata):
        return Rate(errors, units, value, value, value, whole=True, total=total)
    if errors == 0:
        high = _largest_unseen(strata, total, design_effect)
        return Rate(errors, units, 0.0, 0.0, high, at_most=True, total=total)
    variance = sum(stratum.variance(value, design_effect) for stratum in strata) / total**2
    freedom = max(1, sum(stratum.done - 1 for stratum in strata if stratum.done < stratum.buildings))
    low, high = _wilson(value, variance, student((1 + CONFIDENCE) / 2, freedom), units / design_effect)
    return Rate(errors, units, value, low, high, error=math.sqrt(variance), total=total)


def _wilson(value: float, variance: float, t: float, otherwise: float) -> tuple[float, float]:
    """Wilson's interval on the effective sample; ``otherwise`` its size where every unit was an error."""
    size = value * (1 - value) / variance if variance else otherwise
    middle = (value + t**2 / (2 * size)) / (1 + t**2 / size)
    half = t / (1 + t**2 / size) * math.sqrt(value * (1 - value) / size + t**2 / (4 * size**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _largest_unseen(strata: Sequence[_Pairs], total: float, design_effect: float) -> float:
    """The largest rate that a sample without any error leaves possible.

    D effective units in error are all outside a sample of the fraction f with a probability of at most (1 - f)^D; at
    5 % that allows D = ln 0.05 / ln(1 - f), which for small f is the rule of three, 3 / n. Among strata the errors
    may all stand where least was taken, up to what was not taken there.
    """
    budget, units = -math.log(1 - CONFIDENCE), 0.0
    for stratum in sorted(strata, key=lambda one: one.fraction):
        if stratum.done == stratum.buildings:
            continue
        price = -math.log1p(-stratum.fraction)
        room = stratum.total(1) * (1 - stratum.fraction) / design_effect
        here = min(room, budget / price)
        units, budget = units + here, budget - here * price
    return min(1.0, units * design_effect / total)
