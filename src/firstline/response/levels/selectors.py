"""Reading levels: at a place, of an emergency, now or at any moment."""

import uuid
from datetime import datetime, timedelta

from firstline.kernel import clock, paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.response.levels.history import Step
from firstline.response.measures.standing import standing
from firstline.response.models import Change, Emergency, Level, LevelDeclared

READ = "response.read_levels"
# A slip is seen at once; afterwards people have acted on it.
SLIP = timedelta(minutes=10)


def level_at(path: str, at: datetime | None = None) -> Level | None:
    """The gravest level of all emergencies over a place at a moment (default: now); None: no emergency."""
    found = standing().levels_at(paths.ancestors(path), at or clock.now())
    return min(found, default=None)


def level_of(emergency: Emergency, at: datetime | None = None) -> Level | None:
    """The level of one emergency at a moment; None before it and after it."""
    return standing().level_of(emergency.pk, at or clock.now())


def level_now(emergency: Emergency) -> Level:
    """The level of an emergency in force; at its very ends, where clocks differ, the one it was declared with."""
    found = level_of(emergency) or levels_of(emergency)[0].level
    return found or Level.IV


def levels_of(emergency: Emergency) -> tuple[Step, ...]:
    """All changes of an emergency's level that were not taken back, in the order in which they hold."""
    return standing().steps.get(emergency.pk, ())


def level_change_for(actor: Actor, change_id: uuid.UUID, *, needs: str) -> LevelDeclared:
    """A change of level in the actor's places that stands. Raises NotFound."""
    found = LevelDeclared.objects.select_related("emergency").filter(pk=change_id, taken_back=None).first()
    if found is None or not actor.may(needs, found.path):
        raise NotFound
    return found


def may_take_back(fact: LevelDeclared | Step) -> bool:
    """Whether a change of level is not begun yet, or was entered a moment ago."""
    now = clock.now()
    return fact.change in (Change.RAISED, Change.LOWERED) and (fact.from_at > now or fact.recorded_at > now - SLIP)
