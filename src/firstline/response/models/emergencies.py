"""Emergencies: each owns the data key under which everything personal of it is sealed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import DataKey


class Level(models.IntegerChoices):
    """Response levels of the law on emergencies, I the gravest."""

    I = 1, _("Level I response")  # noqa: E741  # the law's own numerals
    II = 2, _("Level II response")
    III = 3, _("Level III response")
    IV = 4, _("Level IV response")


class Emergency(models.Model):
    """One emergency in one area. Its default campaign's id is given here, before the census opens it.

    Emergencies may lie over one another. One *leads* at a place, from ``leads_since``: what residents are asked is
    recorded in it, under its key. The others stand beside it (None); their levels and measures hold all the same.
    Which level it has follows from its ``LevelDeclared``.

    ``key`` is the one that seals from now on; those before it follow from it. ``keep_until`` is set at the end: until
    then nobody may destroy the keys.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    name = models.TextField()
    legal_basis = models.TextField()
    document_number = models.TextField(default="")
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)
    leads_since = models.DateTimeField(null=True)
    key = models.OneToOneField(DataKey, models.PROTECT)
    default_campaign_id = models.UUIDField(default=uuid7)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")), name="emergency_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kept_until(self) -> datetime | None:
        """Until when its data must be kept; None while it goes on."""
        if self.ended_at is None:
            return None
        return self.keep_until or self.ended_at + timedelta(days=settings.FIRSTLINE_KEEP_DAYS)
