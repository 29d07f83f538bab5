"""What is missing of phones: a word from those in use, and what others held when they were last heard of."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.accounts.devices.selectors import READ
from firstline.accounts.devices.silence import at_risk, silent
from firstline.accounts.models import Device
from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, waits_at
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges


def _rows(which: Callable[[datetime], Q]) -> Callable[[Sequence[Range]], "QuerySet[Any, Any]"]:
    def rows(within: Sequence[Range]) -> "QuerySet[Any, Any]":
        now = clock.now()
        found = Device.objects.filter(which(now), in_ranges(within))
        # Both are found only when it is late already.
        return waits_at(found, within, "last_contact_at", Q(last_contact_at__lte=now))

    return rows


WAITING = (
    Waiting(
        "devices_at_risk",
        _("Phones with unsent visits that may be lost"),
        pgettext_lazy("counting word of devices", "phones"),
        _("See which"),
        72,
        READ,
        _rows(at_risk),
        lambda _place: reverse("accounts:devices"),
    ),
    Waiting(
        "devices_silent",
        _("Phones not heard of for a shift"),
        pgettext_lazy("counting word of devices", "phones"),
        _("See which"),
        58,
        READ,
        _rows(silent),
        lambda _place: reverse("accounts:devices"),
    ),
)
