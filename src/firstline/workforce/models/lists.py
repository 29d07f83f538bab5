"""Lists of people as they came, what was put right in them, and what they did when they were accepted."""

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, Fact, SealedRow


class ListContents(msgspec.Struct):
    """A file's name and the file itself."""

    name: str
    content: bytes


class PeopleList(Fact, SealedRow):
    """A list of people who answer, as it came. ``path`` is the place it is about, and that of whoever brought it.

    ``fingerprint`` is a keyed hash of the content: the same file again is known. ``year`` is that of days without one.
    """

    Contents = ListContents

    fingerprint = models.BinaryField()
    year = models.SmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["path", "recorded_at"], name="people_list_path"),)
        constraints = (models.UniqueConstraint(fields=["path", "fingerprint"], name="people_list_once_a_place"),)


class RowFix(msgspec.Struct, omit_defaults=True):
    """What somebody said of a row: other words for a field, the place it is about, that it is left out, who it is.

    ``person`` is the id of somebody on record, or "new". Of a whole sheet ``kind`` says what it is a list of,
    ``columns`` what stands in each (by number, from 1) and ``header`` in which row the headings are (0: none).
    """

    fields: dict[str, str] = msgspec.field(default_factory=dict)
    place: str = ""
    person: str = ""
    left_out: bool = False
    kind: str = ""
    columns: dict[str, str] = msgspec.field(default_factory=dict)
    header: int = 0


class ListFix(Fact, SealedRow):
    """A row put right; of each part the latest said counts. ``row`` is ``Line.key``, or a sheet's number."""

    Contents = RowFix

    people_list = models.ForeignKey(PeopleList, models.PROTECT, related_name="fixes")
    row = models.TextField()


class ListVerdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DISCARDED = "discarded", _("Discarded")
    TAKEN_BACK = "taken_back", pgettext_lazy("list", "Taken back")


class ListDecision(Fact):
    """What became of a list; the latest one counts. A list is accepted again when rows that waited were put right."""

    people_list = models.ForeignKey(PeopleList, models.PROTECT, related_name="decisions")
    verdict = models.TextField(choices=ListVerdict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verdict__in=ListVerdict.values), name="people_list_verdict_known"
            ),
        )


class Effect(models.TextChoices):
    """What a row did."""

    RESPONSIBILITY = "responsibility", _("Answers for a place")
    RESPONSIBILITY_ENDED = "responsibility_ended", _("Answers for a place no more")
    STAFF = "staff", _("Works for an organisation")
    STAFF_ENDED = "staff_ended", _("Works there no more")
    TEAM = "team", _("In a team")
    TEAM_ENDED = "team_ended", _("In the team no more")
    POST = "post", _("A post")
    DETAILS = "details", _("Another phone number")
    KNOWN = "known", _("Nothing new")


class ListEffect(AppendOnly):
    """One thing that a row of an accepted list did: what of, and its id. Read to take the list back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    decision = models.ForeignKey(ListDecision, models.PROTECT, related_name="effects")
    row = models.TextField()
    effect = models.TextField(choices=Effect)
    target_id = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(effect__in=Effect.values), name="people_list_effect_known"),
        )
