"""What is missing of measures: a renewal before they lapse; and those that lapsed because nobody renewed them."""

from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.kernel.given import NOW, Given
from firstline.response.measures.ordering import RENEW
from firstline.response.measures.standing import ordered

# So long before it lapses a renewal is to do, and so long before it is late: a notice has to be written and pinned up.
WARN, LATE = timedelta(days=5), timedelta(days=2)
# So long what lapsed is asked about; who does not want it any more lifts it.
ASKED = timedelta(days=14)

_SOON = Given(lambda _within: clock.now() + WARN, DateTimeField())
_LONG_AGO = Given(lambda _within: clock.now() - ASKED, DateTimeField())


def _with_end() -> "QuerySet[Any, Any]":
    """Measures of emergencies that go on, which nobody lifted, with the moment each lapses."""
    found: QuerySet[Any, Any] = ordered()
    going_on = Q(emergency__ended_at=None) | Q(emergency__ended_at__gt=NOW)
    found = found.filter(going_on, ends_lifted=None, until_at__isnull=False)
    ending: QuerySet[Any, Any] = found.annotate(lapses_at=Greatest("until_at", "goes_until"))
    return ending


def _expiring() -> "QuerySet[Any, Any]":
    found = _with_end().filter(lapses_at__gt=NOW, lapses_at__lte=_SOON, from_at__lte=NOW)
    warned = ExpressionWrapper(F("lapses_at") - WARN, DateTimeField())
    return each_waits(found.annotate(warned_at=warned), "warned_at", F("lapses_at") - LATE)


def _lapsed() -> "QuerySet[Any, Any]":
    return each_waits(_with_end().filter(lapses_at__lte=NOW, lapses_at__gt=_LONG_AGO), "lapses_at", F("lapses_at"))


WAITING = (
    Waiting(
        "measures_expiring",
        _("Measures that lapse unless somebody renews them"),
        pgettext_lazy("counting word of measures", "measures"),
        _("Renew or let lapse"),
        78,
        RENEW,
        _expiring,
        lambda _place: reverse("response:levels"),
        closes=_("a renewal in somebody's name, or the measure lifted; else it lapses"),
    ),
    Waiting(
        "measures_lapsed",
        _("Measures that nobody renewed: they hold no more"),
        pgettext_lazy("counting word of measures", "measures"),
        _("Order anew or let go"),
        82,
        RENEW,
        _lapsed,
        lambda _place: reverse("response:levels"),
        closes=_("the measure ordered anew, or lifted for good"),
    ),
)
