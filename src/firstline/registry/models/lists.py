"""What sources said: files and rows kept as they came, and one mention per name. No persons are derived here yet."""

import uuid

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import crypto
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, EmergencyFact, SealedRow
from firstline.places.models import Compound


class ColumnRead(msgspec.Struct):
    """What a column of the list was taken to say. ``index`` counts from 1."""

    index: int
    header: str
    meaning: str
    confidence: float = 1.0


class Comment(msgspec.Struct):
    """A note somebody pinned to a cell; rows and columns count from 1."""

    row: int
    column: int
    text: str


class ChosenColumns(msgspec.Struct):
    """How somebody said a sheet is to be read: its last row of headings (0: none) and what columns (from 1) say.

    ``headers`` are the headings it was chosen for; ``building`` stands for rows that name none.
    """

    header_row: int
    columns: dict[int, str]
    headers: list[str] = msgspec.field(default_factory=list)
    building: str = ""


class SheetRead(msgspec.Struct):
    """How one sheet of a file was understood, and what was hidden in it: hidden cells are read like visible ones.

    ``chosen`` is what a person had chosen for it, here or for an earlier list that looks alike.
    """

    number: int
    name: str = ""
    header_row: int = 0
    columns: list[ColumnRead] = msgspec.field(default_factory=list)
    layout: str = ""
    chosen: ChosenColumns | None = None
    hidden: bool = False
    hidden_rows: list[int] = msgspec.field(default_factory=list)
    hidden_columns: list[int] = msgspec.field(default_factory=list)
    comments: list[Comment] = msgspec.field(default_factory=list)


class Unread(msgspec.Struct):
    """A sheet or column that was passed over: a code and what fills its sentence."""

    code: str
    data: dict[str, str | int]


class FileContents(msgspec.Struct):
    """What is said of a file: its name, which may name people too, and how its sheets were understood.

    ``compound_named`` is the compound that the file itself names, if it names one.
    """

    name: str
    compound_named: str = ""
    sheets: list[SheetRead] = msgspec.field(default_factory=list)
    unread: list[Unread] = msgspec.field(default_factory=list)


class SourceKind(models.TextChoices):
    FILE = "file", _("Property list")
    TYPED = "typed", _("Typed list")


class KeptFile(SealedRow):
    """A row that keeps a file as it came, in an envelope of its own: megabytes that a list of files need not open."""

    sealed_content = models.BinaryField()

    class Meta:
        abstract = True

    def seal_content(self, content: bytes, key_id: uuid.UUID) -> None:
        """Put the file as it came under the key; the row must have its id already."""
        self.sealed_content = crypto.seal(content, key_id=key_id, row=f"{self._sealed_as()}:content")

    def open_content(self) -> bytes:
        """The file as it came. Raises KeyMissing or SealBroken."""
        return crypto.unseal(self.sealed_content, row=f"{self._sealed_as()}:content")


class SourceFile(EmergencyFact, KeptFile):
    """One list of one compound, uploaded or typed. It counts nowhere until a decision accepts it.

    ``fingerprint`` is a keyed hash of the content: the same file again is known, but the hash tells a thief nothing.
    """

    Contents = FileContents

    kind = models.TextField(choices=SourceKind, default=SourceKind.FILE)
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="source_files")
    fingerprint = models.BinaryField()
    row_count = models.IntegerField()
    record_count = models.IntegerField()
    parked_count = models.IntegerField()
    no_data_count = models.IntegerField()
    mention_count = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["compound", "fingerprint"], name="same_file_once_a_compound"),
            models.CheckConstraint(
                condition=Q(row_count=models.F("record_count") + models.F("parked_count") + models.F("no_data_count")),
                name="rows_in_are_rows_accounted_for",
            ),
        )


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DISCARDED = "discarded", _("Discarded")
    # The same file was read again with other columns; that reading stands in a file of its own.
    READ_AGAIN = "read_again", _("Read again")


class FileDecision(EmergencyFact):
    """The one short last step: from here on a file's rows count, or never will."""

    source_file = models.OneToOneField(SourceFile, models.PROTECT, related_name="decision")
    verdict = models.TextField(choices=Verdict)


class FileVoid(EmergencyFact):
    """That an accepted list is taken back: its names count no longer, and the doors nothing leans on are gone."""

    source_file = models.OneToOneField(SourceFile, models.PROTECT, related_name="void")


class LooseContents(msgspec.Struct):
    """What a file is called of which nobody could say yet whose list it is."""

    name: str


class LooseFile(EmergencyFact, KeptFile):
    """A file that names no compound we know, kept as it came until somebody says whose list it is.

    ``path`` is the place of whoever brought it; ``fingerprint`` is keyed, as that of a list.
    """

    Contents = LooseContents

    fingerprint = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["path", "recorded_at"], name="loose_file_path"),)


class LooseEnd(EmergencyFact):
    """What became of a loose file: filed under a compound, or set aside for good (no ``compound``)."""

    loose_file = models.OneToOneField(LooseFile, models.PROTECT, related_name="end")
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="loose_ends")


class ColumnChoice(EmergencyFact, SealedRow):
    """That a person corrected our reading of a layout; the latest choice is used for the next file that looks alike.

    ``layout`` is a keyed hash of the headings: equality only, so that the same headings are known elsewhere.
    """

    Contents = ChosenColumns

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="column_choices")
    layout = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["layout", "path"], name="column_choice_layout"),)


class RowKind(models.TextChoices):
    RECORD = "record", _("Record")
    PARKED = "parked", _("Parked")
    NO_DATA = "no_data", _("No data")


class Sex(models.TextChoices):
    MALE = "male", _("male")
    FEMALE = "female", _("female")
    UNKNOWN = "", _("not said")


class MentionDetails(msgspec.Struct):
    """What a source said of one person, as it said it."""

    name: str
    relation: str = ""
    phones: list[str] = msgspec.field(default_factory=list)
    id_number: str = ""
    id_problem: str = ""
    birth_date: str = ""
    remark: str = ""


class RowContents(msgspec.Struct):
    """The cells as they were written, the remark and number of persons read from them, the doors that would fit.

    ``people`` are those of a row set aside: without a door they are no mentions yet; ``written`` is what stands where
    its door belongs.
    """

    cells: list[str]
    remark: str = ""
    persons: int | None = None
    choices: list[str] = msgspec.field(default_factory=list)
    people: list[MentionDetails] = msgspec.field(default_factory=list)
    written: str = ""


class SourceRow(AppendOnly, SealedRow):
    """One row of a source file as it came, and what became of it. Its id follows from file, sheet, row and column.

    ``column`` is set where one row holds several doors; ``sheet`` counts from 1, its name is sealed with the file.
    """

    Contents = RowContents

    id = models.UUIDField(primary_key=True, editable=False)
    path = PathField()
    source_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="rows")
    sheet = models.SmallIntegerField(default=1)
    number = models.IntegerField()
    column = models.IntegerField(null=True)
    kind = models.TextField(choices=RowKind)
    reason = models.TextField(default="")
    door_building = models.TextField(default="")
    door_unit = models.TextField(default="")
    door_room = models.TextField(default="")
    door_label = models.TextField(default="")
    # Stable codes of what is doubtful about the row; the words are translated where they are shown.
    doubts = models.JSONField(default=list)

    class Meta:
        indexes = (
            models.Index(fields=["source_file", "kind", "number"], name="source_row_file_kind"),
            models.Index(fields=["path"], condition=Q(kind="parked"), name="source_row_parked"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=RowKind.values), name="source_row_kind_known"),
            models.CheckConstraint(condition=~Q(kind="record") | ~Q(door_label=""), name="record_has_a_door"),
        )


class CorrectionContents(msgspec.Struct):
    """Who lives at the door of a corrected row, as whoever put it right said."""

    people: list[MentionDetails] = msgspec.field(default_factory=list)


class RowCorrection(EmergencyFact, SealedRow):
    """A row set aside, put right: at a door with its people, or said to be no data. The row itself stays as it came.

    A correction is taken back by a SourceVoid of its id. ``version`` is one more than the corrections of the row that
    were taken back, so of two at once the database takes one. ``decision_id`` is shared by all rows of one decision.
    """

    Contents = CorrectionContents

    source_row = models.ForeignKey(SourceRow, models.PROTECT, related_name="corrections")
    source_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="corrections")
    version = models.SmallIntegerField()
    decision_id = models.UUIDField()
    kind = models.TextField(choices=RowKind)
    door_building = models.TextField(default="")
    door_unit = models.TextField(default="")
    door_room = models.TextField(default="")
    door_label = models.TextField(default="")

    class Meta:
        indexes = (models.Index(fields=["source_file", "decision_id"], name="row_correction_file"),)
        constraints = (
            models.UniqueConstraint(fields=["source_row", "version"], name="row_put_right_once"),
            models.CheckConstraint(condition=Q(kind__in=["record", "no_data"]), name="row_put_right_is_settled"),
            models.CheckConstraint(
                condition=(Q(kind="record") & ~Q(door_label="")) | (Q(kind="no_data") & Q(door_label="")),
                name="row_put_right_has_a_door",
            ),
        )


class MentionSource(models.TextChoices):
    PROPERTY_LIST = "property_list", _("Property list")
    VISIT = "visit", _("Visit")
    PHONE = "phone", _("Telephone")
    REPORT = "report", _("Online report")
    PAPER = "paper", _("Paper form")


class Mention(AppendOnly, SealedRow):
    """One name in one source, at one door. Persons are derived from mentions later; a mention is never changed.

    ``door_id`` may name a door that exists only once the file is accepted: its id is known before (see decisions/).
    ``source_id`` is the source row or the attempt; ``source_file`` is null for what was said at a door.
    """

    Contents = MentionDetails

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    emergency_id = models.UUIDField()
    campaign_id = models.UUIDField()
    door_id = models.UUIDField()
    source = models.TextField(choices=MentionSource)
    source_id = models.UUIDField()
    source_file = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="mentions")
    part = models.SmallIntegerField(default=1)
    sex = models.TextField(choices=Sex, default=Sex.UNKNOWN)
    birth_year = models.SmallIntegerField(null=True)
    origin_division = models.TextField(default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source_id", "part"], name="mention_once_a_source_part"),)
        indexes = (models.Index(fields=["door_id"], name="mention_door"),)


class MentionToken(AppendOnly):
    """A keyed search token of a mention: equality only, so that an index serves under row-level security.

    The path stands in the key: 王建国 is found in a community without passing all those of the country on the way.
    """

    pk = models.CompositePrimaryKey("token", "path", "mention_id")
    token = models.BinaryField()
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="tokens", db_index=False)
    path = PathField()


class SourceVoid(EmergencyFact):
    """That what a source said (an attempt that was taken back) no longer counts. Its mentions stay."""

    source_id = models.UUIDField(unique=True)


class DraftContents(msgspec.Struct):
    """The cells of a grid as somebody typed them so far, line by line."""

    lines: list[list[str]]


class TypingDraft(SealedRow):
    """A grid that somebody has not finished: kept sealed while they type, deleted when it is filed.

    No fact: it is overwritten as the typing goes on. ``source_file`` is the list whose rows set aside are being put
    right; none for a list typed from paper. ``grid`` names another app's grid; empty for those two.
    """

    Contents = DraftContents

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="typing_drafts")
    source_file = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="typing_drafts")
    grid = models.TextField(default="")
    person_id = models.UUIDField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person_id", "compound", "source_file", "grid"], name="one_draft_a_grid", nulls_distinct=False
            ),
        )
