"""Who walks which doors: how a walk was shared out among a team. Facts: what is shared anew is another one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from firstline.kernel.models import EmergencyFact
from firstline.places.models import Door


class Shift(models.TextChoices):
    """The part of a day a walk is shared out for."""

    DAY = "day", _("By day")
    EVENING = "evening", _("In the evening")


class Share(EmergencyFact):
    """That the walk of a place was shared out for one day or evening: among whom, and for how many minutes each."""

    day = models.DateField()
    slot = models.TextField(choices=Shift)
    people = ArrayField(models.UUIDField())
    minutes_each = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "day", "slot", "path"], name="share_day"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(slot__in=Shift.values), name="share_slot_known"),
            models.CheckConstraint(condition=models.Q(minutes_each__gt=0), name="share_takes_time"),
        )


class ShareDoor(EmergencyFact):
    """That a door is somebody's to walk that day or evening; the latest one counts, null is nobody's any more.

    It says day and slot itself: whoever sees one compound sees no fact of its community.
    """

    share = models.ForeignKey(Share, models.PROTECT, related_name="doors")
    # A door that is taken back again is no reason to keep it that somebody was to walk there.
    door = models.ForeignKey(Door, models.DO_NOTHING, db_constraint=False, related_name="shares")
    day = models.DateField()
    slot = models.TextField(choices=Shift)
    person_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "day", "slot", "path"], name="share_door_day"),)
        constraints = (models.CheckConstraint(condition=models.Q(slot__in=Shift.values), name="share_door_slot_known"),)
