"""What waits for a supervisor of what phones handed in: to do for some hours, then a gap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.kernel.given import Given
from firstline.sync.kept.selectors import HELD_TOO_LONG, READ
from firstline.sync.models import Kept, KeptState

# Facts that count for nothing until somebody looks; by the next morning somebody should have.
DUE_AFTER = timedelta(hours=12)


LONG_AGO = Given(lambda _within: clock.now() - HELD_TOO_LONG, DateTimeField())


def _kept_as(state: KeptState) -> Callable[[], "QuerySet[Any, Any]"]:
    def rows() -> "QuerySet[Any, Any]":
        found = Kept.objects.filter(state=state)
        if state == KeptState.HELD:
            found = found.filter(since__lte=LONG_AGO)
        return each_waits(found, "since", F("since") + DUE_AFTER)

    return rows


def _page(state: KeptState) -> Callable[[str], str]:
    return lambda _place: f"{reverse('sync:kept')}?show={state.value}"


_UNIT, _ACT = _("records"), _("Decide")
_CLOSES = _("a decision on each of these records, or the one it waits for")
WAITING = tuple(
    Waiting(f"kept_{state.value}", title, _UNIT, _ACT, severity, READ, _kept_as(state), _page(state), closes=_CLOSES)
    for state, title, severity in (
        (KeptState.QUARANTINED, _("Sent by phones that were not granted it"), 66),
        (KeptState.REFUSED, _("Sent by phones and could not be recorded"), 64),
        (KeptState.HELD, _("Sent by phones, waiting for something that does not come"), 62),
        (KeptState.CONFLICT, _("Changed by two people at once"), 56),
    )
)
