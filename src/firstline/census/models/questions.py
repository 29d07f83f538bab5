"""What campaigns ask, and the pictures taken at doors."""

import uuid
from functools import cached_property

import msgspec
from django.db import models

from firstline.census.models.attempts import Attempt
from firstline.census.questions.definition import QuestionSet as Questions
from firstline.census.questions.definition import decoded
from firstline.kernel.ids import derived
from firstline.kernel.models import EmergencyFact, Fact, SealedRow


class QuestionSet(Fact):
    """One version of a set of questions, and the workbook it was read from, as it came. Written once, never changed.

    ``definition`` is the JSON of `questions.definition.QuestionSet`, ``fingerprint`` its SHA-256: the same questions
    again are the same set. ``number`` counts the versions of a name at a place; ``version`` is what the workbook says.
    """

    name = models.TextField()
    title = models.TextField()
    version = models.TextField()
    number = models.IntegerField()
    definition = models.TextField()
    fingerprint = models.BinaryField()
    workbook = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["path", "fingerprint"], name="same_questions_once_a_place"),
            models.UniqueConstraint(fields=["path", "name", "number"], name="question_set_numbered_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="question_set_number_positive"),
        )

    def __str__(self) -> str:
        return self.title

    @cached_property
    def said(self) -> Questions:
        """The questions themselves."""
        return decoded(self.definition)


class Picture(msgspec.Struct):
    """A photograph as it is kept: JPEG, without anything a camera writes beside it."""

    jpeg: bytes


class AttemptPhoto(EmergencyFact, SealedRow):
    """A picture taken at an attempt: to a question of the set, or (``question`` empty) of the attempt itself."""

    Contents = Picture

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="photos")
    question = models.TextField(default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["attempt", "question"], name="one_picture_a_question"),)

    @staticmethod
    def id_for(attempt_id: uuid.UUID, question: str) -> uuid.UUID:
        """The id of an attempt's picture: it follows from the question, so that pressing twice keeps one."""
        return derived(attempt_id, "photo", question)
