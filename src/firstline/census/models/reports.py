"""Online self-reports: the link of a place, what a household sent, and what a clerk decided about it."""

import uuid

from django.db import models
from django.db.models import Q

from firstline.census.online.judging import ParkedFor
from firstline.census.online.written import Written
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import derived, uuid7
from firstline.kernel.models import EmergencyFact, SealedRow
from firstline.places.models import Door, Place


class ReportLink(models.Model):
    """The public address of a compound, or of a community's whole: ``/r/7KM4XQ2P/``. No personal data.

    ``phone`` was typed for this poster alone; where it is empty, the community's number is printed beside the code, for
    whoever cannot or will not use it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.TextField(unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="report_links")
    path = PathField()
    phone = models.TextField(default="")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by_id = models.UUIDField()
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["path"], name="report_link_path"),)
        constraints = (
            models.UniqueConstraint(fields=["place"], condition=Q(closed_at=None), name="one_open_report_link_a_place"),
        )

    def __str__(self) -> str:
        return self.code


class SelfReport(EmergencyFact, SealedRow):
    """One sending of the public form, as it came. A correction is another one with the same ``root_id``.

    ``path`` is the door's compound, or the link's place while no door is known. ``door`` and ``parked_for`` are what
    was made of it at once; what a clerk decides later is a ``ReportDecision``. ``claim`` tells a repeat from a
    correction, ``code_token`` finds the report by the code its household was given; both are keyed hashes.
    """

    Contents = Written

    link = models.ForeignKey(ReportLink, models.PROTECT, related_name="reports", db_index=False)
    root_id = models.UUIDField()
    version = models.SmallIntegerField(default=1)
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="self_reports")
    parked_for = models.TextField(choices=ParkedFor, default=ParkedFor.NO, blank=True)
    persons = models.SmallIntegerField(default=0)
    claim = models.BinaryField()
    code_token = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["link", "received_at"], name="self_report_link_at"),
            models.Index(fields=["code_token"], name="self_report_code"),
            models.Index(fields=["path", "received_at"], name="self_report_path_at"),
            # What waits is a small part of all, and the home page asks since when it does.
            models.Index(fields=["path"], condition=~Q(parked_for=""), name="self_report_parked"),
        )
        constraints = (
            models.UniqueConstraint(fields=["root_id", "version"], name="self_report_version_once"),
            models.CheckConstraint(condition=Q(parked_for__in=ParkedFor.values), name="self_report_reason_known"),
            models.CheckConstraint(
                condition=~Q(parked_for="") | Q(door__isnull=False), name="placed_report_has_a_door"
            ),
        )

    @property
    def attempt_id(self) -> uuid.UUID:
        """The attempt that this report becomes where it is placed, at once or by a clerk."""
        return derived(self.pk, "attempt")


class ReportVerdict(models.TextChoices):
    PLACED = "placed", "placed"
    SET_ASIDE = "set_aside", "set aside"


class ReportDecision(EmergencyFact):
    """What a clerk did with a parked report: placed at a door, or set aside. One that was undone has a ``void``."""

    report = models.ForeignKey(SelfReport, models.PROTECT, related_name="decisions")
    verdict = models.TextField(choices=ReportVerdict)
    door = models.ForeignKey(Door, models.PROTECT, null=True, related_name="+")
    attempt_id = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict="placed", door__isnull=False, attempt_id__isnull=False)
                | Q(verdict="set_aside", door=None, attempt_id=None),
                name="report_placed_at_a_door_or_set_aside",
            ),
        )


class ReportDecisionVoid(EmergencyFact):
    """That a decision about a report is taken back."""

    decision = models.OneToOneField(ReportDecision, models.PROTECT, related_name="void")
