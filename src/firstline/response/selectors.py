"""Reading emergencies: the one in force at a place, those in force within places."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db.models import Q

from firstline.kernel import clock, paths, scope
from firstline.kernel.paths import Range, subtree
from firstline.response.errors import EmergencyMissing
from firstline.response.models import Emergency

_MEMO = "response.in_force"


def emergency_at(path: str) -> Emergency:
    """The emergency in force that covers a place. Raises EmergencyMissing.

    There are as many as counties at most, so all are read once and kept for the rest of the scope.
    """
    found = find_emergency(path)
    if found is None:
        raise EmergencyMissing
    return found


def find_emergency(path: str) -> Emergency | None:
    """The same, or None: for pages that can be shown without one."""
    line = set(paths.ancestors(path))
    covering = [emergency for emergency in _in_force() if emergency.path in line]
    return max(covering, key=lambda emergency: len(emergency.path), default=None)


def emergencies_within(within: Iterable[Range]) -> list[tuple[Range, Emergency]]:
    """The emergencies that cover ranges or lie in them, each with the part of the ranges that it covers.

    From above, an emergency of one township is not one of the whole county: its doors are, and no others.
    """
    parts = []
    for one in within:
        if (over := find_emergency(one.lo)) is not None:
            parts.append((one, over))
        else:
            below = [found for found in _in_force() if found.path in one]
            parts += [(subtree(found.path), found) for found in sorted(below, key=lambda found: found.path)]
    return parts


def _in_force() -> list[Emergency]:
    memo = scope.memo()
    if _MEMO not in memo:
        memo[_MEMO] = _read(clock.now())
    return cast("list[Emergency]", memo[_MEMO])


def _read(now: datetime) -> list[Emergency]:
    return list(Emergency.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now), started_at__lte=now))
