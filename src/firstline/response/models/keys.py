"""Where copies of data keys lie, and the two confirmations by which the keys of an emergency are destroyed."""

from django.db import models
from django.db.models import F, Q

from firstline.kernel import clock
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, DataKey
from firstline.response.models.emergencies import Emergency


class KeyCopy(AppendOnly):
    """That a copy of a data key lies somewhere outside this installation: where, made by whom and when.

    ``backup_id`` names the backup it belongs to; a copy carried away by hand has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="copies")
    place = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    made_by_id = models.UUIDField()
    backup_id = models.UUIDField(null=True)


class KeyCopyGone(AppendOnly):
    """That somebody destroyed a copy, and says so by name."""

    copy = models.OneToOneField(KeyCopy, models.PROTECT, related_name="gone", primary_key=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()


class DestructionProposal(AppendOnly):
    """The first of two people says that the keys of an emergency are to be destroyed; it lapses by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="proposals")
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()
    lapses_at = models.DateTimeField()


class DestructionConfirmation(AppendOnly):
    """The second one agrees, and the keys are gone. That it is another person, the database itself checks.

    ``proposed_by_id`` repeats the proposal's, so that a check can compare the two; a foreign key holds it to be so.
    """

    proposal = models.OneToOneField(DestructionProposal, models.PROTECT, related_name="confirmation", primary_key=True)
    proposed_by_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(by_id=F("proposed_by_id")), name="destruction_confirmed_by_another_person"
            ),
        )
