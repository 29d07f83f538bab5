"""What is missing of deliveries: an endpoint that takes none. It closes when one arrives, or when the robot goes."""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.notify.models import Endpoint

# A receiver that is away for some minutes is nobody's business; one that refuses for good is, at once.
PATIENCE = timedelta(minutes=15)
READ_ROBOTS = "notify.read_robots"


def _failing() -> "QuerySet[Any, Any]":
    """Addresses and robots of which the last attempt failed, from the first of these attempts on."""
    found = Endpoint.objects.filter(failing_since__isnull=False)
    return each_waits(found, "failing_since", Coalesce(F("gave_up_at"), F("failing_since") + PATIENCE))


WAITING = (
    Waiting(
        "deliveries_failed",
        _("Messages do not arrive"),
        _("receivers"),
        _("See which"),
        50,
        READ_ROBOTS,
        _failing,
        lambda _place: reverse("notify:robots"),
        closes=_("a message that arrives, or the robot removed"),
    ),
)
