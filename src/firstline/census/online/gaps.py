"""What online reports are missing: a clerk's look at those that could not be placed at once."""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.census.campaigns import leading_within
from firstline.census.online.selectors import READ, waiting
from firstline.kernel.gap_sources import Waiting, each_waits

DUE_AFTER = timedelta(days=1)


def _parked() -> "QuerySet[Any, Any]":
    """Reports of the campaigns at work: to do for a day, then a gap."""
    return each_waits(waiting(), "received_at", F("received_at") + DUE_AFTER, campaign="campaign_id")


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
        leading_within,
        closes=_("a door for each report, or the word that it is set aside"),
    ),
)
