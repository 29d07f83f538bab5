"""Who is on the telephone with which household at this moment."""

from django.db import models

from firstline.census.models.campaign import Campaign
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.places.models import Door


class CallClaim(models.Model):
    """That somebody has a door's numbers before them until a moment, so that nobody else rings there meanwhile.

    No fact: it is overwritten by whoever takes the door next, and says nothing once its time is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, db_index=False)
    # Of a door that is taken back again the claim runs out like any other.
    door = models.ForeignKey(Door, models.DO_NOTHING, db_constraint=False, related_name="call_claims")
    path = PathField()
    person_id = models.UUIDField()
    taken_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "door"], name="call_claim_once_a_door"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("taken_at")), name="call_claim_lasts"),
        )
