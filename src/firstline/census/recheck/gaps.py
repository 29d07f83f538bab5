"""What a re-check is missing: buildings not walked by their day, buildings walked again that nobody has settled."""

from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.census.models.recheck import RecheckAssignment, RecheckClosing
from firstline.census.recheck.selectors import DECIDE
from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.kernel.given import NOW

# It is decided while people still remember who opened the door.
DECIDED_WITHIN = timedelta(days=2)


def _late() -> "QuerySet[Any, Any]":
    """Drawn buildings that are open though their day has passed; of several assignments the latest counts."""
    latest = RecheckAssignment.objects.filter(building=OuterRef("building")).order_by("-recorded_at", "-id")
    found = RecheckAssignment.objects.filter(
        pk=Subquery(latest.values("pk")[:1]), due_at__lt=NOW, building__closing=None
    )
    return each_waits(found, "due_at", F("due_at"))


def _unsettled() -> "QuerySet[Any, Any]":
    """Buildings walked again of which differences wait for a decision, or which nobody has compared."""
    found = RecheckClosing.objects.filter(building__settlement=None)
    return each_waits(found, "recorded_at", F("recorded_at") + DECIDED_WITHIN)


def _recheck_url(_place: str) -> str:
    return reverse("census:recheck")


WAITING = (
    Waiting(
        "recheck_late",
        _("Drawn for the re-check, not walked by their day"),
        _("buildings"),
        _("Give out again"),
        40,
        DECIDE,
        _late,
        _recheck_url,
        closes=_("the building walked again, or given to somebody else"),
    ),
    Waiting(
        "recheck_unsettled",
        _("Walked again, nobody has decided who was right"),
        _("buildings"),
        _("Decide"),
        42,
        DECIDE,
        _unsettled,
        _recheck_url,
        closes=_("a word on who was right, for each difference"),
    ),
)
