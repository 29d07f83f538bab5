"""Through which channels a compound is worked: what the office chose. Facts: the latest one counts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from firstline.census.results import Channel
from firstline.kernel.models import EmergencyFact
from firstline.places.models import Compound


class ChannelChoice(EmergencyFact):
    """The channels of a compound in their order; none: as proposed. ``chat_group``: whether its people have one.

    Until chat groups are on record themselves, whoever chooses says it here; null while nobody has.
    """

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="channel_choices")
    channels = ArrayField(models.TextField(choices=Channel), default=list)
    chat_group = models.BooleanField(null=True)

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "path"], name="channel_choice_path"),)
