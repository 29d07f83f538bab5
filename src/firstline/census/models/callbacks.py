"""The community's number, who holds it, and the calls that come to it."""

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel.models import EmergencyFact, Fact, SealedRow
from firstline.places.models import Door


class CommunityNumber(Fact):
    """The number of a community that stands on its notices; the latest counts. Public, so it stays clear."""

    number = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["path", "-recorded_at"], name="community_number_path"),)


class NumberHolder(Fact):
    """That somebody has the community's phone from now on; the latest counts. ``path`` is the community."""

    person_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["path", "-recorded_at"], name="number_holder_path"),)


class CallContents(msgspec.Struct):
    """Who called: the number as it stood on the screen, and what was noted."""

    number: str = ""
    note: str = ""


class Callback(EmergencyFact, SealedRow):
    """One call that came to the community's number: taken or missed. ``path`` is the community.

    ``number_token`` is the keyed hash of the number, "" when it was hidden: calls of one number find each other, and
    the people who have it. What became of the call follows from its steps (``callbacks.standing``).
    """

    Contents = CallContents

    taken = models.BooleanField()
    number_token = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["path", "happened_at"], name="callback_path_at"),
            models.Index(fields=["number_token", "path"], name="callback_number"),
        )


class CallStepKind(models.TextChoices):
    """One thing done about a call."""

    REACHED = "reached", _("called back, reached")
    NOT_REACHED = "not_reached", _("called back, nobody answered")
    CALLED_AGAIN = "called_again", _("they called again")
    COMPLETED = "completed", _("written down at a door")
    CLOSED = "closed", _("nothing more to do")
    MISTAKE = "mistake", _("logged by mistake")


class CallbackStep(EmergencyFact):
    """That something was done about a call. A completed one names the door and the attempt recorded there."""

    callback = models.ForeignKey(Callback, models.PROTECT, related_name="steps")
    kind = models.TextField(choices=CallStepKind)
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="+")
    attempt_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["path", "recorded_at"], name="callback_step_path"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CallStepKind.values), name="callback_step_known"),
            models.CheckConstraint(
                condition=~Q(kind="completed") | Q(door__isnull=False, attempt_id__isnull=False),
                name="completed_call_has_a_door",
            ),
        )


class CallbackStepVoid(EmergencyFact):
    """That a step about a call is taken back; it stays on record and no longer counts."""

    step = models.OneToOneField(CallbackStep, models.PROTECT, related_name="void")
