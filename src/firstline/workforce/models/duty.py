"""Signing in and out at a place: facts, from which follows who is on duty."""

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from firstline.kernel.models import Fact, SealedRow


class Step(models.TextChoices):
    IN = "in", _("signed in")
    OUT = "out", _("signed out")


class DutyNote(msgspec.Struct, omit_defaults=True):
    """What was said along with it; may name people. Sealed under the organisation's key."""

    note: str = ""


class DutySign(Fact, SealedRow):
    """Somebody of ours signed in or out at a place. Its id is that of the command it came by.

    ``person_id`` is whose duty it is, ``by_person_id`` who said so: at the desk a director signs for those without a
    phone. ``claim`` is a keyed hash of the command as it was given: the same id with another body is refused.
    """

    Contents = DutyNote

    person_id = models.UUIDField()
    step = models.TextField(choices=Step)
    claim = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["path", "happened_at"], name="duty_sign_path"),
            models.Index(fields=["person_id", "happened_at", "id"], name="duty_sign_person"),
        )
        constraints = (models.CheckConstraint(condition=models.Q(step__in=Step.values), name="duty_sign_step_known"),)
