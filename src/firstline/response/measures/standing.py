"""Levels and measures as they stand, kept in the process as long as nobody changed them.

A row holds a random value, another one after every change, written in the change's own transaction. What was read
under a value is good wherever that value stands: a change undone brings the old value back, and the value of a change
that was undone stands nowhere again. So no process shows what is no more, and none asks the facts twice.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from django.db.models import Max, Min, Q, QuerySet

from firstline.kernel import prepared, scope
from firstline.response.levels.history import Step, in_order, level_then
from firstline.response.measures.combining import Order
from firstline.response.measures.kinds import read
from firstline.response.models import Change, Level, LevelDeclared, MeasureOrdered, RulesVersion

_MEMO = "response.standing"
VERSION = "response.rules_version"
_STANDS_NOW = "SELECT value FROM response_rulesversion"


@dataclass(frozen=True, slots=True)
class Standing:
    """All levels and measures of this installation, past ones too."""

    steps: Mapping[uuid.UUID, tuple[Step, ...]] = field(default_factory=dict)
    # Both by the place they were declared or ordered for.
    emergencies: Mapping[str, tuple[uuid.UUID, ...]] = field(default_factory=dict)
    orders: Mapping[str, tuple[Order, ...]] = field(default_factory=dict)

    def level_of(self, emergency_id: uuid.UUID, at: datetime) -> Level | None:
        """The level of an emergency at a moment; None before it and after it."""
        return level_then(self.steps.get(emergency_id, ()), at)

    def levels_at(self, line: Iterable[str], at: datetime) -> list[Level]:
        """The levels of all emergencies over a place at a moment; ``line`` are its paths from the top."""
        found = (self.level_of(one, at) for path in line for one in self.emergencies.get(path, ()))
        return [level for level in found if level is not None]

    def orders_at(self, line: Iterable[str], at: datetime, kind: str = "") -> list[Order]:
        """The orders that hold at a place at a moment, of one kind or of all."""
        return [
            order
            for path in line
            for order in self.orders.get(path, ())
            if (not kind or order.kind == kind)
            and order.holds(at)
            and self.level_of(order.emergency_id, at) is not None
        ]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read, and the value that stood then."""

    version: uuid.UUID
    standing: Standing


# Replaced as a whole, never changed: a thread sees one or the other.
_kept: Kept | None = None


def standing() -> Standing:
    """What stands now, in the eyes of the running transaction.

    A scope knows the version from its beginning; after a change in it, and outside of scopes, it is asked, one
    prepared statement.
    """
    memo = scope.memo()
    if _MEMO not in memo:
        memo[_MEMO] = found = _standing()
        return found
    return cast("Standing", memo[_MEMO])


def changed() -> None:
    """Say that levels or measures are others now; in the transaction that changes them, after each change."""
    RulesVersion.objects.bulk_create(
        [RulesVersion(value=uuid.uuid4())], update_conflicts=True, unique_fields=["id"], update_fields=["value"]
    )
    scope.memo().pop(_MEMO, None)
    scope.along().pop(VERSION, None)


def read_version_along() -> None:
    """Let every scope know the value that stands from its beginning; called in ``ready()``."""
    scope.read_along(VERSION, f"({_STANDS_NOW})")


def kept() -> Kept | None:
    """What this process keeps."""
    return _kept


def keep(known: Kept | None) -> None:
    """Keep what was read before, or nothing: for a test whose rows were not written by actions."""
    global _kept  # noqa: PLW0603  # one for the process, as said above
    _kept = known


def version() -> uuid.UUID | None:
    """The value that stands now; None before the first change ever."""
    with prepared.cursor() as cursor:
        cursor.execute(_STANDS_NOW)
        row = cursor.fetchone()
    return row[0] if row else None


def _standing() -> Standing:
    global _kept  # noqa: PLW0603
    known = scope.along()
    stands = cast("uuid.UUID | None", known[VERSION]) if VERSION in known else version()
    if stands is None:
        return Standing()
    found = _kept
    if found is None or found.version != stands:
        _kept = found = Kept(stands, _read())
    return found.standing


def _read() -> Standing:
    steps: dict[uuid.UUID, list[Step]] = {}
    for fact in LevelDeclared.objects.filter(taken_back=None):
        steps.setdefault(fact.emergency_id, []).append(_step(fact))
    emergencies: dict[str, list[uuid.UUID]] = {}
    for emergency_id, those in steps.items():
        emergencies.setdefault(those[0].path, []).append(emergency_id)
    orders: dict[str, list[Order]] = {}
    for fact_ in ordered():
        order = order_of(fact_)
        orders.setdefault(order.path, []).append(order)
    return Standing(
        {emergency_id: in_order(those) for emergency_id, those in steps.items()},
        {path: tuple(those) for path, those in emergencies.items()},
        {path: tuple(those) for path, those in orders.items()},
    )


def ordered() -> "QuerySet[MeasureOrdered]":
    """Every order that does not hang on a change taken back, with ``goes_until`` and ``ends_lifted``."""
    lifted = Q(lifts__level=None) | Q(lifts__level__taken_back=None)
    return (
        MeasureOrdered.objects.filter(Q(level=None) | Q(level__taken_back=None))
        .annotate(goes_until=Max("renewals__until_at"), ends_lifted=Min("lifts__from_at", filter=lifted))
        .order_by("from_at", "id")
    )


def order_of(fact: MeasureOrdered) -> Order:
    """An order, one of ``ordered()``, as it stands."""
    renewed: datetime | None = fact.goes_until  # type: ignore[attr-defined]  # annotated in ``ordered``
    lifted: datetime | None = fact.ends_lifted  # type: ignore[attr-defined]
    return Order(
        id=fact.pk,
        emergency_id=fact.emergency_id,
        level_id=fact.level_id,
        path=fact.path,
        authority=fact.authority,
        kind=fact.kind,
        parameters=read(fact.kind, fact.parameters),
        from_at=fact.from_at,
        until_at=max(fact.until_at, renewed) if fact.until_at and renewed else fact.until_at,
        lifted_at=lifted,
        legal_basis=fact.legal_basis,
        document_number=fact.document_number,
        renewer_id=fact.renewer_id,
        laxer_allowed=fact.laxer_allowed,
        restricts=fact.restricts,
        by_id=fact.by_person_id,
        recorded_at=fact.recorded_at,
    )


def _step(fact: LevelDeclared) -> Step:
    return Step(
        id=fact.pk,
        emergency_id=fact.emergency_id,
        path=fact.path,
        change=Change(fact.change),
        level=Level(fact.level) if fact.level is not None else None,
        from_at=fact.from_at,
        legal_basis=fact.legal_basis,
        document_number=fact.document_number,
        by_id=fact.by_person_id,
        recorded_at=fact.recorded_at,
    )
