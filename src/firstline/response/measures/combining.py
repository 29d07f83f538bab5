"""What several orders of one kind add up to at a place: the strictest wins, unless a wider one allowed less. Pure."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from firstline.response.measures.kinds import FREE, Parameters, as_strict, stricter_of


@dataclass(frozen=True, slots=True)
class Order:
    """A measure as it stands with its renewals and its lifting: from ``from_at`` until ``until_at`` (excluded)."""

    id: uuid.UUID
    emergency_id: uuid.UUID
    level_id: uuid.UUID | None
    path: str
    authority: str
    kind: str
    parameters: Parameters
    from_at: datetime
    # The moment it lapses unless renewed; and the one at which it was lifted, whichever way.
    until_at: datetime | None
    lifted_at: datetime | None
    legal_basis: str
    document_number: str
    renewer_id: uuid.UUID | None
    laxer_allowed: bool
    restricts: bool
    by_id: uuid.UUID
    recorded_at: datetime

    @property
    def ends_at(self) -> datetime | None:
        """When it ends as things stand: lifted or lapsed, whichever comes first."""
        return min((end for end in (self.until_at, self.lifted_at) if end is not None), default=None)

    def holds(self, at: datetime) -> bool:
        """Whether it stands at a moment, whatever becomes of its emergency."""
        ends = self.ends_at
        return self.from_at <= at and (ends is None or at < ends)

    def overlaps(self, begin: datetime, end: datetime | None) -> bool:
        """Whether it stands at some moment between the two."""
        ends = self.ends_at
        return (end is None or self.from_at < end) and (ends is None or (begin < ends and self.from_at < ends))


@dataclass(frozen=True, slots=True)
class Held:
    """A measure that holds at a place, with all orders it follows from.

    ``order`` is the one to name: it asks all that is asked, or most of it. ``until`` is when the last of the orders
    ends (None: open); ``unchanged_until`` is when the first of them does, from which less may be asked. ``active`` is
    false only in the hours of the day that a curfew leaves free.
    """

    kind: str
    parameters: Parameters
    order: Order
    orders: tuple[Order, ...]
    since: datetime
    until: datetime | None
    unchanged_until: datetime | None
    active: bool = field(default=True)

    @property
    def emergency_id(self) -> uuid.UUID:
        return self.order.emergency_id

    @property
    def path(self) -> str:
        """The place for which it was ordered."""
        return self.order.path

    @property
    def why(self) -> str:
        """The legal basis and the document it was ordered by."""
        return " ".join(part for part in (self.order.legal_basis, self.order.document_number) if part)


def binding(orders: Iterable[Order]) -> list[Order]:
    """Those of one kind that count at a place, the widest first.

    An order that allows less below gives way to any order of the same emergency for a smaller place.
    """
    found = sorted(orders, key=lambda order: (len(order.path), order.from_at, order.id))
    return [order for order in found if not (order.laxer_allowed and any(_in_its_stead(one, order) for one in found))]


def held(kind: str, orders: Iterable[Order]) -> Held | None:
    """What orders of one kind, all standing, add up to; None of none. Not for measures in free words."""
    counting = binding(orders)
    if not counting:
        return None
    parameters = counting[0].parameters
    for order in counting[1:]:
        parameters = stricter_of(kind, parameters, order.parameters)
    return _held(kind, parameters, counting)


def held_in_free_words(orders: Iterable[Order]) -> list[Held]:
    """Each by itself, but those of equal words once."""
    alike: dict[Parameters, list[Order]] = {}
    for order in sorted(orders, key=lambda order: (len(order.path), order.from_at, order.id)):
        alike.setdefault(order.parameters, []).append(order)
    return [_held(FREE, words, those) for words, those in alike.items()]


def laxer_than(kind: str, parameters: Parameters, above: Sequence[Order], emergency_id: uuid.UUID) -> Order | None:
    """The order of a wider place, or of the same, beside which these parameters would ask less; None: it may stand."""
    for order in above:
        free = order.laxer_allowed and order.emergency_id == emergency_id
        if kind != FREE and not free and not as_strict(kind, parameters, order.parameters):
            return order
    return None


def _in_its_stead(one: Order, order: Order) -> bool:
    return len(one.path) > len(order.path) and one.emergency_id == order.emergency_id


def _held(kind: str, parameters: Parameters, counting: Sequence[Order]) -> Held:
    ends = [order.ends_at for order in counting]
    known = [end for end in ends if end is not None]
    named = next((order for order in counting if order.parameters == parameters), counting[0])
    return Held(
        kind=kind,
        parameters=parameters,
        order=named,
        orders=tuple(counting),
        since=min(order.from_at for order in counting),
        until=max(known) if len(known) == len(ends) else None,
        unchanged_until=min(known, default=None),
    )
