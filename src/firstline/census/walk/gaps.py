"""What is missing of walks: doors shared out to somebody of whom nothing has come for a shift.

It may be a phone without network, or somebody who never set out: either way whoever shared them out has to know. Once
it is the phone that was not heard of for a shift, it stands on the board as such: one cause is one line.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstline.accounts.devices.gaps import A_SHIFT_AGO
from firstline.accounts.devices.silence import unheard
from firstline.accounts.models import Device
from firstline.census.models import Attempt, DoorState, ShareDoor
from firstline.census.models.walk import Shift
from firstline.census.results import DONE
from firstline.census.rules import Rules
from firstline.census.walk.selectors import SHARE
from firstline.kernel import clock
from firstline.kernel.gap_sources import Waiting, each_waits
from firstline.kernel.given import NOW, Given

SHIFT = timedelta(hours=4)


def _evening_begun() -> date:
    """The latest day whose evening began a shift ago."""
    return (timezone.localtime(clock.now() - SHIFT) - timedelta(hours=Rules().evening_from)).date()


SHIFT_AGO = Given(lambda _within: clock.now() - SHIFT, DateTimeField())
TODAY = Given(lambda _within: timezone.localdate(clock.now()), DateField())
EVENING_BEGUN = Given(lambda _within: _evening_begun(), DateField())


def _silent() -> "QuerySet[Any, Any]":
    """Today's doors of people from whom the server has received no attempt for a shift since they got them."""
    begun = Q(slot=Shift.DAY) | Q(day=EVENING_BEGUN)
    mine = ShareDoor.objects.filter(begun, day=TODAY, recorded_at__lt=SHIFT_AGO)
    same = {name: OuterRef(name) for name in ("door_id", "day", "slot", "campaign_id")}
    later = ShareDoor.objects.filter(**same, recorded_at__gt=OuterRef("recorded_at"))
    heard = Attempt.objects.filter(by_person_id=OuterRef("person_id"), received_at__gt=SHIFT_AGO)
    done = DoorState.objects.filter(
        campaign_id=OuterRef("campaign_id"), door_id=OuterRef("door_id"), outcome__in=sorted(DONE)
    )
    phone = Device.objects.filter(unheard(NOW, A_SHIFT_AGO), person_id=OuterRef("person_id"))
    found = mine.filter(~Exists(later), ~Exists(heard), ~Exists(done), ~Exists(phone), person_id__isnull=False)
    return each_waits(found, "recorded_at", F("recorded_at"))


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
        closes=_("a visit sent in by whoever has the doors, or the doors given to somebody else"),
    ),
)
