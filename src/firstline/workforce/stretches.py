"""From signs to stretches of duty. Somebody is at one place at a time, and nobody works longer than a double shift."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from firstline.kernel.clock import Precision
from firstline.workforce.models import DutySign, Step

# After that a sign-out is taken to have been forgotten, and the stretch to have ended.
LONGEST = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Duty at a place from a sign-in on. ``until`` is None while it goes on.

    ``forgotten``: nobody signed out within LONGEST. ``doubted``: a clock was not believed, so its length says little.
    """

    opened: DutySign
    until: datetime | None
    forgotten: bool = False
    doubted: bool = False

    def within(self, since: datetime, now: datetime) -> timedelta:
        """How much of it lies between two moments."""
        return max(min(self.until or now, now) - max(self.opened.happened_at, since), timedelta())


def stretches(signs: Iterable[DutySign], now: datetime) -> list[Stretch]:
    """The stretches of one person, oldest first. A sign-in elsewhere ends the one before; a sign-out with nothing to
    end says nothing.
    """
    found: list[Stretch] = []
    opened: DutySign | None = None
    for sign in sorted(signs, key=lambda one: (one.happened_at, one.pk)):
        if opened is not None:
            found.append(_ended(opened, sign.happened_at, sign, now))
        opened = sign if sign.step == Step.IN else None
    if opened is not None:
        found.append(_ended(opened, None, None, now))
    return found


def _ended(opened: DutySign, at: datetime | None, by: DutySign | None, now: datetime) -> Stretch:
    latest = opened.happened_at + LONGEST
    doubted = any(sign is not None and sign.happened_precision != Precision.MINUTE for sign in (opened, by))
    if (at or now) > latest:
        return Stretch(opened, latest, forgotten=True, doubted=doubted)
    return Stretch(opened, at, doubted=doubted)
