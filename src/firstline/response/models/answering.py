"""Who answers for a place or a post at each of the three levels, who is away, and the five people round one household.

Whom a line names, where and from when never changes. It is ended by a moment that is never put off and never lies in
the past, so whoever answered for a place on the 28th answers for that day for ever.
"""

import msgspec
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.accounts.models import Person
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, SealedRow
from firstline.places.models import Door
from firstline.response.models.emergencies import Emergency


class Tier(models.TextChoices):
    """The three levels of the responsibility system (县、乡、村三级), the nearest to the doors first."""

    VILLAGE = "village", pgettext_lazy("level", "Village")
    TOWNSHIP = "township", pgettext_lazy("level", "Township")
    COUNTY = "county", pgettext_lazy("level", "County")


class Duty(models.TextChoices):
    """What the answering is called. Of several at one place and level, the first in this order is asked first."""

    ON_DUTY = "on_duty", _("Leader on duty")
    BUILDING_HEAD = "building_head", _("Head of the building")
    GRID_HEAD = "grid_head", _("Head of the grid")
    IN_CHARGE = "in_charge", _("Person in charge")
    BRANCH_SECRETARY = "branch_secretary", _("Branch secretary")
    DIRECTOR = "director", _("Community or village director")
    TOWNSHIP_CADRE = "township_cadre", _("Township cadre for the village")
    COUNTY_LEADER = "county_leader", _("County leader for the township")
    FIRST_SECRETARY = "first_secretary", _("First secretary")
    OTHER = "other", _("Another duty")


class Rank(models.TextChoices):
    LEAD = "lead", _("Leads")
    DEPUTY = "deputy", _("Deputy")


class Source(models.TextChoices):
    """How a line came into the table; ``source_id`` is the imported file's or the grant's id."""

    TYPED = "typed", _("Typed")
    IMPORTED = "imported", _("From a list")
    GRANT = "grant", _("With a role")


# A lead's place, level and duty as one number in a range of one, so that the database can refuse a second lead at the
# same time without an extension.
_NUMBER = Func(
    Concat(F("path"), Value("|"), F("tier"), Value("|"), F("duty"), output_field=models.TextField()),
    Value(0),
    function="hashtextextended",
    output_field=models.BigIntegerField(),
)
_SEAT = Func(_NUMBER, _NUMBER, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
_TIME = Func(F("valid_from"), F("valid_until"), function="tstzrange", output_field=DateTimeRangeField())


class Responsibility(models.Model):
    """Somebody answers for a place or a post, at one level, in one duty, from a moment until another.

    ``path`` is the place's or the post's. ``label`` is what the duty is called there, where the choices have no word.
    ``follows`` is the line that was handed over to this one. ``continues`` is the line it stands beside: the same seat
    where a division went over into others; the last of those beside it takes it along when it ends or is handed over.
    ``recorded_at`` says since when the table knows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="responsibilities")
    path = PathField()
    tier = models.TextField(choices=Tier)
    duty = models.TextField(choices=Duty)
    label = models.TextField(default="")
    rank = models.TextField(choices=Rank, default=Rank.LEAD)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    source = models.TextField(choices=Source, default=Source.TYPED)
    source_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()
    ended_by_id = models.UUIDField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="continued_by")

    class Meta:
        indexes = (
            models.Index(fields=["path"], name="responsibility_path"),
            models.Index(fields=["person"], name="responsibility_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="responsibility_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="responsibility_tier_known"),
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="responsibility_duty_known"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="responsibility_rank_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="responsibility_source_known"),
            ExclusionConstraint(
                name="one_lead_a_seat",
                expressions=[(_SEAT, RangeOperators.OVERLAPS), (_TIME, RangeOperators.OVERLAPS)],
                condition=Q(rank=Rank.LEAD),
            ),
        )

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """What the duty is called where it is done."""
        return self.label or str(Duty(self.duty).label)


class Absence(models.Model):
    """Somebody of ours is away, from a moment until another; ``deputy`` answers meanwhile.

    ``ends_at`` is when they are expected back (None: nobody knows); coming back sooner sets it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, related_name="stands_in")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["person", "begins_at"], name="absence_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("person")), name="nobody_deputises_for_themselves"
            ),
        )


class ReasonContents(msgspec.Struct):
    """Why; may speak of somebody's health."""

    reason: str = ""


class AbsenceReason(SealedRow):
    """Why somebody is away: seen only where they belong, sealed under the organisation's key."""

    Contents = ReasonContents

    absence = models.OneToOneField(Absence, models.PROTECT, primary_key=True, related_name="why")
    path = PathField()


class LoadLimit(AppendOnly):
    """How much one person may answer for at a place and below it; the latest said at the nearest place above holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    places = models.SmallIntegerField()
    posts = models.SmallIntegerField()
    households = models.SmallIntegerField()
    said_at = models.DateTimeField(default=clock.now)
    said_by_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["path"], name="load_limit_path"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(places__gt=0, posts__gt=0, households__gt=0), name="load_limits_are_something"
            ),
        )


class FiveRole(models.TextChoices):
    """The five people round one key household (五包一)."""

    COUNTY_LEADER = "county_leader", _("County leader")
    TOWNSHIP_CADRE = "township_cadre", _("Township cadre")
    VILLAGE_CADRE = "village_cadre", _("Village cadre")
    POLICE = "police", _("Police officer")
    DOCTOR = "doctor", _("Village doctor")


class FiveRoleName(AppendOnly):
    """What one of the five is called at a place and below it; the latest said at the nearest place above holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    role = models.TextField(choices=FiveRole)
    name = models.TextField()
    said_at = models.DateTimeField(default=clock.now)
    said_by_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["path"], name="five_role_name_path"),)
        constraints = (models.CheckConstraint(condition=Q(role__in=FiveRole.values), name="five_role_known"),)


class KeyHousehold(models.Model):
    """A household that five people see to, in one emergency. That it is one is personal data: see the migration."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    door = models.ForeignKey(Door, models.PROTECT, related_name="key_households")
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="key_households")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["path"], name="key_household_path"),)
        constraints = (
            models.UniqueConstraint(fields=["door"], condition=Q(until=None), name="one_key_household_a_door"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="key_household_ends_after_it_begins"
            ),
        )


class HouseholdReason(SealedRow):
    """Why five people see to a household; sealed under the emergency's key."""

    Contents = ReasonContents

    household = models.OneToOneField(KeyHousehold, models.PROTECT, primary_key=True, related_name="why")
    path = PathField()


class KeyHouseholdMember(models.Model):
    """One of the five, from a moment until another; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    household = models.ForeignKey(KeyHousehold, models.PROTECT, related_name="members")
    role = models.TextField(choices=FiveRole)
    person = models.ForeignKey(Person, models.PROTECT, related_name="key_households")
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    recorded_by_id = models.UUIDField()

    class Meta:
        indexes = (
            models.Index(fields=["path"], name="key_member_path"),
            models.Index(fields=["person"], name="key_member_person"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["household", "role"], condition=Q(valid_until=None), name="one_of_each_five"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="key_member_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(role__in=FiveRole.values), name="key_member_role_known"),
        )
