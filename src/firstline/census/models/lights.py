"""Windows lit at night, counted from outside."""

from django.db import models
from django.db.models import Q

from firstline.kernel.models import EmergencyFact
from firstline.places.models import Building


class LitCount(EmergencyFact):
    """How many windows of a building were lit at a moment; ``by_unit`` is the number by stairwell, as told.

    Which doors they were is kept only of those that the census does not hold lived in, as attempts: when a household
    is at home is nobody's business.
    """

    building = models.ForeignKey(Building, models.DO_NOTHING, db_constraint=False, related_name="lit_counts")
    lit = models.SmallIntegerField()
    by_unit = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "path", "happened_at"], name="lit_path_at"),)
        constraints = (models.CheckConstraint(condition=Q(lit__gte=0), name="lit_not_negative"),)
