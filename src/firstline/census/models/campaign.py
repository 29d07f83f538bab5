"""A campaign: whom it covers, by which rules, in which rounds, and the frame of doors it started from."""

import msgspec
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firstline.census.rules import Rules
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import EmergencyFact
from firstline.places.models import Building
from firstline.response.models import Emergency


class Campaign(models.Model):
    """A sweep through an area's doors. Each emergency opens one by default, under the id it was given beforehand.

    Of the campaigns of one place one ``leads``: homes, compounds and doors show it, and what is recorded without naming
    a campaign belongs to it. From ``frozen_at``, the cut-off, doors that come or go are additions and removals.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="campaigns")
    path = PathField()
    name = models.TextField()
    is_default = models.BooleanField(default=False)
    leads = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    # Only what differs from the defaults in ``Rules``.
    rules_changed = models.JSONField(default=dict)
    # What is asked at its doors; nothing where there is no set.
    question_set = models.ForeignKey("census.QuestionSet", models.PROTECT, null=True, related_name="campaigns")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["emergency"], condition=Q(is_default=True), name="one_default_campaign_an_emergency"
            ),
            models.UniqueConstraint(
                fields=["emergency", "path"], condition=Q(leads=True), name="one_leading_campaign_a_place"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("started_at")), name="campaign_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> Rules:
        """The rules by which next steps follow from attempts here."""
        return msgspec.convert(self.rules_changed, Rules)


class Round(models.Model):
    """One walk through a campaign's doors: whatever happened from its beginning to the next one's belongs to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="rounds")
    number = models.SmallIntegerField()
    name = models.TextField()
    starts_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "number"], name="round_number_once_a_campaign"),
            models.UniqueConstraint(fields=["campaign", "starts_at"], name="round_begins_once"),
        )


class FrameChangeKind(models.TextChoices):
    FROZEN = "frozen", _("In the frame at the cut-off")
    ADDED = "added", _("Added since")
    REMOVED = "removed", _("Removed since")


class FrameChange(EmergencyFact):
    """How many doors a building had at the cut-off, or that one door came or went after it.

    Doors and buildings are named without a foreign key: what was taken back leaves its trace here. ``path`` is the
    building's for a count, the door's for a change.
    """

    kind = models.TextField(choices=FrameChangeKind)
    building_id = models.UUIDField()
    door_id = models.UUIDField(null=True)
    label = models.TextField(default="")
    doors = models.IntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "path"], name="frame_change_path"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FrameChangeKind.values), name="frame_change_known"),
            models.CheckConstraint(condition=Q(doors__gte=0), name="frame_change_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="frozen", door_id=None) | Q(~Q(kind="frozen"), door_id__isnull=False, doors=1),
                name="frame_change_of_one_door",
            ),
        )


class BuildingFrame(models.Model):
    """A building's part of a campaign's frame: doors at the cut-off, added and removed since. No row: not frozen yet.

    ``doors`` + ``added`` - ``removed`` are the doors the building has now.
    """

    pk = models.CompositePrimaryKey("campaign_id", "building_id")
    campaign = models.ForeignKey(Campaign, models.PROTECT, db_index=False)
    # What was taken back leaves its row: its doors were removed from the frame.
    building = models.ForeignKey(Building, models.DO_NOTHING, db_constraint=False, related_name="campaign_frames")
    path = PathField()
    doors = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    removed = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["campaign", "path"], name="building_frame_path"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(doors__gte=0, added__gte=0, removed__gte=0, removed__lte=F("doors") + F("added")),
                name="building_frame_balances",
            ),
        )
