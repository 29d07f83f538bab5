"""What leaves by e-mail, SMS and robots: parcels, and each attempt to deliver one as a fact."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.fields import GenerationField, PathField, TransactionIdField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    ROBOT = "robot", _("group robot")


class Held(models.TextChoices):
    """Why a parcel does not go at once."""

    QUIET = "quiet", _("quiet hours")
    DIGEST = "digest", _("sent together at set hours")
    MANY = "many", _("many at once")


class Result(models.TextChoices):
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, will be tried again")
    GAVE_UP = "gave_up", _("given up")
    HELD_BACK = "held_back", _("held back")


class Parcel(models.Model):
    """What goes out to one endpoint at once; its id is the idempotency key of every attempt.

    ``messages`` are said line by line, ``more`` are only counted. While it waits untried it takes in what comes for
    its endpoint; once tried it does not change, for the first attempt may have arrived.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.TextField(choices=Channel)
    receiver_id = models.UUIDField()
    path = PathField()
    messages = ArrayField(models.UUIDField())
    more = models.PositiveIntegerField(default=0)
    held = models.TextField(choices=Held, default="", blank=True)
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="parcel_due"),
            models.Index(fields=["receiver_id", "channel", "made_at"], name="parcel_by_endpoint"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["receiver_id", "channel", "held"],
                condition=Q(closed_at=None, attempts=0),
                name="one_parcel_takes_in",
            ),
        )


class Delivery(AppendOnly):
    """One attempt to deliver a parcel, or that it was held back: what came of it, by the receiver's own ``code``.

    The parcel says which messages were in it. No address, no text: those are the receiver's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="deliveries")
    channel = models.TextField(choices=Channel)
    receiver_id = models.UUIDField()
    attempt = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    result = models.TextField(choices=Result)
    code = models.TextField(default="")
    txid = TransactionIdField()
    generation = GenerationField()

    class Meta:
        indexes = (models.Index(fields=["receiver_id", "-at"], name="delivery_by_receiver"),)
        constraints = (models.CheckConstraint(condition=Q(result__in=Result.values), name="delivery_result_known"),)


class Endpoint(models.Model):
    """How an endpoint stands, as its deliveries say: failing since when, at which place that is a gap."""

    pk = models.CompositePrimaryKey("receiver_id", "channel")
    receiver_id = models.UUIDField()
    channel = models.TextField(choices=Channel)
    path = PathField()
    failing_since = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    code = models.TextField(default="")
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["path"], condition=Q(failing_since__isnull=False), name="endpoint_failing"),)
