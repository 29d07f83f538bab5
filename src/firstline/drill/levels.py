"""The levels and measures of a drill: level I since 26 January, as on the page, with all that follows from it.

Beside that what makes the pages worth reading: a level raised on its first day, a township that asks more, measures
that lapse soon unless somebody renews them.
"""

from datetime import timedelta
from uuid import UUID

from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.response.levels.actions import raise_level
from firstline.response.measures.actions import order_measure
from firstline.response.measures.catalogue import Entry, switched_on
from firstline.response.measures.days import day_of
from firstline.response.measures.fields import values_of
from firstline.response.measures.ordering import Draft
from firstline.response.models import Emergency, Level

_LAW = "《中华人民共和国传染病防治法》第四十二条"
_TOWNSHIP = "莲街办〔2020〕2号"
# Days from now to the last one: two to be renewed soon, one of them late already.
_LAST = {"pass_at_gates": 1, "observation_days": 4}
_USUALLY = 9


def raise_to_first(officer: Actor, emergency: Emergency, document_number: str, after: timedelta) -> None:
    """Level I from a while after the declaration on, with the measures of the catalogue."""
    raise_level(
        officer,
        emergency_id=emergency.pk,
        level=Level.I,
        legal_basis=_LAW,
        document_number=document_number,
        from_at=emergency.started_at + after,
        measures=[_draft(entry, officer.person_id) for entry in switched_on(emergency.path, Level.I)],
    )


def ask_more(clerk: Actor, emergency: Emergency, path: str) -> None:
    """A township keeps people in at night, and lets fewer of a household out than its county does."""
    asked = (("pass_quota", {"people": 1, "days": 3}, 9), ("curfew", {"spans": ["22:00-05:00"]}, 6))
    for kind, parameters, days in asked:
        until = day_of(clock.now()) + timedelta(days=days)
        draft = Draft(kind, parameters, until, clerk.person_id, _LAW, _TOWNSHIP, path=path)
        begins = max(clock.now() - timedelta(days=5), emergency.started_at)
        order_measure(clerk, emergency_id=emergency.pk, draft=draft, from_at=begins)


def _draft(entry: Entry, renewer_id: UUID) -> Draft:
    last = day_of(clock.now()) + timedelta(days=_LAST.get(entry.kind, _USUALLY))
    return Draft(
        entry.kind, values_of(entry.parameters), last if entry.days else None, renewer_id if entry.days else None
    )
