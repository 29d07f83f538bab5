"""What attempts add up to: a door's state, and counts at the leaf, the building. Always derivable again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from firstline.census.dispositions import Category
from firstline.census.models.campaign import Campaign
from firstline.census.next_steps import Slot, Step
from firstline.census.results import DONE, Channel, Outcome
from firstline.kernel.fields import PathField
from firstline.places.models import Building, Door


class DoorState(models.Model):
    """What the attempts at a door add up to in a campaign. No row: nobody has been there. Always derivable again.

    ``channel`` and ``disposition`` (AAPOR code) are those of the attempt its outcome follows from; ``step``, ``slot``,
    ``due_at`` and ``not_by`` say what comes next (see ``next_steps``).
    """

    pk = models.CompositePrimaryKey("campaign_id", "door_id")
    campaign = models.ForeignKey(Campaign, models.PROTECT, db_index=False)
    door = models.ForeignKey(Door, models.PROTECT, related_name="states")
    path = PathField()
    outcome = models.TextField(choices=Outcome)
    since = models.DateTimeField()
    attempts = models.SmallIntegerField()
    last_attempt_at = models.DateTimeField()
    channel = models.TextField(choices=Channel, default="")
    disposition = models.TextField(default="")
    step = models.TextField(choices=Step, default=Step.NONE)
    slot = models.TextField(choices=Slot, default=Slot.ANY)
    due_at = models.DateTimeField(null=True)
    not_by = models.UUIDField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["campaign", "path"], name="door_state_path"),
            # How many doors were settled, day by day and by channel, without a look at any of them.
            models.Index(
                fields=["campaign", "path"],
                include=["since", "channel"],
                condition=models.Q(outcome__in=sorted(DONE)),
                name="door_state_settled_at",
            ),
            # What is still open is a small part of a county, and every home page asks since when it is.
            models.Index(
                fields=["campaign", "path"],
                include=["outcome", "since", "due_at"],
                condition=~models.Q(outcome__in=sorted(DONE)),
                name="door_state_open",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="door_outcome_known"),
            models.CheckConstraint(condition=models.Q(step__in=Step.values), name="door_step_known"),
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


class ChannelTally(models.Model):
    """Tried doors of a building by category of their disposition (see ``dispositions``), from one channel's attempts.

    Channel "" is all channels together. Doors nobody has tried have no part in it.
    """

    pk = models.CompositePrimaryKey("campaign_id", "building_id", "channel")
    campaign = models.ForeignKey(Campaign, models.PROTECT, db_index=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="channel_tallies")
    channel = models.TextField()
    path = PathField()
    i = models.IntegerField(default=0)
    p = models.IntegerField(default=0)
    r = models.IntegerField(default=0)
    nc = models.IntegerField(default=0)
    o = models.IntegerField(default=0)
    uh = models.IntegerField(default=0)
    uo = models.IntegerField(default=0)
    ne = models.IntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["campaign", "channel", "path"], name="channel_tally_path"),)


COUNTED: tuple[Category, ...] = tuple(Category)
