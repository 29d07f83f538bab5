"""Logs of visits and calls that came as files: kept as they came, row by row, and what became of each row."""

import uuid
from datetime import datetime

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.census.results import Channel, Result
from firstline.kernel.clock import Precision
from firstline.kernel.fields import PathField
from firstline.kernel.models import AppendOnly, EmergencyFact, SealedRow
from firstline.places.models import Compound, Door
from firstline.registry.models import KeptFile
from firstline.registry.person_line import PersonSaid


class LogKind(models.TextChoices):
    VISITS = "visits", _("Visits at doors")
    CALLS = "calls", _("Telephone survey")


class LogContents(msgspec.Struct):
    """What a log is called, and the sheets of it that are no logs; names of both may be people's."""

    name: str
    passed_over: list[str] = msgspec.field(default_factory=list)


class LogFile(EmergencyFact, KeptFile):
    """A log of work in one community; ``path`` is the community's. It counts nowhere until somebody accepts it.

    ``fingerprint`` is a keyed hash of community and content: the same file again is known.
    """

    Contents = LogContents

    kind = models.TextField(choices=LogKind)
    fingerprint = models.BinaryField(unique=True)
    row_count = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["path", "recorded_at"], name="log_file_path"),)


class LogVerdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    # All attempts of an accepted log are written; until then whoever was interrupted goes on.
    RECORDED = "recorded", _("Counts")
    DISCARDED = "discarded", _("Set aside for good")
    TAKEN_BACK = "taken_back", _("Taken back")


class LogStep(EmergencyFact):
    """A step of a log: each at most once."""

    log = models.ForeignKey(LogFile, models.PROTECT, related_name="steps")
    verdict = models.TextField(choices=LogVerdict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["log", "verdict"], name="log_step_once"),
            models.CheckConstraint(condition=Q(verdict__in=LogVerdict.values), name="log_step_known"),
        )


class RowState(models.TextChoices):
    """What became of a row; every row of a file is exactly one of these."""

    PLACED = "placed", _("At a door")
    PARKED = "parked", _("Set aside")
    DUPLICATE = "duplicate", _("Twice in the file")
    NO_DATA = "no_data", _("No data")


class TryKept(msgspec.Struct):
    """One attempt of a row; empty ``result`` or no ``at`` where nobody could read it. ``word`` is what stood there."""

    part: int
    word: str = ""
    result: str = ""
    channel: str = Channel.DOOR.value
    at: datetime | None = None
    precision: str = Precision.MINUTE.value


class LogRowContents(msgspec.Struct):
    """The cells as they were written, and what was read from them. ``choices`` are doors that would fit."""

    cells: list[str]
    address: str = ""
    compound: str = ""
    visitor: str = ""
    remark: str = ""
    minutes: int | None = None
    persons: int | None = None
    returned: list[str] = msgspec.field(default_factory=list)
    people: list[PersonSaid] = msgspec.field(default_factory=list)
    tries: list[TryKept] = msgspec.field(default_factory=list)
    choices: list[uuid.UUID] = msgspec.field(default_factory=list)


class LogRow(AppendOnly, SealedRow):
    """One row of a log as it came, and what became of it. Its id follows from file, sheet and number.

    ``reason`` says why a row is parked; ``word`` is a keyed hash of a result word nobody knew, so that one decision
    serves all rows that have it.
    """

    Contents = LogRowContents

    id = models.UUIDField(primary_key=True, editable=False)
    path = PathField()
    log = models.ForeignKey(LogFile, models.PROTECT, related_name="rows")
    sheet = models.SmallIntegerField()
    number = models.IntegerField()
    state = models.TextField(choices=RowState)
    reason = models.TextField(default="")
    word = models.BinaryField(default=b"")
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="log_rows")
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="log_rows")

    class Meta:
        indexes = (
            models.Index(fields=["log", "state", "sheet", "number"], name="log_row_state"),
            models.Index(fields=["path"], condition=Q(state="parked"), name="log_row_parked"),
        )
        constraints = (
            models.UniqueConstraint(fields=["log", "sheet", "number"], name="log_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="log_row_state_known"),
            models.CheckConstraint(
                condition=~Q(state="placed") | (Q(door__isnull=False) & Q(compound__isnull=False)),
                name="placed_row_has_a_door",
            ),
            models.CheckConstraint(
                condition=Q(state="parked") & ~Q(reason="") | ~Q(state="parked") & Q(reason=""),
                name="parked_row_says_why",
            ),
        )


class Settled(models.TextChoices):
    """How somebody put a parked row right; the last one counts, and UNDONE is as if nobody had."""

    PLACED = "placed", _("At a door")
    NO_DATA = "no_data", _("No data")
    UNDONE = "undone", _("Taken back")


class RowSettled(EmergencyFact):
    """That a parked row was put right: at a door, with results and moments by part; ``decision_id`` is shared by all
    rows of one decision. ``version`` is one more than those before, so of two at once the database takes one.

    ``tries`` maps a part to what of its result, channel, at and precision somebody said.
    """

    row = models.ForeignKey(LogRow, models.PROTECT, related_name="settled")
    log = models.ForeignKey(LogFile, models.PROTECT, related_name="settled")
    version = models.SmallIntegerField()
    decision_id = models.UUIDField()
    how = models.TextField(choices=Settled)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+")
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="+")
    tries = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["row", "version"], name="log_row_put_right_once"),
            models.CheckConstraint(condition=Q(how__in=Settled.values), name="log_row_settled_known"),
            models.CheckConstraint(
                condition=Q(how="placed") & Q(door__isnull=False) | ~Q(how="placed") & Q(door__isnull=True),
                name="settled_row_has_a_door",
            ),
        )


class WordSaid(msgspec.Struct):
    """A result word that no lexicon knew, as it was written; it may be a sentence that names people."""

    word: str


class WordChoice(EmergencyFact, SealedRow):
    """What a clerk said a result word means; the latest choice is used for the logs of the place that come later.

    ``token`` is a keyed hash of kind and word: equality only.
    """

    Contents = WordSaid

    token = models.BinaryField()
    kind = models.TextField(choices=LogKind)
    result = models.TextField(choices=Result)
    channel = models.TextField(choices=Channel)

    class Meta:
        indexes = (models.Index(fields=["token", "path"], name="word_choice_token"),)
