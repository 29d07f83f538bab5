"""When a gap climbs from the village to the township and the county: pure, so that any past moment can be asked again.

A gap's clock runs from the moment it fell due, and stands while somebody has taken it. When it has run for as long as
the rules grant a tier, the gap is the next tier's to answer too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

VILLAGE, TOWNSHIP, COUNTY = 1, 2, 3

# How long the paths of a township and of a community are.
TOWNSHIP_LENGTH, COMMUNITY_LENGTH = 9, 12

Taken = tuple[datetime, datetime]


class Band(msgspec.Struct, frozen=True):
    """From which severity on, and how many minutes each tier has before a gap climbs further."""

    severity_from: int
    village_minutes: int
    township_minutes: int

    def minutes_of(self, tier: int) -> int | None:
        """How long a gap stays a tier's alone; None for the county, above which nobody is."""
        return {VILLAGE: self.village_minutes, TOWNSHIP: self.township_minutes}.get(tier)


class Rules(msgspec.Struct, frozen=True):
    """The rules of an emergency. ``bands`` are the gravest first; the last one holds for all the rest.

    ``taken_minutes_at_most``: nobody stops a clock for longer by one word. ``relapse_minutes``: what comes back within
    so long goes on at the tier it had reached.
    """

    bands: tuple[Band, ...] = (Band(80, 60, 180), Band(60, 240, 720), Band(0, 1440, 2880))
    taken_minutes_at_most: int = 24 * 60
    relapse_minutes: int = 72 * 60

    def band_of(self, severity: int) -> Band:
        return next((band for band in self.bands if severity >= band.severity_from), self.bands[-1])


def tier_at(opened_at: datetime, first_tier: int, band: Band, taken: Iterable[Taken], at: datetime) -> int:
    """The tier that a gap had reached at a moment.

    ``taken`` are the stretches in which somebody had it, with the ends that were known at ``at``.
    """
    spans, tier = merged(taken), first_tier
    while (climbs := climb_from(opened_at, first_tier, tier, band, spans)) is not None and climbs <= at:
        tier += 1
    return tier


def climb_from(opened_at: datetime, first_tier: int, tier: int, band: Band, taken: Sequence[Taken]) -> datetime | None:
    """When a gap that has reached ``tier`` climbs further; None at the top. ``taken`` as ``merged`` returns it."""
    if band.minutes_of(tier) is None:
        return None
    minutes = sum(band.minutes_of(one) or 0 for one in range(first_tier, tier + 1))
    return _run(opened_at, timedelta(minutes=minutes), taken)


def merged(taken: Iterable[Taken]) -> list[Taken]:
    """Stretches in order, those that touch or overlap made one, empty ones left out."""
    found: list[Taken] = []
    for begin, end in sorted(taken):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _run(start: datetime, length: timedelta, standing: Sequence[Taken]) -> datetime:
    """When a clock begun at ``start`` has run for ``length``, if it stands during ``standing``."""
    at, left = start, length
    for begin, end in standing:
        if end <= at:
            continue
        if begin > at:
            if begin - at >= left:
                break
            left -= begin - at
        at = end
    return at + left


def level_of(path: str) -> int:
    """Which of the three levels whoever stands at a place works at (1..3)."""
    if len(path) < TOWNSHIP_LENGTH:
        return COUNTY
    return TOWNSHIP if len(path) < COMMUNITY_LENGTH else VILLAGE
