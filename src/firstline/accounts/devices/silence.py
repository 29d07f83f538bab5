"""Which phones have not been heard of, and which may have lost what they held. One phone is in one of the two.

``shift_ago`` is ``until.a_shift_ago`` of now.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from firstline.accounts.models import Device, DeviceGrant
from firstline.kernel.given import Given

Moment = datetime | Given


def at_risk(shift_ago: Moment) -> Q:
    """Devices that held something when last heard of, and may never hand it in.

    Silent for a shift, revoked, wiped, or the same person has come in with another phone since. Whoever looked into it
    has said so (``settle_loss``); what it says of itself after that counts anew.
    """
    follower = Device.objects.exclude(pk=OuterRef("pk")).filter(
        person_id=OuterRef("person_id"), borrowed=False, enrolled_at__gt=OuterRef("last_contact_at")
    )
    gone = (Q(last_contact_at__lt=shift_ago) | Q(revoked_at__isnull=False) | Q(wiped_at__isnull=False)) | Q(
        Exists(follower)
    )
    open_yet = Q(loss_settled_at=None) | Q(last_contact_at__gt=F("loss_settled_at"))
    return Q(waiting__gt=0) & open_yet & gone


def silent(now: Moment, shift_ago: Moment) -> Q:
    """Devices given for now that were not heard of for a shift, and held nothing when they were."""
    given = DeviceGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now), device_id=OuterRef("pk"), valid_from__lte=now
    )
    in_use = Q(Exists(given), revoked_at=None, wiped_at=None)
    return in_use & Q(last_contact_at__lt=shift_ago, waiting=0)


def unheard(now: Moment, shift_ago: Moment) -> Q:
    """Either of the two."""
    return silent(now, shift_ago) | at_risk(shift_ago)
