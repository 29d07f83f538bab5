"""Measures: what is ordered, renewed and lifted are facts; what holds follows from them at any moment."""

import uuid

from django.db import models
from django.db.models import F, Q

from firstline.kernel.fields import PathField
from firstline.kernel.models import Fact
from firstline.response.models.emergencies import Emergency, Level
from firstline.response.models.levels import LevelDeclared


class CatalogueEntry(Fact):
    """At ``path``, a county, a level switches this measure on, or not (``switched_on``); the latest entry counts.

    ``days`` is for how long at first, 0: without an end. The entries shipped with the program come before all of them.
    """

    level = models.SmallIntegerField(choices=Level)
    kind = models.TextField()
    parameters = models.JSONField()
    switched_on = models.BooleanField()
    days = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["path", "level"], name="catalogue_of_county"),)
        constraints = (
            models.CheckConstraint(condition=Q(level__in=Level.values), name="catalogue_level_known"),
            models.CheckConstraint(condition=Q(days__gte=0), name="catalogue_days_forward"),
        )


class MeasureOrdered(Fact):
    """A measure holds at ``path`` and below from ``from_at`` until ``until_at`` (excluded; None: until it is lifted).

    ``parameters`` are those of its kind. What restricts people has a basis, an end and ``renewer_id``, who must renew
    it before it lapses. ``authority`` is the place whose office ordered it: an office below neither lifts nor renews
    it. With ``laxer_allowed`` a place below may order less in its stead. ``level`` is the change of level it hangs on;
    the next change takes it back.
    """

    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="measures")
    level = models.ForeignKey(LevelDeclared, models.PROTECT, null=True, related_name="measures")
    authority = PathField()
    kind = models.TextField()
    parameters = models.JSONField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    legal_basis = models.TextField(default="")
    document_number = models.TextField(default="")
    renewer_id = models.UUIDField(null=True)
    laxer_allowed = models.BooleanField(default=False)
    restricts = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["path", "kind"], name="measure_path_kind"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="measure_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(restricts=False)
                | (~Q(legal_basis="") & Q(until_at__isnull=False) & Q(renewer_id__isnull=False)),
                name="restriction_has_basis_end_and_renewer",
            ),
        )


class MeasureRenewed(Fact):
    """A measure goes on until a later moment, renewed before it lapsed."""

    order = models.ForeignKey(MeasureOrdered, models.PROTECT, related_name="renewals")
    until_at = models.DateTimeField()
    document_number = models.TextField(default="")
    renewer_id = models.UUIDField(null=True)


class MeasureLifted(Fact):
    """A measure ends at ``from_at``; taken back from its own beginning, it never held. ``level``: a change of level
    took it back."""

    order = models.ForeignKey(MeasureOrdered, models.PROTECT, related_name="lifts")
    level = models.ForeignKey(LevelDeclared, models.PROTECT, null=True, related_name="lifts")
    from_at = models.DateTimeField()


class RulesVersion(models.Model):
    """One row whose value is another one after every change of levels and measures, in the change's own transaction.

    What a process keeps of them is good as long as it was read under the value that stands there now.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    value = models.UUIDField(default=uuid.uuid4)
