"""Which measures hold at a place: the one question other apps ask.

All emergencies in force over the place count, and the orders for every place above it; beginning and end are judged at
the moment asked about, not when the facts were read.
"""

from dataclasses import replace
from datetime import datetime

from firstline.kernel import clock
from firstline.kernel.paths import ancestors
from firstline.response.measures import combining
from firstline.response.measures.combining import Held
from firstline.response.measures.days import minute_of
from firstline.response.measures.kinds import FREE, KINDS, Curfew
from firstline.response.measures.standing import Standing, standing

__all__ = ["Held", "measure_in_force", "measures_at"]


def measure_in_force(kind: str, place: str, at: datetime | None = None) -> Held | None:
    """What holds of a kind (``kinds.KINDS``, but not ``free``) at a place at a moment (default: now); None: nothing.

    A curfew is found at any hour of the days for which it is ordered; ``active`` says whether it is its hour.
    """
    moment = at or clock.now()
    found = combining.held(kind, standing().orders_at(ancestors(place), moment, kind))
    return _by_the_hour(found, moment) if found else None


def measures_at(place: str, at: datetime | None = None, among: Standing | None = None) -> list[Held]:
    """All that hold there, in the order of the kinds; what an officer worded comes last, each by itself.

    ``among`` is what stands, for whoever has asked already and is in no scope that would keep it.
    """
    moment = at or clock.now()
    by_kind: dict[str, list[combining.Order]] = {}
    for order in (among or standing()).orders_at(ancestors(place), moment):
        by_kind.setdefault(order.kind, []).append(order)
    named = [combining.held(kind, by_kind[kind]) for kind in KINDS if kind in by_kind and kind != FREE]
    free = combining.held_in_free_words(by_kind.get(FREE, []))
    return [_by_the_hour(one, moment) for one in (*named, *free) if one is not None]


def _by_the_hour(found: Held, at: datetime) -> Held:
    if not isinstance(found.parameters, Curfew):
        return found
    return replace(found, active=found.parameters.holds_at(minute_of(at)))
