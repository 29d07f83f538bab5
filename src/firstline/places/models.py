"""Where things are: the tree of places, compounds, buildings, doors, and how each frame of doors came to be.

Places are no personal data: labels stay in clear. Paths are given once and kept (see ``kernel.paths``).
"""

import uuid

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import derived, uuid7
from firstline.kernel.models import Fact, SealedRow


class PlaceKind(models.TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township or subdistrict")
    COMMUNITY = "community", _("Community or village")
    COMPOUND = "compound", _("Compound")
    SCATTERED = "scattered", _("Scattered homes")
    BUILDING = "building", _("Building")


class Place(models.Model):
    """One node of the tree, from the province down to a building; doors hang below buildings."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField(unique=True)
    kind = models.TextField(choices=PlaceKind)
    name = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    position = models.IntegerField(default=0)
    # From this day on its successors stand for it; rows filed under its path stay there.
    closed_on = models.DateField(null=True)
    # From when somebody has to answer for a division: the day it began, or when it was entered; None: it always stood.
    stands_since = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PlaceKind.values), name="place_kind_known"),
            models.UniqueConstraint(fields=["parent", "kind", "name"], name="place_name_once_under_parent"),
        )

    def __str__(self) -> str:
        return self.name


class PlaceCode(models.Model):
    """An official division code (GB/T 2260, GB/T 10114) and name of a place, as of dates: both change over time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="codes")
    code = models.TextField()
    name = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["code"], name="place_code"),)
        constraints = (
            models.UniqueConstraint(fields=["place"], condition=Q(valid_until=None), name="one_current_code_a_place"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="code_ends_after_it_begins"
            ),
        )


class SuccessionHow(models.TextChoices):
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")


class PlaceSuccession(Fact):
    """That a division was merged into another or split, from a day on; ``path`` is the predecessor's."""

    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Place, models.PROTECT, related_name="origins")
    how = models.TextField(choices=SuccessionHow)
    since = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["predecessor", "successor"], name="place_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="no_place_succeeds_itself"),
        )


class Contact(msgspec.Struct):
    """Somebody to call at a property company."""

    name: str
    phone: str
    role: str = ""


class CompanyContacts(msgspec.Struct):
    contacts: list[Contact]


class Company(SealedRow):
    """A property company and, sealed under the organisation's key, whom to call there."""

    Contents = CompanyContacts

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    name = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["path", "name"], name="company_once_a_community"),)


class MakeUp(models.TextChoices):
    """How a compound is made up; later the census channels are proposed from it."""

    WORK_UNIT = "work_unit", _("Work unit's family compound")
    DEVELOPED = "developed", _("Developer's estate")
    MIXED_VILLAGE = "mixed_village", _("Mixed with a village")
    UNKNOWN = "unknown", _("Not known yet")


class Management(models.TextChoices):
    COMPANY = "company", _("Property company")
    GATEHOUSE = "gatehouse", _("Gatehouse only")
    NOBODY = "nobody", _("Nobody")
    UNKNOWN = "unknown", _("Not known yet")


class Compound(models.Model):
    """The profile of a compound or of a community's scattered homes."""

    place = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="compound")
    make_up = models.TextField(choices=MakeUp, default=MakeUp.UNKNOWN)
    management = models.TextField(choices=Management, default=Management.UNKNOWN)
    gatehouse = models.BooleanField(null=True)
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="compounds")
    aliases = ArrayField(models.TextField(), default=list)
    address = models.TextField(default="")
    # What the director believes ("80多"): kept as said, and compared with the frame.
    believed_households = models.TextField(default="")
    # Since when it is known that neither a company nor a gatehouse looks after it; null while somebody does.
    unmanaged_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.place.name

    @property
    def looked_after(self) -> bool | None:
        """Whether a company or a gatehouse looks after it; None while nobody has said."""
        if self.management in {Management.COMPANY, Management.GATEHOUSE} or self.company_id or self.gatehouse:
            return True
        return False if self.management == Management.NOBODY or self.gatehouse is False else None

    @property
    def unstated(self) -> bool:
        """Whether somebody still has to say who looks after it; of scattered homes nobody asks."""
        return self.looked_after is None and self.place.kind != PlaceKind.SCATTERED


class Frame(models.TextChoices):
    """How the doors of a building are known, weakest first."""

    DECLARED = "declared", _("Declared")
    LISTED = "listed", _("From a list")
    WALKED = "walked", _("Walked")


class Shape(models.TextChoices):
    FLATS = "flats", _("Flats on floors")
    ROWS = "rows", _("Courtyards in a row")


class Building(models.Model):
    """A building or a row of courtyards: a frame of doors. Count and state are kept with the facts they follow from."""

    place = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="building")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="buildings")
    label = models.TextField()
    shape = models.TextField(choices=Shape, default=Shape.FLATS)
    plan = models.TextField(default="")
    door_count = models.IntegerField(default=0)
    frame = models.TextField(choices=Frame)
    walked_at = models.DateTimeField(null=True)
    walked_by_id = models.UUIDField(null=True)
    # What the latest walk counted; beside door_count, because neither number is adjusted to the other.
    walked_doors = models.IntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["compound", "label"], name="building_label_once_a_compound"),
            models.CheckConstraint(
                condition=~Q(frame=Frame.WALKED)
                | Q(walked_at__isnull=False, walked_by_id__isnull=False, walked_doors__isnull=False),
                name="walked_by_somebody_at_some_time",
            ),
            models.CheckConstraint(condition=Q(door_count__gte=0), name="door_count_not_negative"),
        )

    def __str__(self) -> str:
        return self.label

    @staticmethod
    def id_for(compound_id: uuid.UUID, label: str) -> uuid.UUID:
        """The id of the building of this canonical label in a compound, known before the building is added."""
        return derived(compound_id, "building", label)


class DoorQuerySet(models.QuerySet["Door"]):
    def standing(self) -> "DoorQuerySet":
        """Doors that are dwellings now: those that became others stay on record and count nowhere."""
        return self.filter(ended_at=None)


class Door(models.Model):
    """One dwelling's door. Its id follows from compound and label, so the same door added twice is one door.

    A door that became others (two flats knocked into one, one flat made two) has ``ended_at`` and successors; its
    history stays with it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="doors")
    path = PathField(unique=True)
    unit = models.TextField(default="")
    floor = models.SmallIntegerField(null=True)
    room = models.TextField()
    label = models.TextField()
    position = models.IntegerField()
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = DoorQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["building", "label"], name="door_label_once_a_building"),)
        indexes = (
            models.Index(fields=["label", "path"], name="door_label_path"),
            # Searching by the room alone: 501.
            models.Index(fields=["room", "path"], name="door_room_path"),
        )

    def __str__(self) -> str:
        return self.label

    @staticmethod
    def id_for(compound_id: uuid.UUID, label: str) -> uuid.UUID:
        """The id of the door of this canonical label (``3-2-501``) in a compound, known before the door is added."""
        return derived(compound_id, "door", label)


class FrameFact(Fact):
    """That a building's frame was declared, taken from a list, or walked: by whom, when, how many doors there were.

    ``source_id`` is the declaration or the source file. The fact outlives a building that was taken back, so the
    database does not hold it to one.
    """

    building = models.ForeignKey(Building, models.DO_NOTHING, db_constraint=False, related_name="frame_facts")
    how = models.TextField(choices=Frame)
    doors_found = models.IntegerField()
    source_id = models.UUIDField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["path"], name="frame_fact_path"),
            models.Index(fields=["source_id"], name="frame_fact_source"),
        )


class FrameVoid(Fact):
    """That a frame fact is taken back: by whom, when. The fact stays; it no longer counts."""

    frame_fact = models.OneToOneField(FrameFact, models.PROTECT, related_name="void")


class DoorSuccession(Fact):
    """That a door is no dwelling any more and another stands for it: merged or split, by whom, when."""

    predecessor = models.ForeignKey(Door, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Door, models.PROTECT, related_name="origins")
    how = models.TextField(choices=SuccessionHow)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["predecessor", "successor"], name="door_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="no_door_succeeds_itself"),
        )


class EvidenceSource(models.TextChoices):
    """What names doors in passing. Two files of one kind are one source: they were copied from each other.

    Anybody can send reports, so they never make the pattern that speaks for other reports.
    """

    POLICE = "police", _("Police register")
    KEYS = "keys", _("Keys handed out")
    VISITS = "visits", _("Notes of visits")
    REPORTS = "reports", _("Online reports")
    PATTERN = "pattern", _("The pattern of the building")


class ProposedDoorQuerySet(models.QuerySet["ProposedDoor"]):
    def open(self) -> "ProposedDoorQuerySet":
        """Those that nobody has decided. A list may have brought a door in meanwhile: then nobody needs to."""
        return self.filter(~Exists(Door.objects.filter(pk=OuterRef("pk"))), decision=None)


class ProposedDoor(models.Model):
    """A door that lists name and nobody has put on record; under the id that the door itself would have."""

    id = models.UUIDField(primary_key=True, editable=False)
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="proposed_doors")
    path = PathField()
    building = models.TextField()
    unit = models.TextField(default="")
    room = models.TextField()
    label = models.TextField()
    proposed_at = models.DateTimeField(default=clock.now)

    objects = ProposedDoorQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["compound", "building"], name="proposed_door_compound"),
            models.Index(fields=["path"], name="proposed_door_path"),
        )

    def __str__(self) -> str:
        return self.label


class DoorEvidence(Fact):
    """That so many rows of a source name a proposed door. Whom the rows speak of is not kept here."""

    proposal = models.ForeignKey(ProposedDoor, models.PROTECT, related_name="evidence")
    source = models.TextField(choices=EvidenceSource)
    source_id = models.UUIDField()
    rows = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["path"], name="door_evidence_path"),)
        constraints = (
            models.UniqueConstraint(fields=["proposal", "source_id"], name="door_evidence_once_a_file"),
            models.CheckConstraint(condition=Q(rows__gte=0), name="door_evidence_rows_not_negative"),
        )


class ProposalVerdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class ProposalDecision(Fact):
    """What became of a proposed door: by a person, or by the rule in ``support`` (see ``places.pattern``)."""

    proposal = models.OneToOneField(ProposedDoor, models.PROTECT, related_name="decision")
    verdict = models.TextField(choices=ProposalVerdict)
    support = models.TextField(default="")


class PostKind(models.TextChoices):
    GATE = "gate", _("Gate")
    CHECKPOINT = "checkpoint", _("Checkpoint")
    BUSINESS = "business", _("Business")


class Post(models.Model):
    """Whatever needs a name or people: a gate, a checkpoint, a business. Its path hangs below its place's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="posts")
    path = PathField(unique=True)
    kind = models.TextField(choices=PostKind)
    name = models.TextField()
    # Since when it stands no more; what was said of it stays under its path.
    closed_at = models.DateTimeField(null=True)
    # From when somebody has to lead it: when it was entered, or put on record again; None: before that was kept.
    stands_since = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["place", "kind", "name"], name="post_name_once_a_place"),)

    def __str__(self) -> str:
        return self.name
