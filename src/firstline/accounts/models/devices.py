"""A phone of somebody of ours, what it was given to do where, and the invitation by which it came in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from firstline.accounts.devices.hats import Hat
from firstline.accounts.devices.terms import Terms
from firstline.accounts.models.people import Person
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7


class Device(models.Model):
    """One browser's storage on one phone, for one person. What it holds unsent is known as of its last contact.

    ``path`` is the place of its latest grant; ``public_key`` an SPKI in DER (ECDSA P-256); ``offset_ms`` server minus
    device, as the device measured it. ``label`` is the number on a phone that is lent out, never a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="devices")
    path = PathField()
    public_key = models.BinaryField(unique=True)
    enrolled_at = models.DateTimeField(default=clock.now)
    borrowed = models.BooleanField(default=False)
    label = models.TextField(blank=True, default="")
    client = models.TextField()
    last_contact_at = models.DateTimeField(default=clock.now)
    waiting = models.PositiveIntegerField(default=0)
    oldest_waiting_at = models.DateTimeField(null=True)
    offset_ms = models.BigIntegerField(null=True)
    storage_used = models.BigIntegerField(null=True)
    storage_quota = models.BigIntegerField(null=True)
    persistent = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True)
    revoked_by_id = models.UUIDField(null=True)
    wipe_asked_at = models.DateTimeField(null=True)
    wipe_asked_by_id = models.UUIDField(null=True)
    wiped_at = models.DateTimeField(null=True)
    # Somebody looked into what it held unsent when it was last heard of, and there is no more to be done about it.
    loss_settled_at = models.DateTimeField(null=True)
    loss_settled_by_id = models.UUIDField(null=True)

    # What it was given and what its person may, read together with it where a request asks for both; None: not read.
    terms: Terms | None = None

    class Meta:
        indexes = (models.Index(fields=["path"], name="device_path"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by_id=None)
                | Q(revoked_at__isnull=False, revoked_by_id__isnull=False),
                name="device_revoked_by_somebody",
            ),
        )


class DeviceGrant(models.Model):
    """Hats at a place from a moment until another; ended, never deleted: a command is judged by those of its time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    device = models.ForeignKey(Device, models.PROTECT, related_name="grants")
    path = PathField()
    hats = ArrayField(models.TextField(choices=Hat))
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    given_by_id = models.UUIDField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="device_grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(hats__contained_by=Hat.values) & Q(hats__len__gt=0), name="device_grant_hats_known"
            ),
        )


class Invitation(models.Model):
    """That a phone may be enrolled for somebody, once and for some minutes. Of its code only a keyed hash is kept.

    ``until`` is when the device's grant will end (None: until it is ended).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_hash = models.BinaryField(unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    path = PathField()
    hats = ArrayField(models.TextField(choices=Hat))
    until = models.DateTimeField(null=True)
    borrowed = models.BooleanField(default=False)
    label = models.TextField(blank=True, default="")
    may_be_volatile = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)
    made_by_id = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    device = models.OneToOneField(Device, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(hats__contained_by=Hat.values) & Q(hats__len__gt=0), name="invitation_hats_known"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, device=None) | Q(used_at__isnull=False, device__isnull=False),
                name="invitation_used_by_a_device",
            ),
        )
