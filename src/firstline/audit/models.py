"""The ledger: every act and every look at personal data, once written never changed."""

from typing import Any

import msgspec
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from firstline.kernel import clock
from firstline.kernel.fields import GenerationField, PathField, TransactionIdField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, SealedRow


class Change(msgspec.Struct):
    """What an act changed, or which fields were looked at."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None


class LedgerEntry(AppendOnly, SealedRow):
    """One act or one look: who, at which place, on what; what changed is sealed.

    ``actor_label`` is the invented login name, kept here without a foreign key so that the ledger outlives the person.
    """

    Contents = Change

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.TextField()
    is_look = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    path = PathField()
    actor_id = models.UUIDField()
    actor_label = models.TextField()
    device_id = models.UUIDField(null=True)
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    txid = TransactionIdField()
    generation = GenerationField()

    class Meta:
        indexes = (
            models.Index(fields=["path", "at"], name="ledger_path_at"),
            models.Index(fields=["subject_id", "at"], name="ledger_subject_at"),
            models.Index(fields=["actor_id", "at"], name="ledger_actor_at"),
            # Entries stand in the order in which they came, so a few ranges of pages tell which are new.
            BrinIndex(fields=["at"], name="ledger_at_range"),
        )
