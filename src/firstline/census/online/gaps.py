"""What online reports are missing: a clerk's look at those that could not be placed at once."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.census.campaigns import campaigns_within
from firstline.census.online.selectors import READ, waiting_by_place
from firstline.kernel import clock, scope
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range
from firstline.places.selectors import names_at

DUE_AFTER = timedelta(days=1)


def reports_waiting(within: Sequence[Range]) -> Iterator[Cause]:
    """Parked reports, to do for a day and then a gap; only for whoever may open the pile."""
    actor = scope.current()
    parts = campaigns_within(within) if actor is not None and actor.may(READ) else []
    if not parts:
        return
    found = waiting_by_place([part.within for part in parts], {part.campaign.pk for part in parts})
    names = names_at(path for path, _count, _since in found)
    late = clock.now() - DUE_AFTER
    for stage in (Stage.GAP, Stage.TO_DO):
        places = [
            GapPlace(path, names.get(path, ""), count, since)
            for path, count, since in found
            if (since < late) == (stage == Stage.GAP)
        ]
        if places:
            yield Cause(
                kind="reports_waiting",
                stage=stage,
                title=_("Online reports at no door yet"),
                unit=_("reports"),
                places=sorted(places, key=lambda place: -place.count),
                action_label=_("Place them"),
                url=reverse("census:reports"),
                severity=58,
            )
