"""What logs are missing: somebody to accept them, and a door for the rows set aside. To do for a day, then a gap."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.census.logs.selectors import READ, parked
from firstline.census.models import LogFile, LogRow, LogStep, LogVerdict, RowSettled
from firstline.kernel.gap_sources import Waiting, each_waits

DUE_AFTER = timedelta(days=1)


def _waiting() -> "QuerySet[Any, Any]":
    """Logs brought in that nobody has accepted or set aside."""
    steps = LogStep.objects.filter(log=OuterRef("pk"))
    return each_waits(LogFile.objects.filter(~Exists(steps)), "recorded_at", F("recorded_at") + DUE_AFTER)


def _parked() -> "QuerySet[Any, Any]":
    """Rows of accepted logs that count at no door yet."""
    steps = LogStep.objects.filter(log=OuterRef("log"))
    last = RowSettled.objects.filter(row=OuterRef("pk")).order_by("-version")
    accepted = Exists(steps.filter(verdict=LogVerdict.ACCEPTED)), ~Exists(steps.filter(verdict=LogVerdict.TAKEN_BACK))
    rows = LogRow.objects.filter(*accepted).annotate(
        settled_how=Subquery(last.values("how")[:1]), brought_at=F("log__recorded_at")
    )
    return each_waits(parked(rows), "brought_at", F("brought_at") + DUE_AFTER)


def _logs_url(_place: str) -> str:
    return reverse("census:logs")


WAITING = (
    Waiting(
        "log_rows_parked",
        _("Rows of visit logs at no door yet"),
        _("rows"),
        _("Place them"),
        60,
        READ,
        _parked,
        _logs_url,
        closes=_("a door for each row, or the word that there is none"),
    ),
    Waiting(
        "logs_waiting",
        _("Visit logs brought in but not accepted"),
        _("logs"),
        _("Look at it"),
        38,
        READ,
        _waiting,
        _logs_url,
        closes=_("the log accepted, or set aside"),
    ),
)
