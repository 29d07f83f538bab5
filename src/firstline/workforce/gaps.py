"""What is missing of duty: a sign-out. Whoever forgot it is at home asleep, or has not been heard of."""

from typing import Any

from django.db.models import DateTimeField, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.kernel.given import Given
from firstline.workforce.selectors import READ, standing
from firstline.workforce.stretches import LONGEST

_TOO_LONG_AGO = Given(lambda _within: clock.now() - LONGEST, DateTimeField())


def _forgotten() -> "QuerySet[Any, Any]":
    """People signed in for longer than anybody works."""
    found = standing().filter(happened_at__lt=_TOO_LONG_AGO).annotate(ended=F("happened_at") + LONGEST)
    return each_waits(found, "ended", F("happened_at") + LONGEST)


WAITING = (
    Waiting(
        "duty_not_ended",
        _("Signed in for over 16 hours"),
        _("people"),
        _("Ask, and sign them out"),
        45,
        READ,
        _forgotten,
        lambda _place: reverse("workforce:duty"),
        closes=_("a sign-out, by themselves or at the desk"),
    ),
)
