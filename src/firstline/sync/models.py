"""What of the devices' commands is kept because it could not simply be carried out, and what became of it."""

from typing import Any

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.accounts.models import Device
from firstline.kernel import clock
from firstline.kernel.fields import GenerationField, PathField, ReceivedAtField, TransactionIdField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, SealedRow


class KeptState(models.TextChoices):
    """Where a kept command stands; the first four wait for something."""

    HELD = "held", _("Held until another comes")
    QUARANTINED = "quarantined", _("In quarantine")
    CONFLICT = "conflict", _("Two edits met")
    REFUSED = "refused", _("Refused")
    CARRIED_OUT = "carried_out", _("Carried out")
    SET_ASIDE = "set_aside", _("Set aside")


OPEN = (KeptState.HELD, KeptState.QUARANTINED, KeptState.CONFLICT, KeptState.REFUSED)


class KeptCommand(msgspec.Struct):
    """The command as it came. ``raw`` is its body's JSON; ``fields`` what met in a conflict, a dictionary a field."""

    raw: bytes
    recorded_at: int = 0
    offset: int | None = None
    after: list[str] = []  # msgspec copies an empty default
    said: str = ""
    fields: dict[str, dict[str, str]] = {}


class Kept(SealedRow):
    """A command that is kept under its own id: held, quarantined, conflict or refused, and what became of it since.

    ``path`` is the door's or compound's where that is known, else that of the device's grant. ``state`` and ``code``
    follow from ``status`` and the steps, and are kept with them, because lists ask for the few that are open.
    ``claim`` is a keyed hash of the command: the same id with another body is another command.
    """

    Contents = KeptCommand

    id = models.UUIDField(primary_key=True, editable=False)
    path = PathField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="kept")
    person_id = models.UUIDField()
    kind = models.TextField()
    version = models.SmallIntegerField()
    seq = models.IntegerField()
    status = models.TextField(choices=KeptState)
    first_code = models.TextField()
    made_at = models.DateTimeField()
    received_at = ReceivedAtField()
    claim = models.BinaryField()
    state = models.TextField(choices=KeptState)
    code = models.TextField()
    since = models.DateTimeField(default=clock.now)
    txid = TransactionIdField()
    generation = GenerationField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(status__in=OPEN), name="kept_status_known"),
            models.CheckConstraint(condition=Q(state__in=KeptState.values), name="kept_state_known"),
        )
        indexes = (
            models.Index(
                fields=["path"], condition=Q(state__in=["held", "quarantined", "conflict", "refused"]), name="kept_open"
            ),
            models.Index(fields=["path", "since"], name="kept_path_since"),
        )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class StepHow(models.TextChoices):
    """What happened to a kept command."""

    CARRIED_OUT = "carried_out", _("What it waited for came")
    ADMITTED = "admitted", _("Admitted")
    TAKEN_MINE = "taken_mine", _("The phone's words taken")
    TAKEN_THEIRS = "taken_theirs", _("What stands was left")
    SET_ASIDE = "set_aside", _("Set aside")
    TURNED = "turned", _("Tried, and kept for another reason")
    REOPENED = "reopened", _("Opened again")


class StepReason(msgspec.Struct):
    """Why, in a person's own words."""

    reason: str = ""


class KeptStep(AppendOnly, SealedRow):
    """That something was decided about a kept command, or became of it: by whom, when, and to which state."""

    Contents = StepReason

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Kept, models.PROTECT, related_name="steps")
    path = PathField()
    how = models.TextField(choices=StepHow)
    state = models.TextField(choices=KeptState)
    code = models.TextField(default="")
    at = models.DateTimeField(default=clock.now)
    by_person_id = models.UUIDField()
    txid = TransactionIdField()
    generation = GenerationField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(how__in=StepHow.values), name="kept_step_known"),
            models.CheckConstraint(condition=Q(state__in=KeptState.values), name="kept_step_state_known"),
        )


class Awaited(AppendOnly):
    """That a held command waits for another one. Ids only, so that whoever hands that in finds it, wherever it is."""

    id = models.BigAutoField(primary_key=True)
    kept_id = models.UUIDField()
    device_id = models.UUIDField()
    predecessor_id = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["predecessor_id", "kept_id"], name="awaited_once"),)
        indexes = (models.Index(fields=["kept_id"], name="awaited_kept"),)


class Receipt(AppendOnly):
    """That a command was carried out whose fact does not bear its id. Ids, and a keyed hash of what it said."""

    id = models.UUIDField(primary_key=True, editable=False)
    device_id = models.UUIDField()
    claim = models.BinaryField()
    txid: Any = TransactionIdField()
    generation: Any = GenerationField()
