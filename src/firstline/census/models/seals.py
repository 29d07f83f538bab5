"""Numbered seals on empty doors; what became of them is in the attempts at the door."""

from django.db import models
from django.db.models import Q

from firstline.kernel.models import EmergencyFact
from firstline.places.models import Door


class Seal(EmergencyFact):
    """A numbered strip of paper put on an empty door. ``attempt_id`` is the visit that put it there."""

    door = models.ForeignKey(Door, models.PROTECT, related_name="seals")
    number = models.TextField()
    attempt_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "path"], name="seal_path"),)
        constraints = (
            models.UniqueConstraint(fields=["campaign_id", "number"], name="seal_number_once_a_campaign"),
            models.CheckConstraint(condition=~Q(number=""), name="seal_has_a_number"),
        )
