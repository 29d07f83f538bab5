"""How orders come to stand: what is wrong about one is said before anything is written. For actions."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from firstline.accounts.selectors import actor_of_person
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import ancestors, subtree
from firstline.places.selectors import names_at
from firstline.response.levels.history import Step
from firstline.response.measures import kinds
from firstline.response.measures.combining import Order, laxer_than
from firstline.response.measures.days import end_of
from firstline.response.measures.errors import (
    MeasureBasisMissing,
    MeasureDatesWrong,
    MeasureEndMissing,
    MeasureEndPast,
    MeasureLaxer,
    MeasureNotUnderstood,
    MeasureRenewerMissing,
)
from firstline.response.measures.kinds import Parameters
from firstline.response.measures.standing import standing
from firstline.response.measures.titles import title_of
from firstline.response.models import Emergency, LevelDeclared, MeasureLifted, MeasureOrdered

ORDER, RENEW, DECLARE = "response.order_measure", "response.renew_measure", "response.declare"


@dataclass(frozen=True, slots=True)
class Draft:
    """A measure as an officer words it. ``until`` is its last day there, included; ``path`` "" is all the emergency's.

    A basis or a document left empty is that of the change of level it hangs on.
    """

    kind: str
    parameters: Mapping[str, Any]
    until: date | None = None
    renewer_id: uuid.UUID | None = None
    legal_basis: str = ""
    document_number: str = ""
    laxer_allowed: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What orders given together have in common."""

    actor: Actor
    emergency: Emergency
    from_at: datetime
    level: LevelDeclared | None = None
    # Orders that end as these begin: they are not measured against them.
    instead_of: frozenset[uuid.UUID] = frozenset()


def prepared(setting: Setting, draft: Draft) -> MeasureOrdered:
    """An order ready to be written.

    Raises MeasureNotUnderstood, MeasureBasisMissing, MeasureEndMissing, MeasureEndPast, MeasureRenewerMissing,
    MeasureDatesWrong, MeasureLaxer, NotFound (outside of the emergency or of the actor's places).
    """
    parameters = understood(draft.kind, draft.parameters)
    named = title_of(draft.kind, parameters)
    path = draft.path or setting.emergency.path
    if path not in subtree(setting.emergency.path) or not names_at([path]):
        raise NotFound
    row = MeasureOrdered(
        path=path,
        emergency=setting.emergency,
        level=setting.level,
        authority=authority_of(setting.actor, path, setting.emergency),
        kind=draft.kind,
        parameters=msgspec.to_builtins(parameters),
        from_at=setting.from_at,
        until_at=end_of(draft.until) if draft.until else None,
        legal_basis=draft.legal_basis.strip() or (setting.level.legal_basis if setting.level else ""),
        document_number=draft.document_number.strip() or (setting.level.document_number if setting.level else ""),
        renewer_id=draft.renewer_id,
        laxer_allowed=draft.laxer_allowed and setting.actor.may(DECLARE, path),
        restricts=kinds.restricts(draft.kind, parameters),
        by_person_id=setting.actor.person_id,
    )
    _refuse_unfounded(row, named)
    _refuse_laxer(row, parameters, setting)
    return row


def take_back_hanging(actor: Actor, emergency: Emergency, level: LevelDeclared) -> list[MeasureLifted]:
    """Facts, not written yet, by which a change of level ends what hung on the changes before it."""
    return [
        MeasureLifted(
            path=order.path,
            order_id=order.id,
            level=level,
            from_at=max(order.from_at, level.from_at),
            by_person_id=actor.person_id,
        )
        for order in hanging_on(emergency, level.from_at)
    ]


def hanging_on(emergency: Emergency, at: datetime) -> list[Order]:
    """The orders that hang on a level of the emergency and have not ended by a moment."""
    return [
        order
        for order in of_emergency(emergency.pk)
        if order.level_id is not None and (order.ends_at is None or order.ends_at > at)
    ]


def of_emergency(emergency_id: uuid.UUID) -> list[Order]:
    """All orders of an emergency, past ones too."""
    return [order for those in standing().orders.values() for order in those if order.emergency_id == emergency_id]


def authority_of(actor: Actor, path: str, emergency: Emergency) -> str:
    """The place whose office orders: the actor's own, but none above the emergency. Raises NotFound or Forbidden."""
    actor.require(ORDER, path)
    widest = min((one.lo for one in actor.ranges(ORDER) if path in one), key=len)
    return max(widest, emergency.path, key=len)


def understood(kind: str, written: Mapping[str, Any]) -> Parameters:
    """Parameters as somebody gives them. Raises MeasureNotUnderstood."""
    try:
        return kinds.read(kind, written)
    except (ValueError, TypeError) as problem:
        raise MeasureNotUnderstood(measure=title_of(kind)) from problem


def refuse_renewer(named: str, renewer_id: uuid.UUID | None, authority: str) -> None:
    """Raise MeasureRenewerMissing unless somebody is named who may renew what an office ordered."""
    if renewer_id is None or not actor_of_person(renewer_id).may(RENEW, authority):
        raise MeasureRenewerMissing(measure=named)


def _refuse_unfounded(row: MeasureOrdered, named: str) -> None:
    if row.restricts and not row.legal_basis:
        raise MeasureBasisMissing(measure=named)
    if row.restricts and row.until_at is None:
        raise MeasureEndMissing(measure=named)
    if row.until_at is not None and row.until_at <= clock.now():
        raise MeasureEndPast(measure=named)
    if row.until_at is not None and row.until_at <= row.from_at:
        raise MeasureDatesWrong(measure=named)
    if row.level is None and row.from_at < first_step(row.emergency).from_at:
        raise MeasureDatesWrong(measure=named)
    if row.restricts or row.renewer_id is not None:
        refuse_renewer(named, row.renewer_id, row.authority)


def _refuse_laxer(row: MeasureOrdered, parameters: Parameters, setting: Setting) -> None:
    found = standing()
    at = max(row.from_at, clock.now())
    above = [
        order
        for path in ancestors(row.path)
        for order in found.orders.get(path, ())
        if order.kind == row.kind
        and order.id not in setting.instead_of
        and order.overlaps(row.from_at, row.until_at)
        and found.level_of(order.emergency_id, at) is not None
    ]
    if (stricter := laxer_than(row.kind, parameters, above, setting.emergency.pk)) is not None:
        place = names_at([stricter.path]).get(stricter.path, stricter.path)
        raise MeasureLaxer(measure=title_of(row.kind, parameters), place=place)


def first_step(emergency: Emergency) -> Step:
    """The declaration of an emergency."""
    return standing().steps[emergency.pk][0]


def said(orders: Iterable[MeasureOrdered]) -> Sequence[Mapping[str, Any]]:
    """Orders as the ledger keeps them."""
    return [
        {
            "kind": order.kind,
            "parameters": order.parameters,
            "from_at": order.from_at.isoformat(),
            "until_at": order.until_at.isoformat() if order.until_at else None,
            "legal_basis": order.legal_basis,
            "document_number": order.document_number,
            "laxer_allowed": order.laxer_allowed,
        }
        for order in orders
    ]
