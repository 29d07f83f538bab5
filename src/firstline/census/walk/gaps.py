"""What is missing of walks: doors shared out to somebody of whom nothing has come for a shift.

It may be a phone without network, or somebody who never set out: either way whoever shared them out has to know. Once
it is the phone that was not heard of for a shift, it stands on the board as such: one cause is one line.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstline.accounts.devices.silence import unheard
from firstline.accounts.models import Device
from firstline.census.models import Attempt, DoorState, ShareDoor
from firstline.census.models.walk import Shift
from firstline.census.results import DONE
from firstline.census.rules import Rules
from firstline.census.walk.selectors import SHARE
from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, waits_at
from firstline.kernel.paths import Range
from firstline.places.selectors import in_ranges

SHIFT = timedelta(hours=4)


def _silent(within: Sequence[Range]) -> "QuerySet[Any, Any]":
    """Today's doors of people from whom the server has received no attempt for a shift since they got them."""
    now = clock.now()
    local = timezone.localtime(now)
    evening = local.replace(hour=Rules().evening_from, minute=0, second=0, microsecond=0)
    begun = Q(slot=Shift.DAY) if now - evening < SHIFT else Q()
    mine = ShareDoor.objects.filter(in_ranges(within), begun, day=local.date(), recorded_at__lt=now - SHIFT)
    same = {name: OuterRef(name) for name in ("door_id", "day", "slot", "campaign_id")}
    later = ShareDoor.objects.filter(**same, recorded_at__gt=OuterRef("recorded_at"))
    heard = Attempt.objects.filter(by_person_id=OuterRef("person_id"), received_at__gt=now - SHIFT)
    done = DoorState.objects.filter(
        campaign_id=OuterRef("campaign_id"), door_id=OuterRef("door_id"), outcome__in=sorted(DONE)
    )
    phone = Device.objects.filter(unheard(now), person_id=OuterRef("person_id"))
    found = mine.filter(~Exists(later), ~Exists(heard), ~Exists(done), ~Exists(phone), person_id__isnull=False)
    return waits_at(found, within, "recorded_at", Q(recorded_at__lt=now))


WAITING = (
    Waiting(
        "walkers_silent",
        _("Shared out, and nothing heard for a shift"),
        _("doors"),
        _("See who"),
        62,
        SHARE,
        _silent,
        lambda _place: reverse("census:share"),
    ),
)
