"""What online reports are missing: a clerk's look at those that could not be placed at once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.census.campaigns import campaigns_within
from firstline.census.online.selectors import READ, waiting
from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, waits_at
from firstline.kernel.paths import Range

DUE_AFTER = timedelta(days=1)


def _parked(within: Sequence[Range]) -> "QuerySet[Any, Any]":
    """Reports of the campaigns at work: to do for a day, then a gap."""
    found = waiting(within, {part.campaign.pk for part in campaigns_within(within)})
    return waits_at(found, within, "received_at", Q(received_at__lt=clock.now() - DUE_AFTER))


WAITING = (
    Waiting(
        "reports_parked",
        _("Online reports at no door yet"),
        _("reports"),
        _("Place them"),
        58,
        READ,
        _parked,
        lambda _place: reverse("census:reports"),
    ),
)
