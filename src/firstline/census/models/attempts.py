"""Attempts at doors: facts, each with who tried, through which channel, and what came of it."""

from typing import Any

import msgspec
from django.db import models

from firstline.census.results import Channel, Result
from firstline.kernel.models import EmergencyFact, SealedRow
from firstline.places.models import Door


class AttemptNote(msgspec.Struct, omit_defaults=True):
    """What the visitor wrote down; may name people.

    ``visitor`` is who was there when somebody else recorded it; ``answers`` those to the campaign's questions, by name,
    and ``questions`` the id of the set they were given to.
    """

    note: str = ""
    visitor: str = ""
    answers: dict[str, Any] = msgspec.field(default_factory=dict)
    questions: str = ""


class Attempt(EmergencyFact, SealedRow):
    """One try at one door, through one channel, with its result.

    ``claim`` is a keyed hash of the command as it was given: the same id again with the same body is the same
    attempt, with another body it is refused. Keyed, because a plain hash of a short note can be guessed.
    ``visitor_id`` is who was there, null when that is nobody on record; ``again_at`` a time agreed upon, before which
    nobody comes or calls; ``source_id`` the row, report, call or sheet of paper it was taken from.
    """

    Contents = AttemptNote

    # Found by the index below, which begins with it.
    door = models.ForeignKey(Door, models.PROTECT, related_name="attempts", db_index=False)
    channel = models.TextField(choices=Channel, default=Channel.DOOR)
    result = models.TextField(choices=Result)
    persons_met = models.SmallIntegerField(default=0)
    minutes = models.SmallIntegerField(null=True)
    visitor_id = models.UUIDField(null=True)
    again_at = models.DateTimeField(null=True)
    source_id = models.UUIDField(null=True)
    claim = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["door", "campaign_id", "happened_at"], name="attempt_door"),
            models.Index(fields=["path", "happened_at"], name="attempt_path_at"),
            models.Index(fields=["source_id"], condition=~models.Q(source_id=None), name="attempt_source"),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(persons_met__gte=0), name="persons_met_not_negative"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="attempt_result_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="attempt_channel_known"),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__gte=0), name="attempt_minutes_not_negative"
            ),
        )


class AttemptVoid(EmergencyFact):
    """That an attempt is taken back: by whom, when. The attempt stays; it no longer counts."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="void")
