"""Night entry: sheets typed from paper, the lines as they were typed, and the second typing that checks a sample."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from firstline.census.models.attempts import Attempt
from firstline.census.night.cells import Cells
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, EmergencyFact, SealedRow
from firstline.places.models import Compound


class EntrySheet(EmergencyFact):
    """One saving of a night's grid: whose, for which compound, when. Its id was made with the page."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="entry_sheets")

    class Meta:
        indexes = (models.Index(fields=["path", "recorded_at"], name="entry_sheet_path"),)


class EnteredRow(AppendOnly, SealedRow):
    """The line that an attempt was typed as, what was carried down standing in it; on which sheet, and where on it."""

    Contents = Cells

    attempt = models.OneToOneField(Attempt, models.PROTECT, primary_key=True, related_name="entered")
    sheet = models.ForeignKey(EntrySheet, models.PROTECT, related_name="rows")
    path = PathField()
    number = models.SmallIntegerField()


class EntryCheck(EmergencyFact):
    """That some lines of a day are typed again by somebody else: of one clerk, of one channel, or of all.

    ``population`` is how many lines there were to draw from. ``path`` is the compound's.
    """

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="entry_checks")
    day = models.DateField()
    clerk_id = models.UUIDField(null=True)
    channel = models.TextField(default="")
    population = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["path", "day"], name="entry_check_path"),)
        constraints = (models.CheckConstraint(condition=Q(population__gt=0), name="entry_check_of_something"),)


class CheckedRow(AppendOnly):
    """A line drawn for a check, in the order in which it stands on paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    check_of = models.ForeignKey(EntryCheck, models.PROTECT, related_name="drawn")
    entered = models.ForeignKey(EnteredRow, models.PROTECT, related_name="drawn")
    path = PathField()
    position = models.SmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["check_of", "entered"], name="row_drawn_once_a_check"),)


class SecondEntry(EmergencyFact, SealedRow):
    """A drawn line typed again, blind, by another person: how many cells were compared, and which differ."""

    Contents = Cells

    drawn = models.OneToOneField(CheckedRow, models.PROTECT, related_name="second")
    compared = models.SmallIntegerField()
    differing: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)


class EntryVerdict(EmergencyFact):
    """Which of the differing cells were wrong at first, by the paper; ``replaced_by`` is the attempt put right."""

    second = models.OneToOneField(SecondEntry, models.PROTECT, related_name="verdict")
    wrong: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField(), default=list)
    replaced_by: "models.OneToOneField[Attempt | None, Attempt | None]" = models.OneToOneField(
        Attempt, models.PROTECT, null=True, related_name="verdict"
    )
