"""Sharing doors out among a team: everybody a stretch of the walk, equally long in minutes. Pure: no database.

Doors come in walking order. A *stairwell* (the doors of one unit of one building, one after another) is kept in one
hand unless it alone is longer than a fair share; then it is cut between doors. The walk is cut into as many stretches
as there are people so that two of them differ by no more than the longest piece that was kept together. That such cuts
exist for every walk is a theorem (Barany and Grinberg, Block partitions of sequences, Israel J. Math. 206, 2015);
dynamic programming finds, of all cuts within the bound, those that leave the most buildings whole, then the most even
ones.

Where people answer for different compounds, each compound is cut among those who may walk it, so that they come out as
even as that allows. Who may not go to a door (they were there before and somebody else should) is never sent:
stretches are handed to people so that this happens least, and the doors that still meet somebody barred go to whoever
has least to do.
"""

import uuid
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

# More people than these are handed their stretches one by one instead of trying every way.
_TRIED_ALL_WAYS = 9
# Sums of the same minutes in another order differ by less than this.
_EPSILON = 1e-9
# Rounds of evening out between compounds; after a few nothing changes by a minute any more.
_ROUNDS = 40


class Stop(NamedTuple):
    """One door of the walk: the minutes it is expected to take (more than 0), who may not be sent there, and the
    compound it belongs to.
    """

    door_id: uuid.UUID
    building: str
    unit: str
    minutes: float
    barred: frozenset[uuid.UUID] = frozenset()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one person walks, in walking order."""

    person_id: uuid.UUID
    stops: tuple[Stop, ...]

    @property
    def minutes(self) -> float:
        return sum(stop.minutes for stop in self.stops)


@dataclass(frozen=True, slots=True)
class SharedOut:
    """A walk shared out. ``nobody_may`` are doors that everybody of the team is barred from; ``moved`` are those
    that left their stretch because its walker is; ``longest`` the minutes of the longest piece kept together.
    """

    parts: tuple[Part, ...]
    nobody_may: tuple[Stop, ...]
    moved: int
    longest: float

    @property
    def spread(self) -> float:
        """By how many minutes the longest part exceeds the shortest."""
        loads = [part.minutes for part in self.parts]
        return max(loads, default=0.0) - min(loads, default=0.0)

    @property
    def mean(self) -> float:
        """Minutes a head."""
        return sum(part.minutes for part in self.parts) / len(self.parts) if self.parts else 0.0


class _Piece(NamedTuple):
    """Doors that stay in one hand."""

    stops: tuple[Stop, ...]
    building: str
    minutes: float


@dataclass(frozen=True, slots=True)
class _Area:
    """Neighbouring pieces and the people who may walk there."""

    people: tuple[uuid.UUID, ...]
    pieces: list[_Piece]

    @property
    def minutes(self) -> float:
        return sum(piece.minutes for piece in self.pieces)


def share_out(
    stops: Sequence[Stop], people: Sequence[uuid.UUID], kept: Mapping[uuid.UUID, Sequence[Stop]] | None = None
) -> SharedOut:
    """Give every stop to one of the people; the same input always gives the same answer.

    ``kept`` is what people have already and keep, by person: the stops come on top, and even out what they have.
    With nobody to share among, every stop is one that nobody may walk.
    """
    team = sorted(dict.fromkeys(people))
    have = {person: tuple(kept.get(person, ())) if kept else () for person in team}
    open_to_some = [stop for stop in stops if not stop.barred.issuperset(team)]
    nobody_may = tuple(stop for stop in stops if stop.barred.issuperset(team))
    fair = (_minutes(open_to_some) + sum(map(_minutes, have.values()))) / len(team) if team else 0.0
    pieces = _pieces(open_to_some, fair)
    given: dict[uuid.UUID, list[Stop]] = {person: [] for person in team}
    moved = 0
    if pieces:
        base = {person: _minutes(stops_had) for person, stops_had in have.items()}
        for person, stretch in _handed_out(pieces, base):
            given[person] += stretch
        moved = _hand_over(given, base)
    order = {stop.door_id: rank for rank, stop in enumerate(stops)}
    parts = tuple(
        Part(person, (*have[person], *sorted(given[person], key=lambda stop: order[stop.door_id]))) for person in team
    )
    return SharedOut(parts, nobody_may, moved, max((piece.minutes for piece in pieces), default=0.0))


def fitting(
    stops: Sequence[Stop], urgent: Iterable[uuid.UUID], minutes: float, *, between: float = 0.0
) -> tuple[list[Stop], list[Stop]]:
    """What one person can walk in ``minutes``, and what is left for another time, both in walking order.

    Stairwells with urgent doors (agreed times, overdue ones) come first, then the walk from its beginning until the
    time is full; stairwells are taken whole, and each building costs ``between`` minutes to get to. Of an urgent
    stairwell that no longer fits the urgent doors are taken.
    """
    first = set(urgent)
    pieces = sorted(_pieces(stops, minutes - between), key=lambda piece: not _hold(piece, first))
    taken: set[uuid.UUID] = set()
    entered: set[str] = set()
    left = minutes
    for piece in pieces:
        way = 0.0 if piece.building in entered else between
        urgently = [stop for stop in piece.stops if stop.door_id in first]
        if piece.minutes + way > left and not urgently:
            break
        for stop in piece.stops if piece.minutes + way <= left else urgently:
            if stop.minutes + way > left:
                continue
            left -= stop.minutes + way
            way = 0.0
            entered.add(piece.building)
            taken.add(stop.door_id)
    return [s for s in stops if s.door_id in taken], [s for s in stops if s.door_id not in taken]


def _hold(piece: _Piece, doors: set[uuid.UUID]) -> bool:
    return any(stop.door_id in doors for stop in piece.stops)


def _minutes(stops: Iterable[Stop]) -> float:
    return sum(stop.minutes for stop in stops)


def _pieces(stops: Sequence[Stop], fair: float) -> list[_Piece]:
    """Stairwells; one longer than a fair share is cut into its doors."""
    found = []
    for (building, _unit), doors in groupby(stops, key=lambda stop: (stop.building, stop.unit)):
        stairwell = tuple(doors)
        whole = _minutes(stairwell)
        if whole <= fair:
            found.append(_Piece(stairwell, building, whole))
        else:
            found += [_Piece((stop,), building, stop.minutes) for stop in stairwell]
    return found


def _handed_out(pieces: Sequence[_Piece], base: Mapping[uuid.UUID, float]) -> list[tuple[uuid.UUID, list[Stop]]]:
    """Stretches and who walks them."""
    areas = _areas(pieces, sorted(base))
    if len(areas) > 1 or len(areas[0].people) < len(base):
        return _by_area(areas, base)
    if any(base.values()):
        # Who has least so far comes first: the longest stretch is theirs.
        people = sorted(base, key=lambda person: (base[person], person))
        stretches = _stretches(pieces, [base[person] for person in people])
        return list(zip(people, stretches, strict=True))
    stretches = _stretches(pieces, [0.0] * len(base))
    return list(zip(_matched(stretches, sorted(base)), stretches, strict=True))


def _areas(pieces: Sequence[_Piece], team: Sequence[uuid.UUID]) -> list[_Area]:
    """Neighbouring pieces that the same people may walk: who is barred from all of a compound has no part in it."""
    found: list[_Area] = []
    for _name, group in groupby(pieces, key=lambda piece: piece.stops[0].area):
        there = list(group)
        barred = frozenset(team).intersection(*(stop.barred for piece in there for stop in piece.stops))
        people = tuple(person for person in team if person not in barred)
        if found and found[-1].people == people:
            found[-1].pieces.extend(there)
        else:
            found.append(_Area(people, there))
    return found


def _by_area(areas: Sequence[_Area], base: Mapping[uuid.UUID, float]) -> list[tuple[uuid.UUID, list[Stop]]]:
    """Where not everybody may walk everywhere: each area is cut among those who may, so that over all areas people come
    out even.

    How much of each area is whose is found by filling up, area by area, whoever has least elsewhere, until nothing
    changes (block coordinate descent on the sum of squares, which is convex); then the areas are cut at pieces.
    """
    whose = [dict.fromkeys(area.people, area.minutes / len(area.people)) for area in areas]

    def elsewhere(at: int) -> dict[uuid.UUID, float]:
        others = [held for number, held in enumerate(whose) if number != at]
        return {one: base[one] + sum(held.get(one, 0.0) for held in others) for one in areas[at].people}

    for _round in range(_ROUNDS):
        for at, area in enumerate(areas):
            whose[at] = _filled_up(area.minutes, elsewhere(at))
    handed: list[tuple[uuid.UUID, list[Stop]]] = []
    for at, area in enumerate(areas):
        loads = elsewhere(at)
        people = sorted(loads, key=lambda person: (loads[person], person))
        stretches = _stretches(area.pieces, [loads[person] for person in people], bounded=False)
        whose[at] = dict(zip(people, map(_minutes, stretches), strict=True))
        handed += zip(people, stretches, strict=True)
    return handed


def _filled_up(minutes: float, levels: Mapping[uuid.UUID, float]) -> dict[uuid.UUID, float]:
    """Minutes poured onto levels, the lowest first: how many each gets so that as many as possible are level."""
    rising = sorted(levels.values())
    level = next(
        height
        for count in range(1, len(rising) + 1)
        if count == len(rising) or (minutes + sum(rising[:count])) / count <= rising[count]
        for height in [(minutes + sum(rising[:count])) / count]
    )
    return {person: max(level - had, 0.0) for person, had in levels.items()}


def _stretches(pieces: Sequence[_Piece], base: Sequence[float], *, bounded: bool = True) -> list[list[Stop]]:
    cuts = _cuts(pieces, base, bound=None)
    if bounded and not any(base):
        cuts = _cuts(pieces, base, bound=_bound(pieces, cuts))
    return [[stop for piece in pieces[lo:hi] for stop in piece.stops] for lo, hi in pairwise(cuts)]


def _bound(pieces: Sequence[_Piece], cuts: Sequence[int]) -> tuple[float, float]:
    """Least and most minutes of a stretch, as far apart as the longest piece, between which all stretches can lie.

    The cuts with the least squares nearly always do lie so. Otherwise the shortest stretch is a run of pieces like any
    other, so one of the runs tried says how short it is.
    """
    sums = _sums(pieces)
    longest = max(piece.minutes for piece in pieces)
    loads = [sums[hi] - sums[lo] for lo, hi in pairwise(cuts)]
    if max(loads) - min(loads) <= longest:
        return max(loads) - longest, max(loads)
    fair = sums[-1] / len(loads)
    runs = {hi - lo for at, lo in enumerate(sums) for hi in sums[at:] if fair - longest <= hi - lo <= fair}
    for least in sorted(runs, key=lambda least: (abs(least - fair + longest / 2), least)):
        if _can_lie(sums, len(loads), least - _EPSILON, least + longest + _EPSILON):
            return least, least + longest
    raise AssertionError("the theorem promises such cuts")


def _can_lie(sums: Sequence[float], stretches: int, least: float, most: float) -> bool:
    """Whether the walk can be cut into stretches that all last between ``least`` and ``most``."""
    reached = {0}
    for _stretch in range(stretches):
        reached = {
            end
            for start in reached
            for end in range(bisect_left(sums, sums[start] + least), bisect_right(sums, sums[start] + most))
            if end >= start
        }
    return len(sums) - 1 in reached


def _sums(pieces: Sequence[_Piece]) -> list[float]:
    """Minutes from the beginning of the walk to each place where it can be cut."""
    return [0.0, *accumulate(piece.minutes for piece in pieces)]


def _cuts(pieces: Sequence[_Piece], base: Sequence[float], bound: tuple[float, float] | None) -> list[int]:
    """Where to cut, from 0 to the number of pieces: least sum of squared loads; with a ``bound`` on every load,
    fewest buildings cut through, then least squares.
    """
    sums = _sums(pieces)
    inside = [0 < at < len(pieces) and pieces[at - 1].building == pieces[at].building for at in range(len(sums))]
    best: list[tuple[int, float] | None] = [(0, 0.0)] + [None] * len(pieces)
    came: list[list[int]] = []
    for load in base:
        following: list[tuple[int, float] | None] = [None] * len(sums)
        origin = [0] * len(sums)
        for end in range(len(sums)):
            for start in range(end, -1, -1):
                part = load + sums[end] - sums[start]
                if bound and part > bound[1] + _EPSILON:
                    break
                so_far = best[start]
                if so_far is None or (bound and part < bound[0] - _EPSILON):
                    continue
                cost = (so_far[0] + (inside[end] if bound else 0), so_far[1] + part * part)
                known = following[end]
                if known is None or cost < known:
                    following[end], origin[end] = cost, start
        best = following
        came.append(origin)
    cuts = [len(pieces)]
    for origin in reversed(came):
        cuts.append(origin[cuts[-1]])
    return cuts[::-1]


def _matched(stretches: Sequence[Sequence[Stop]], people: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Who walks which stretch, so that as few minutes as possible lie at doors they are barred from."""
    costs = [
        {person: _minutes(stop for stop in stretch if person in stop.barred) for person in people}
        for stretch in stretches
    ]
    if len(people) > _TRIED_ALL_WAYS:
        left, chosen = list(people), []
        for cost in costs:
            chosen.append(min(left, key=lambda person: (cost[person], left.index(person))))
            left.remove(chosen[-1])
        return chosen
    # Every set of people and how the first stretches are best handed to them.
    best: dict[frozenset[uuid.UUID], tuple[float, list[uuid.UUID]]] = {frozenset(): (0.0, [])}
    for cost in costs:
        following: dict[frozenset[uuid.UUID], tuple[float, list[uuid.UUID]]] = {}
        for used, (total, chosen) in best.items():
            for person in people:
                if person in used:
                    continue
                candidate = (total + cost[person], [*chosen, person])
                key = used | {person}
                if key not in following or candidate < following[key]:
                    following[key] = candidate
        best = following
    return best[frozenset(people)][1]


def _hand_over(given: dict[uuid.UUID, list[Stop]], base: Mapping[uuid.UUID, float]) -> int:
    """Take the doors from those who are barred from them, a stairwell at a time, to whoever has least."""
    loads = {person: base[person] + _minutes(stops) for person, stops in given.items()}
    taken: dict[tuple[str, str, frozenset[uuid.UUID]], list[Stop]] = defaultdict(list)
    for person in sorted(given):
        for stop in [stop for stop in given[person] if person in stop.barred]:
            given[person].remove(stop)
            loads[person] -= stop.minutes
            taken[stop.building, stop.unit, stop.barred].append(stop)
    for (_building, _unit, barred), stops in taken.items():
        may = [person for person in sorted(given) if person not in barred]
        person = min(may, key=lambda one: loads[one])
        given[person] += stops
        loads[person] += _minutes(stops)
    return sum(map(len, taken.values()))
