"""Writing measures: order, renew, lift; and what the catalogue says."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from firstline.kernel import changes, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.response.errors import EmergencyOver
from firstline.response.levels.selectors import level_of
from firstline.response.measures import kinds
from firstline.response.measures.catalogue import county_of
from firstline.response.measures.days import end_of, last_day
from firstline.response.measures.errors import MeasureDatesWrong, MeasureEndMissing, MeasureOver, NothingToRenew
from firstline.response.measures.ordering import Draft, Setting, prepared, refuse_renewer, said, understood
from firstline.response.measures.selectors import locked_order
from firstline.response.measures.standing import changed
from firstline.response.measures.titles import title_of
from firstline.response.models import (
    CatalogueEntry,
    Emergency,
    Level,
    MeasureLifted,
    MeasureOrdered,
    MeasureRenewed,
)

_LONGEST_DAYS = 366


@action("response.order_measure")
def order_measure(
    actor: Actor,
    *,
    emergency_id: uuid.UUID,
    draft: Draft,
    from_at: datetime | None = None,
    instead_of: uuid.UUID | None = None,
) -> MeasureOrdered:
    """Order a measure from a moment on, past or to come (default: now); ``instead_of`` ends as it begins.

    Raises EmergencyOver, NotFound, and what is wrong about the measure (``ordering.prepared``).
    """
    emergency = Emergency.objects.select_for_update().filter(pk=emergency_id).first()
    if emergency is None:
        raise NotFound
    begins = from_at or clock.now()
    if level_of(emergency, max(begins, clock.now())) is None:
        raise EmergencyOver
    level = None
    replaced = []
    if instead_of is not None:
        old, stands = locked_order(actor, instead_of, needs="response.lift_measure")
        if old.emergency_id != emergency.pk or (stands.lifted_at is not None and stands.lifted_at <= begins):
            raise MeasureOver
        level = old.level
        replaced = [_lifting(actor, old, max(begins, old.from_at))]
    setting = Setting(actor, emergency, begins, level, frozenset(one.order_id for one in replaced))
    order = prepared(setting, draft)
    order.save(force_insert=True)
    MeasureLifted.objects.bulk_create(replaced)
    changed()
    changes.touch([order.path])
    ledger.record(path=order.path, subject=order, after=dict(said([order])[0]))
    return order


@action("response.renew_measure")
def renew_measure(
    actor: Actor, *, order_id: uuid.UUID, until: date, document_number: str = "", renewer_id: uuid.UUID | None = None
) -> MeasureRenewed:
    """Let a measure go on until the end of a later day; ``renewer_id`` must renew it next (default: as before).

    Raises MeasureOver (lapsed or lifted: order it anew), NothingToRenew, MeasureRenewerMissing, NotFound.
    """
    row, order = locked_order(actor, order_id, needs="response.renew_measure")
    if order.until_at is None or end_of(until) <= order.until_at:
        raise NothingToRenew
    if order.ends_at is not None and order.ends_at <= clock.now():
        raise MeasureOver
    next_one = renewer_id or row.renewer_id
    if row.restricts:
        refuse_renewer(title_of(row.kind, order.parameters), next_one, row.authority)
    renewal = MeasureRenewed.objects.create(
        path=row.path,
        order=row,
        until_at=end_of(until),
        document_number=document_number.strip(),
        renewer_id=next_one,
        by_person_id=actor.person_id,
    )
    changed()
    changes.touch([row.path])
    ledger.record(
        path=row.path,
        subject=row,
        before={"kind": row.kind, "last_day": last_day(order.until_at).isoformat()},
        after={"kind": row.kind, "last_day": until.isoformat(), "document_number": renewal.document_number},
    )
    return renewal


@action("response.lift_measure")
def lift_measure(actor: Actor, *, order_id: uuid.UUID, from_at: datetime | None = None) -> MeasureLifted:
    """End a measure at a moment (default: now); one that has not begun never holds.

    One that lapsed is let go by this: nobody is asked to renew it any more. Raises MeasureOver, MeasureDatesWrong,
    NotFound.
    """
    row, order = locked_order(actor, order_id, needs="response.lift_measure")
    at = max(from_at or clock.now(), row.from_at)
    if order.lifted_at is not None and order.lifted_at <= at:
        raise MeasureOver
    if at > clock.now() and order.until_at is not None and at >= order.until_at:
        raise MeasureDatesWrong(measure=title_of(row.kind, order.parameters))
    lifted = _lifting(actor, row, at)
    lifted.save(force_insert=True)
    changed()
    changes.touch([row.path])
    ledger.record(path=row.path, subject=row, after={"kind": row.kind, "lifted_at": at.isoformat()})
    return lifted


@action("response.change_catalogue")
def change_catalogue(
    actor: Actor,
    *,
    path: str,
    level: Level,
    kind: str,
    parameters: Mapping[str, Any],
    switched_on: bool,
    days: int,
) -> CatalogueEntry:
    """Say what a level switches on in a county from now on; what stands already is not changed by it.

    Raises MeasureNotUnderstood, MeasureEndMissing (it restricts people without an end), NotFound.
    """
    asked = understood(kind, parameters)
    if path != county_of(path) or not actor.may("response.change_catalogue", path):
        raise NotFound
    if not 0 <= days <= _LONGEST_DAYS or (kinds.restricts(kind, asked) and days == 0):
        raise MeasureEndMissing(measure=title_of(kind, asked))
    entry = CatalogueEntry.objects.create(
        path=path,
        level=Level(level),
        kind=kind,
        parameters=msgspec.to_builtins(asked),
        switched_on=switched_on,
        days=days,
        by_person_id=actor.person_id,
    )
    ledger.record(
        path=path,
        subject=entry,
        after={"level": int(level), "kind": kind, "parameters": entry.parameters, "switched_on": switched_on},
    )
    return entry


def _lifting(actor: Actor, order: MeasureOrdered, at: datetime) -> MeasureLifted:
    return MeasureLifted(path=order.path, order=order, from_at=at, by_person_id=actor.person_id)
