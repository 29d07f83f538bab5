"""Measures as tests word them."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from firstline.kernel import clock
from firstline.response.measures.actions import order_measure
from firstline.response.measures.days import day_of
from firstline.response.measures.ordering import Draft
from firstline.response.models import MeasureOrdered
from firstline.testing.cast import Cast, Member

LAW = "《中华人民共和国传染病防治法》第四十二条"


def in_days(days: int) -> date:
    """The day so many days from today."""
    return day_of(clock.now()) + timedelta(days=days)


def draft(kind: str, renewer: uuid.UUID, path: str = "", **parameters: Any) -> Draft:
    """A measure for ten days, with all it needs."""
    return Draft(kind, parameters, until=in_days(10), renewer_id=renewer, legal_basis=LAW, path=path)


def ordered(cast: Cast, by: Member, kind: str, path: str = "", **parameters: Any) -> MeasureOrdered:
    """The same, ordered in the emergency of the cast."""
    return order_measure(by, emergency_id=cast.emergency.pk, draft=draft(kind, by.person_id, path, **parameters))


def asked(held: Any) -> Mapping[str, Any]:
    """What something that holds asks."""
    return {name: getattr(held.parameters, name) for name in held.parameters.__struct_fields__}
