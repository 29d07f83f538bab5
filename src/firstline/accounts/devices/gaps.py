"""What is missing of phones: a word from those in use, and what others held when they were last heard of."""

from typing import Any

from django.db.models import DateTimeField, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.accounts.devices.selectors import READ
from firstline.accounts.devices.silence import at_risk, silent
from firstline.accounts.devices.until import a_shift_ago
from firstline.accounts.models import Device
from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.kernel.given import NOW, Given

A_SHIFT_AGO = Given(lambda _within: a_shift_ago(clock.now()), DateTimeField())


def _may_be_lost() -> "QuerySet[Any, Any]":
    return _late(Device.objects.filter(at_risk(A_SHIFT_AGO)))


def _not_heard_of() -> "QuerySet[Any, Any]":
    return _late(Device.objects.filter(silent(NOW, A_SHIFT_AGO)))


def _late(found: "QuerySet[Device]") -> "QuerySet[Any, Any]":
    """Both are found only when it is late already."""
    return each_waits(found, "last_contact_at", F("last_contact_at"))


WAITING = (
    Waiting(
        "devices_at_risk",
        _("Phones with unsent visits that may be lost"),
        pgettext_lazy("counting word of devices", "phones"),
        _("See which"),
        72,
        READ,
        _may_be_lost,
        lambda _place: reverse("accounts:devices"),
        closes=_("a word from the phone, or the decision that what it held is lost"),
    ),
    Waiting(
        "devices_silent",
        _("Phones not heard of for a shift"),
        pgettext_lazy("counting word of devices", "phones"),
        _("See which"),
        58,
        READ,
        _not_heard_of,
        lambda _place: reverse("accounts:devices"),
        closes=_("a word from the phone, or its end: revoked, or its time over"),
    ),
)
