"""Organisations and their people, teams and who is in them. Names and phones are sealed with ``accounts.Person``."""

import msgspec
from django.db import models
from django.db.models import F, Q

from firstline.accounts.models import Person
from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import SealedRow


class Organisation(models.Model):
    """Who sends people: a community, a bureau, a police station. No personal data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    name = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["path", "name"], name="organisation_once_a_place"),)

    def __str__(self) -> str:
        return self.name


class StaffContents(msgspec.Struct):
    """When somebody is available: the words of their list, and which days those are (see ``lists.reading.days``).

    ``days`` are ISO days; ``begins`` and ``ends`` too, "" where open.
    """

    words: str = ""
    pattern: str = ""
    begins: str = ""
    ends: str = ""
    days: list[str] = msgspec.field(default_factory=list)
    nights: bool = False
    remark: str = ""


class StaffMember(SealedRow):
    """Somebody works for an organisation in a post, from a moment until another; ended, never deleted."""

    Contents = StaffContents

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="staff")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    post = models.TextField(default="")
    party_member = models.BooleanField(null=True)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    recorded_by_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["path"], name="staff_member_path"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(valid_until=None), name="staff_once_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="staff_ends_after_it_begins"
            ),
        )


class Team(models.Model):
    """People who stand together at a post or a place; ``path`` is its path. No personal data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField(unique=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody is in a team, in a role, from a moment until another. ``follows`` is where they were before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="teams")
    role = models.TextField(default="")
    leads = models.BooleanField(default=False)
    valid_from = models.DateTimeField(default=clock.now)
    valid_until = models.DateTimeField(null=True)
    recorded_by_id = models.UUIDField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        indexes = (models.Index(fields=["path"], name="team_member_path"),)
        constraints = (
            models.UniqueConstraint(fields=["team", "person"], condition=Q(valid_until=None), name="once_in_a_team"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="team_ends_after_it_begins"
            ),
        )
