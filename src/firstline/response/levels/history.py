"""Which level an emergency had at a moment, by its changes. Pure."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from firstline.response.models import Change, Level


@dataclass(frozen=True, slots=True)
class Step:
    """One change of level that was not taken back; ``level`` is None at the end."""

    id: uuid.UUID
    emergency_id: uuid.UUID
    path: str
    change: Change
    level: Level | None
    from_at: datetime
    legal_basis: str
    document_number: str
    by_id: uuid.UUID
    recorded_at: datetime


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """By the moment from which they hold; at the same moment the one entered later comes later, and so counts."""
    return tuple(sorted(steps, key=lambda step: (step.from_at, step.id)))


def step_at(steps: Sequence[Step], at: datetime) -> Step | None:
    """The last change, of those in order, that holds from ``at`` or earlier; None before the first.

    The end is the last for good, also of changes that were meant for later.
    """
    begun = [step for step in steps if step.from_at <= at]
    ended = next((step for step in begun if step.change == Change.ENDED), None)
    return ended or (begun[-1] if begun else None)


def level_then(steps: Sequence[Step], at: datetime) -> Level | None:
    """The level at a moment; None before the emergency and after it."""
    found = step_at(steps, at)
    return found.level if found else None
