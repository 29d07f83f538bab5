"""The blind re-check: what was drawn and from what, the first result as it was then, findings, decisions."""

import uuid

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.census.recheck.comparing import Kind, Living, Verdict
from firstline.census.results import Outcome
from firstline.kernel.fields import PathField
from firstline.kernel.ids import derived
from firstline.kernel.models import AppendOnly, EmergencyFact, SealedRow
from firstline.places.models import Building


class StrataBy(models.TextChoices):
    """By what buildings are put together before some of each are drawn."""

    MANAGEMENT = "management", _("who looks after the compound")
    COMPOUND = "compound", _("compound")


class Recheck(EmergencyFact):
    """One sample drawn: for which precision, by which seed. With the buildings it was drawn from it can be drawn again.

    ``half_width``, ``expected``, ``rho`` are shares of one (see ``recheck.sampling.Wanted``); ``design_effect`` is the
    plan's factor on the variance, ``doors_needed`` its size.
    """

    seed = models.BigIntegerField()
    strata_by = models.TextField(choices=StrataBy, default=StrataBy.MANAGEMENT)
    half_width = models.FloatField()
    expected = models.FloatField()
    rho = models.FloatField()
    design_effect = models.FloatField()
    doors_needed = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["campaign_id", "path"], name="recheck_campaign"),)
        constraints = (
            models.CheckConstraint(condition=Q(half_width__gt=0, half_width__lt=1), name="recheck_half_width_a_share"),
            models.CheckConstraint(condition=Q(strata_by__in=StrataBy.values), name="recheck_strata_known"),
        )


class RecheckBuilding(AppendOnly):
    """A building that could be drawn, its stratum and its known doors at that moment; ``drawn`` or not."""

    id = models.UUIDField(primary_key=True, editable=False)
    recheck = models.ForeignKey(Recheck, models.PROTECT, related_name="buildings")
    # What was drawn stays drawn, also when a building is taken back.
    building = models.ForeignKey(Building, models.DO_NOTHING, db_constraint=False, related_name="rechecks")
    path = PathField()
    stratum = models.TextField()
    doors = models.IntegerField()
    drawn = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["recheck"], condition=Q(drawn=True), name="recheck_drawn"),)
        constraints = (
            models.UniqueConstraint(fields=["recheck", "building"], name="building_once_a_recheck"),
            models.CheckConstraint(condition=Q(doors__gte=0), name="recheck_doors_not_negative"),
        )

    @property
    def emergency_id(self) -> uuid.UUID:
        """That of the re-check."""
        return self.recheck.emergency_id

    @property
    def campaign_id(self) -> uuid.UUID:
        """That of the re-check."""
        return self.recheck.campaign_id

    @staticmethod
    def id_for(recheck_id: uuid.UUID, building_id: uuid.UUID) -> uuid.UUID:
        """The id of a building in a re-check."""
        return derived(recheck_id, "building", str(building_id))


class FirstPeople(msgspec.Struct):
    """Whom the census named at a door when the sample was drawn."""

    names: list[str] = []


class RecheckDoor(AppendOnly, SealedRow):
    """The first result at one door of a drawn building, kept from the moment of the draw: what is made good afterwards
    must not look as if it had never been missing."""

    Contents = FirstPeople

    id = models.UUIDField(primary_key=True, editable=False)
    building = models.ForeignKey(RecheckBuilding, models.PROTECT, related_name="first")
    path = PathField()
    door_id = models.UUIDField()
    label = models.TextField()
    outcome = models.TextField(choices=Outcome)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["building", "label"], name="first_result_once_a_door"),)


class RecheckAssignment(EmergencyFact):
    """Who enumerates a drawn building again, and by when; a later one replaces it."""

    building = models.ForeignKey(RecheckBuilding, models.PROTECT, related_name="assignments")
    person_id = models.UUIDField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["person_id"], name="recheck_assigned_to"),
            models.Index(fields=["path"], name="recheck_assignment_path"),
        )


class FoundPeople(msgspec.Struct):
    """Whom the second enumerator was told of, and a remark."""

    names: list[str] = []
    note: str = ""


class RecheckFinding(EmergencyFact, SealedRow):
    """What the second enumerator found at one door; a later one at the same door replaces it."""

    Contents = FoundPeople

    building = models.ForeignKey(RecheckBuilding, models.PROTECT, related_name="findings")
    label = models.TextField()
    unit = models.TextField(default="")
    floor = models.SmallIntegerField(null=True)
    room = models.TextField()
    living = models.TextField(choices=Living)
    persons = models.SmallIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["building", "label"], name="recheck_finding_door"),)
        constraints = (
            models.CheckConstraint(condition=Q(living__in=Living.values), name="recheck_living_known"),
            models.CheckConstraint(condition=Q(persons__gte=0), name="recheck_persons_not_negative"),
        )


class RecheckClosing(EmergencyFact):
    """That a building has been walked to its last door; from then on it is compared, and nothing is added."""

    building = models.OneToOneField(RecheckBuilding, models.PROTECT, related_name="closing")

    class Meta:
        indexes = (models.Index(fields=["path"], name="recheck_closing_path"),)


class DecisionReason(msgspec.Struct):
    """About whom (a person's difference) and why it was decided so."""

    name: str = ""
    why: str = ""


class RecheckDecision(EmergencyFact, SealedRow):
    """Who was right in one difference; a later decision replaces it."""

    Contents = DecisionReason

    building = models.ForeignKey(RecheckBuilding, models.PROTECT, related_name="decisions")
    kind = models.TextField(choices=Kind)
    label = models.TextField()
    verdict = models.TextField(choices=Verdict)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="recheck_kind_known"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="recheck_verdict_known"),
        )


class RecheckSettlement(EmergencyFact):
    """That nothing of a closed building is left to decide: every difference is decided, or there was none."""

    building = models.OneToOneField(RecheckBuilding, models.PROTECT, related_name="settlement")
