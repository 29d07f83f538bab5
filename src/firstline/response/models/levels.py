"""Levels of an emergency: dated facts, so that which rules held at a moment has an answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, Fact
from firstline.response.models.emergencies import Emergency, Level


class Change(models.TextChoices):
    """What a change of level is."""

    DECLARED = "declared", _("declared")
    RAISED = "raised", _("raised")
    LOWERED = "lowered", _("lowered")
    ENDED = "ended", _("ended")


class LevelDeclared(Fact):
    """From ``from_at`` on the emergency has this level; None: it is over.

    ``from_at`` may lie before the moment it was entered, or after it: then it starts by itself. Of two at the same
    moment the one entered later counts (by id, which grows with time).
    """

    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="levels")
    change = models.TextField(choices=Change)
    level = models.SmallIntegerField(choices=Level, null=True)
    from_at = models.DateTimeField()
    legal_basis = models.TextField(default="")
    document_number = models.TextField(default="")

    class Meta:
        indexes = (models.Index(fields=["emergency", "from_at"], name="level_of_emergency"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(change="ended", level=None) | (~Q(change="ended") & Q(level__in=Level.values)),
                name="level_until_it_ends",
            ),
            models.UniqueConstraint(fields=["emergency"], condition=Q(change="declared"), name="declared_once"),
        )


class LevelTakenBack(AppendOnly):
    """A change of level was a slip, or was not to be after all: nothing follows from it any more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    level = models.OneToOneField(LevelDeclared, models.PROTECT, related_name="taken_back")
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()
