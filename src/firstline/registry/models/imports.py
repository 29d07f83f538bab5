"""Work in hand: lists that are brought in while somebody does something else."""

import uuid

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.places.models import Compound
from firstline.registry.models.lists import ChosenColumns, KeptFile


class Stage(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    READING = "reading", _("Is being read")
    STORING = "storing", _("Rows are being stored")
    ACCEPTING = "accepting", _("Is being accepted")
    FAILED = "failed", _("Could not be brought in")
    DONE = "done", _("Done")


class ImportContents(msgspec.Struct):
    """What a file is called; why the work failed, as data of the error (a sheet's name may be somebody's).

    ``again`` is the list that is read anew, with its columns as was ``chosen``.
    """

    name: str
    data: dict[str, str | int] = msgspec.field(default_factory=dict)
    again: uuid.UUID | None = None
    chosen: dict[int, ChosenColumns] = msgspec.field(default_factory=dict)


class Import(KeptFile):
    """Work on one list in the background, as far as it has come; deleted when it is done. Its id is the list's.

    No fact: it is overwritten as the work goes on. ``sealed_content`` is the file until it is a SourceFile; null for
    work on a list that is one. ``problem`` is the code of the error that ended the last attempt.
    """

    Contents = ImportContents

    id = models.UUIDField(primary_key=True, editable=False)
    path = PathField()
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="imports")
    fingerprint = models.BinaryField()
    sealed_content = models.BinaryField(null=True)  # type: ignore[assignment]
    person_id = models.UUIDField()
    stage = models.TextField(choices=Stage, default=Stage.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    problem = models.TextField(default="")
    begun_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = (models.Index(fields=["path", "begun_at"], name="import_path"),)
        constraints = (models.UniqueConstraint(fields=["compound", "fingerprint"], name="import_once_a_compound"),)
