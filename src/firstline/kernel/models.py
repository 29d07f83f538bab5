"""Abstract rows the apps build on, and the register of data keys (ids only, never a key)."""

import uuid
from typing import Any, ClassVar, Protocol, Self

import msgspec
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock, crypto
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.fields import GenerationField, PathField, ReceivedAtField, TransactionIdField
from firstline.kernel.ids import uuid7


class AppendOnly(models.Model):
    """Rows that are written once: the application's role is granted INSERT and SELECT on their table, no more."""

    class Meta:
        abstract = True


class Fact(AppendOnly):
    """Something somebody saw, did or was told: who, where, three times. Never updated; voided by another fact."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    happened_at = models.DateTimeField(default=clock.now)
    happened_precision = models.TextField(choices=Precision, default=Precision.MINUTE)
    recorded_at = models.DateTimeField(default=clock.now)
    received_at = ReceivedAtField()
    by_person_id = models.UUIDField()
    by_device_id = models.UUIDField(null=True)
    txid = TransactionIdField()
    generation = GenerationField()

    class Meta:
        abstract = True


class OfEmergency(Protocol):
    """What another fact can be about: a row that is somewhere, in one emergency and campaign."""

    @property
    def path(self) -> str: ...
    @property
    def emergency_id(self) -> uuid.UUID: ...
    @property
    def campaign_id(self) -> uuid.UUID: ...


class EmergencyFact(Fact):
    """A fact of one emergency and one campaign; soft references, so that no lower app needs an upper one."""

    emergency_id = models.UUIDField()
    campaign_id = models.UUIDField()

    class Meta:
        abstract = True

    @classmethod
    def about(cls, row: OfEmergency, /, *, by: Actor, **columns: Any) -> Self:
        """A fact about another, not written yet: in its emergency and campaign, said by ``by``; where the other is,
        unless ``columns`` name a path of its own.
        """
        place = {"path": row.path, "emergency_id": row.emergency_id, "campaign_id": row.campaign_id}
        return cls(**place | {"by_person_id": by.person_id, "by_device_id": by.device_id} | columns)


class SealedRow(models.Model):
    """A row whose personal part is one ciphertext; ``Contents`` says what is inside."""

    sealed = models.BinaryField()

    Contents: ClassVar[type[msgspec.Struct]]

    class Meta:
        abstract = True

    def seal(self, contents: msgspec.Struct, key_id: uuid.UUID) -> None:
        """Put ``contents`` under the key; the row must have its id already."""
        self.sealed = self.envelope(self.pk, contents, key_id)

    @classmethod
    def envelope(cls, pk: uuid.UUID, contents: msgspec.Struct, key_id: uuid.UUID) -> bytes:
        """What ``sealed`` holds in the row of this id; for rows that are written without being objects."""
        return crypto.seal(msgspec.msgpack.encode(contents), key_id=key_id, row=cls._row_of(pk))

    def open(self) -> Any:
        """What is inside, as ``Contents``. Raises KeyMissing or SealBroken; whoever shows it records the look."""
        return self.opened(self.pk, self.sealed)

    @classmethod
    def opened(cls, pk: uuid.UUID, sealed: bytes | memoryview) -> Any:
        """The same of a row that was read without being an object."""
        return msgspec.msgpack.decode(crypto.unseal(sealed, row=cls._row_of(pk)), type=cls.Contents)

    def _sealed_as(self) -> str:
        return self._row_of(self.pk)

    @classmethod
    def _row_of(cls, pk: uuid.UUID) -> str:
        return f"{cls._meta.db_table}:{pk}"


NOTHING_GONE = uuid.UUID(int=0)


class Touched(AppendOnly):
    """That what documents show changed at or below a path, in one transaction (``kernel.changes``).

    ``gone_id`` is a door that was deleted there, the nil id where something only changed. No personal data: places
    have paths in clear, and what became of them stands in other tables.
    """

    pk = models.CompositePrimaryKey("generation", "txid", "path", "gone_id")
    generation = GenerationField()
    txid = TransactionIdField()
    path = PathField()
    gone_id = models.UUIDField(default=NOTHING_GONE)
    received_at = ReceivedAtField()

    class Meta:
        # Rows stand in the order in which they came, so a few ranges of pages tell which of them are old.
        indexes = (BrinIndex(fields=["received_at"], name="touched_received_range"),)


class DataKey(models.Model):
    """That a key exists, what for, and how to tell it from another; the key itself is a file elsewhere.

    A retired key seals nothing new; what it sealed stays readable until it is destroyed. ``follows`` is the key that
    was in use before this one.
    """

    class Purpose(models.TextChoices):
        ORGANISATION = "organisation", _("the organisation's own people and contacts")
        EMERGENCY = "emergency", _("one emergency")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.TextField(choices=Purpose)
    check_value = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    retired_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["purpose"],
                condition=models.Q(purpose="organisation", retired_at=None),
                name="one_organisation_key",
            ),
        )
