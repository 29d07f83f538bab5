"""How a level comes to be another: the fact, what it takes back and what it switches on. For actions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from firstline.kernel import changes, ledger
from firstline.kernel.actors import Actor
from firstline.response.measures.ordering import Draft, Setting, hanging_on, prepared, take_back_hanging
from firstline.response.measures.standing import changed
from firstline.response.models import Change, Emergency, Level, LevelDeclared, MeasureLifted, MeasureOrdered


def change_level(
    actor: Actor,
    emergency: Emergency,
    *,
    change: Change,
    level: Level | None,
    from_at: datetime,
    legal_basis: str = "",
    document_number: str = "",
    measures: Sequence[Draft] = (),
    also: dict[str, Any] | None = None,
) -> LevelDeclared:
    """Write a change of level and record it in the running action: what hung on the level before ends with it,
    ``measures`` begin with it. ``also`` is more for the ledger. Raises as ``ordering.prepared`` does.
    """
    fact = LevelDeclared(
        path=emergency.path,
        emergency=emergency,
        change=change,
        level=level,
        from_at=from_at,
        legal_basis=legal_basis,
        document_number=document_number,
        by_person_id=actor.person_id,
    )
    hanging = frozenset(order.id for order in hanging_on(emergency, from_at))
    setting = Setting(actor, emergency, from_at, fact, instead_of=hanging)
    orders = [prepared(setting, draft) for draft in measures]
    lifted = take_back_hanging(actor, emergency, fact)
    fact.save(force_insert=True)
    MeasureLifted.objects.bulk_create(lifted)
    MeasureOrdered.objects.bulk_create(orders)
    changed()
    changes.touch([emergency.path])
    ledger.record(
        path=emergency.path,
        subject=emergency,
        after={
            "name": emergency.name,
            "level": int(level) if level else None,
            "from_at": from_at.isoformat(),
            "legal_basis": legal_basis,
            "document_number": document_number,
            "measures": [order.kind for order in orders],
            **(also or {}),
        },
    )
    return fact
