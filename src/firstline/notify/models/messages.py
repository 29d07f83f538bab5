"""What is told, to whom, and how each receiver wants to hear of it."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly

# A message of this severity or above is not held back at night.
URGENT = 80
QUIET_FROM, QUIET_UNTIL = time(22), time(7)


class Message(AppendOnly):
    """One thing told. ``words`` fill the sentence of its ``kind``; no personal data: a message links, it does not tell.

    ``url`` leads inside our own site; whoever opens it is asked there what they may see. ``subject_kind`` is "" where
    it is about no row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    path = PathField()
    subject_kind = models.TextField(default="")
    subject_id = models.UUIDField(null=True)
    words = models.JSONField()
    url = models.TextField()
    severity = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    told_by_id = models.UUIDField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"), name="message_leads_inside"
            ),
        )


class Receipt(models.Model):
    """A message in somebody's box, or with a robot (``to_robot``: ``receiver_id`` is the robot's): read or not.

    ``set_out_at`` is when it was decided what goes out of it by the other channels; None: not yet.
    """

    pk = models.CompositePrimaryKey("receiver_id", "message_id")
    receiver_id = models.UUIDField()
    message = models.ForeignKey(Message, models.PROTECT, related_name="receipts", db_index=False)
    to_robot = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    set_out_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["receiver_id", "-at"], name="receipt_by_time"),
            models.Index(
                fields=["receiver_id", "-at", "message"],
                condition=Q(read_at=None, to_robot=False),
                name="receipt_unread",
            ),
            models.Index(fields=["receiver_id"], condition=Q(set_out_at=None), name="receipt_to_set_out"),
        )


class Preference(models.Model):
    """How one person wants to hear of messages outside of our pages. Who never chose has the defaults of these columns.

    Between ``quiet_from`` and ``quiet_until`` (local time, may cross midnight; equal: never quiet) only what is as
    severe as ``quiet_above`` goes out. With ``digest_hours`` (0 to 23) what is less severe goes out at these hours.
    """

    person_id = models.UUIDField(primary_key=True)
    email = models.BooleanField(default=True)
    sms = models.BooleanField(default=False)
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)
    quiet_above = models.PositiveSmallIntegerField(default=URGENT)
    digest_hours = ArrayField(models.PositiveSmallIntegerField(), default=list)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(digest_hours__contained_by=list(range(24))), name="preference_hours_of_a_day"
            ),
        )
