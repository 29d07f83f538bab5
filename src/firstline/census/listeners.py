"""What the census does when something happens below it."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.census import frame
from firstline.census.derivation import forget
from firstline.census.models import Attempt, Campaign, FrameChangeKind, Round
from firstline.places.models import Door
from firstline.places.signals import doors_added, doors_asked, doors_ended, doors_leaving
from firstline.response.models import Emergency
from firstline.response.signals import emergency_declared

VISITED = _("visits lean on them")


@receiver(emergency_declared, dispatch_uid="census opens the default campaign")
def open_default_campaign(sender: type[Emergency], emergency: Emergency, since: datetime, **_: Any) -> None:
    """An emergency has a campaign from the moment it leads, in the same transaction, under the id it was given."""
    Campaign.objects.create(
        id=emergency.default_campaign_id,
        emergency=emergency,
        path=emergency.path,
        name=gettext("First sweep"),
        is_default=True,
        leads=True,
        started_at=since,
    )
    Round.objects.create(
        campaign_id=emergency.default_campaign_id,
        number=1,
        name=gettext("First round"),
        starts_at=since,
    )


@receiver(doors_asked, sender=Door, dispatch_uid="visits hold their doors")
def say_which_were_visited(door_ids: Sequence[uuid.UUID], **_signal: Any) -> dict[uuid.UUID, Promise]:
    """The doors that an attempt was made at, also one taken back: its fact names the door."""
    visited = Attempt.objects.filter(door__in=door_ids).values_list("door_id", flat=True).distinct()
    return dict.fromkeys(visited, VISITED)


@receiver(doors_ended, dispatch_uid="census counts ended doors no more")
def forget_ended_doors(sender: type[Door], doors: Sequence[Door], **_: Any) -> None:
    """A door that became another is no dwelling to be visited; what was tried there stays on record."""
    forget(doors)
    frame.change(doors, FrameChangeKind.REMOVED)


@receiver(doors_added, dispatch_uid="doors come to the frames of campaigns")
def add_to_frames(sender: type[Door], doors: Sequence[Door], **_: Any) -> None:
    """What is found after the cut-off is an addition, and on record as one."""
    frame.change(doors, FrameChangeKind.ADDED)


@receiver(doors_leaving, sender=Door, dispatch_uid="doors leave the frames of campaigns")
def take_from_frames(door_ids: Sequence[uuid.UUID], **_signal: Any) -> None:
    """A list that is taken back takes its doors along; that they were in the frame stays on record."""
    frame.change(list(Door.objects.standing().filter(pk__in=door_ids)), FrameChangeKind.REMOVED)
