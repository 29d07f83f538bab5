"""Choosing how to hear of messages outside of our pages."""

from dataclasses import asdict, dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.notify import selectors
from firstline.notify.models import Preference


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to hear of messages; see ``Preference``."""

    email: bool
    sms: bool
    quiet_from: time
    quiet_until: time
    quiet_above: int
    digest_hours: tuple[int, ...]


@action("notify.choose")
def choose(actor: Actor, *, wish: Wish) -> Preference:
    """Keep what somebody wishes for themselves. Raises Invalid for an hour no day has."""
    if any(not 0 <= hour < 24 for hour in wish.digest_hours):
        raise Invalid(field="digest", problem=_("Choose hours of the day."))
    before = selectors.preference_of(actor)
    chosen = Preference(person_id=actor.person_id, changed_at=clock.now(), **asdict(wish))
    chosen.digest_hours = sorted(set(wish.digest_hours))
    chosen.save()
    path = actor.ranges("notify.choose")[0].lo
    ledger.record(path=path, subject=chosen, before=_said(before), after=_said(chosen))
    return chosen


def _said(one: Preference) -> dict[str, Any]:
    return {
        "email": one.email,
        "sms": one.sms,
        "quiet_from": f"{one.quiet_from:%H:%M}",
        "quiet_until": f"{one.quiet_until:%H:%M}",
        "quiet_above": one.quiet_above,
        "digest_hours": list(one.digest_hours),
    }
