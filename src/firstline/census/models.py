"""The census: attempts at doors as facts, the outcome they add up to, and the counts by building."""

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from firstline.census.results import DONE, Channel, Outcome, Result
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.models import EmergencyFact, SealedRow
from firstline.places.models import Building, Door
from firstline.response.models import Emergency


class Campaign(models.Model):
    """A sweep through an area's doors. Each emergency opens one by default, under the id it was given beforehand."""

    id = models.UUIDField(primary_key=True, editable=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="campaigns")
    path = PathField()
    name = models.TextField()
    is_default = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["emergency"], condition=models.Q(is_default=True), name="one_default_campaign_an_emergency"
            ),
        )

    def __str__(self) -> str:
        return self.name


class AttemptNote(msgspec.Struct):
    """What the visitor wrote down; may name people."""

    note: str = ""


class Attempt(EmergencyFact, SealedRow):
    """One try at one door, through one channel, with its result.

    ``claim`` is a keyed hash of the command as it was given: the same id again with the same body is the same
    attempt, with another body it is refused. Keyed, because a plain hash of a short note can be guessed.
    """

    Contents = AttemptNote

    door = models.ForeignKey(Door, models.PROTECT, related_name="attempts")
    channel = models.TextField(choices=Channel, default=Channel.DOOR)
    result = models.TextField(choices=Result)
    persons_met = models.SmallIntegerField(default=0)
    minutes = models.SmallIntegerField(null=True)
    claim = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["door", "campaign_id", "happened_at"], name="attempt_door"),
            models.Index(fields=["path", "happened_at"], name="attempt_path_at"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(persons_met__gte=0), name="persons_met_not_negative"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="attempt_result_known"),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__gte=0), name="attempt_minutes_not_negative"
            ),
        )


class AttemptVoid(EmergencyFact):
    """That an attempt is taken back: by whom, when. The attempt stays; it no longer counts."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="void")


class DoorState(models.Model):
    """What the attempts at a door add up to in a campaign. No row: nobody has been there. Always derivable again."""

    pk = models.CompositePrimaryKey("campaign_id", "door_id")
    campaign = models.ForeignKey(Campaign, models.PROTECT, db_index=False)
    door = models.ForeignKey(Door, models.PROTECT, related_name="states")
    path = PathField()
    outcome = models.TextField(choices=Outcome)
    since = models.DateTimeField()
    attempts = models.SmallIntegerField()
    last_attempt_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["campaign", "path"], name="door_state_path"),
            # What is still open is a small part of a county, and every home page asks since when it is.
            models.Index(
                fields=["campaign", "path"],
                include=["outcome", "since"],
                condition=~models.Q(outcome__in=sorted(DONE)),
                name="door_state_open",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="door_outcome_known"),
        )


class BuildingTally(models.Model):
    """Doors of a building by outcome, in a campaign: the leaf that all higher levels are summed from when read.

    ``untried`` has no column: it is the building's doors less the others.
    """

    pk = models.CompositePrimaryKey("campaign_id", "building_id")
    campaign = models.ForeignKey(Campaign, models.PROTECT, db_index=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="tallies")
    path = PathField()
    registered = models.IntegerField(default=0)
    partial = models.IntegerField(default=0)
    vacant = models.IntegerField(default=0)
    not_a_home = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    knocked2 = models.IntegerField(default=0)
    knocked1 = models.IntegerField(default=0)
    notice = models.IntegerField(default=0)
    form = models.IntegerField(default=0)
    tonight = models.IntegerField(default=0)
    unknown = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        indexes = (models.Index(fields=["campaign", "path"], name="tally_path"),)


TALLIED: tuple[Outcome, ...] = tuple(outcome for outcome in Outcome if outcome != Outcome.UNTRIED)
