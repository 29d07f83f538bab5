"""Printed sheets: forms that go under doors, notices that go on them, and what happened to each."""

from django.db import models
from django.db.models import Q

from firstline.census.paper.steps import OUT, SheetKind, StepKind
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import EmergencyFact
from firstline.places.models import Door


class SheetSerial(models.Model):
    """The last serial number given out in an emergency. Whoever prints takes the next ones, wherever they are."""

    emergency_id = models.UUIDField(primary_key=True)
    last = models.IntegerField()


class SheetBatch(EmergencyFact):
    """Sheets printed in one go, numbers ``first`` to ``last``. ``by`` is the day printed on them, if one is."""

    kind = models.TextField(choices=SheetKind)
    first = models.IntegerField()
    last = models.IntegerField()
    by = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["path", "recorded_at"], name="sheet_batch_path"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=SheetKind.values), name="sheet_batch_kind_known"),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="sheet_batch_not_empty"),
        )


class Sheet(models.Model):
    """One numbered sheet. ``door`` is printed on it or learnt when it is handed out; until then it has none.

    ``path`` is the door's, before that the place it was printed for. ``printed_for_id`` is the door printed on it.
    State, since, ``due_at`` and ``door`` follow from the steps (``paper.steps``) and are kept with them, because lists
    and gaps ask for the few that are out among all that ever were printed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    emergency_id = models.UUIDField()
    campaign_id = models.UUIDField()
    batch = models.ForeignKey(SheetBatch, models.PROTECT, related_name="sheets")
    kind = models.TextField(choices=SheetKind)
    serial = models.IntegerField()
    printed_for = models.ForeignKey(Door, models.PROTECT, null=True, related_name="sheets_printed")
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="sheets")
    state = models.TextField(choices=StepKind, default=StepKind.PRINTED)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    holder_id = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["emergency_id", "serial"], name="sheet_number_once_an_emergency"),
            models.CheckConstraint(condition=Q(kind__in=SheetKind.values), name="sheet_kind_known"),
            models.CheckConstraint(condition=Q(state__in=StepKind.values), name="sheet_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OUT)) | Q(door__isnull=False), name="sheet_out_is_at_a_door"
            ),
        )
        indexes = (
            models.Index(
                fields=["path"],
                condition=Q(state__in=["fetched", "handed_out", "posted"]),
                name="sheet_open_path",
            ),
        )


class SheetStep(EmergencyFact):
    """That something happened to a sheet. ``attempt_id`` is the attempt at the door that was recorded with it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="steps")
    kind = models.TextField(choices=StepKind)
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="+")
    attempt_id = models.UUIDField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["path", "recorded_at"], name="sheet_step_path"),
            models.Index(fields=["attempt_id"], name="sheet_step_attempt"),
        )
        constraints = (models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="sheet_step_known"),)


class SheetStepVoid(EmergencyFact):
    """That a step is taken back. The step stays on record; it no longer counts."""

    step = models.OneToOneField(SheetStep, models.PROTECT, related_name="void")
