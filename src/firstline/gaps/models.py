"""What is missing once its time has run out: a row a cause and place, and the facts of what became of it."""

import msgspec
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from firstline.gaps.escalation import COUNTY, TOWNSHIP, VILLAGE
from firstline.kernel import clock
from firstline.kernel.fields import PathField, ReceivedAtField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import AppendOnly, Fact, SealedRow
from firstline.response.models import Tier


class Reach(models.IntegerChoices):
    """How far up the three levels of the responsibility system a gap has climbed."""

    VILLAGE = VILLAGE, Tier.VILLAGE.label
    TOWNSHIP = TOWNSHIP, Tier.TOWNSHIP.label
    COUNTY = COUNTY, Tier.COUNTY.label

    @property
    def level(self) -> Tier:
        """The level as the table of responsibility knows it."""
        return Tier[self.name]


class What(models.TextChoices):
    """What can happen to a gap."""

    OPENED = "opened", _("fell due")
    RELAPSED = "relapsed", _("came back")
    CLIMBED = "climbed", _("climbed")
    TAKEN = "taken", _("“I have it”")
    HANDED_OVER = "handed_over", _("handed over")
    GIVEN_BACK = "given_back", _("given back")
    DISPUTED = "disputed", _("said to be wrong")
    SET_ASIDE = "set_aside", _("set aside")
    KEPT_OPEN = "kept_open", _("stays open")
    CLOSED = "closed", _("closed by the fact itself")


# What stops a gap's clock until a moment.
STOPS = (What.TAKEN, What.HANDED_OVER, What.SET_ASIDE)


class Gap(models.Model):
    """One spell of one cause at one place, from the moment its time ran out until the facts meet the expectation.

    State, derived by ``gaps.sweep`` and by what is said of it: ``GapEvent`` has the facts. ``count`` is how much of the
    cause lies there, ``since`` when the oldest of it began to wait. ``tier`` is the highest one that answers for it by
    now, ``climbs_at`` when the next one will. What came back soon after it was closed is a spell of its own, after
    ``previous``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.TextField()
    path = PathField()
    severity = models.SmallIntegerField()
    count = models.IntegerField()
    since = models.DateTimeField()
    opened_at = models.DateTimeField()
    found_at = models.DateTimeField(default=clock.now)
    first_tier = models.SmallIntegerField(choices=Reach, default=Reach.VILLAGE)
    tier = models.SmallIntegerField(choices=Reach, default=Reach.VILLAGE)
    climbs_at = models.DateTimeField(null=True)
    taken_by_id = models.UUIDField(null=True)
    taken_until = models.DateTimeField(null=True)
    disputed = models.BooleanField(default=False)
    set_aside_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="relapses", db_index=False)

    class Meta:
        indexes = (
            # What boards sum travels in the index: a county's gaps lie strewn over the table.
            models.Index(
                fields=["path"],
                include=["kind", "tier", "opened_at", "severity", "taken_until", "set_aside_until"],
                condition=Q(closed_at=None),
                name="gap_open_path",
            ),
            models.Index(fields=["climbs_at"], condition=Q(closed_at=None), name="gap_climbs_at"),
            models.Index(fields=["kind", "path", "-closed_at"], condition=~Q(closed_at=None), name="gap_spells"),
            models.Index(fields=["taken_by_id"], condition=~Q(taken_by_id=None), name="gap_taken"),
            models.Index(fields=["path", "closed_at"], condition=~Q(closed_at=None), name="gap_closed_path"),
        )
        constraints = (
            models.UniqueConstraint(fields=["kind", "path"], condition=Q(closed_at=None), name="gap_open_once"),
            models.CheckConstraint(condition=Q(tier__in=Reach.values), name="gap_tier_known"),
            models.CheckConstraint(condition=Q(tier__gte=F("first_tier")), name="gap_never_climbs_down"),
            models.CheckConstraint(
                condition=Q(taken_by_id=None, taken_until=None)
                | Q(taken_by_id__isnull=False, taken_until__isnull=False),
                name="gap_taken_until_some_time",
            ),
        )


class GapEvent(AppendOnly):
    """Something that happened to a gap. Nobody's hand: ``by_person_id`` is null, the clock or a fact did it.

    ``until`` is how long it is taken or set aside, ``seconds`` how long a closed one was open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gap = models.ForeignKey(Gap, models.PROTECT, related_name="events", db_index=False)
    path = PathField()
    what = models.TextField(choices=What)
    at = models.DateTimeField(default=clock.now)
    received_at = ReceivedAtField()
    by_person_id = models.UUIDField(null=True)
    tier = models.SmallIntegerField(choices=Reach)
    count = models.IntegerField()
    until = models.DateTimeField(null=True)
    seconds = models.IntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["gap", "at", "id"], name="gap_event_gap"),
            models.Index(fields=["path", "at"], name="gap_event_path"),
            models.Index(fields=["at"], name="gap_event_at"),
            models.Index(fields=["gap"], condition=Q(what__in=STOPS), name="gap_event_stops"),
        )
        constraints = (models.CheckConstraint(condition=Q(what__in=What.values), name="gap_event_known"),)


class Said(msgspec.Struct):
    """Somebody's words about a gap; they may name people."""

    text: str


class GapNote(Fact, SealedRow):
    """What somebody said along with an event; sealed under the organisation's key. Its id is the event's."""

    Contents = Said

    event = models.OneToOneField(GapEvent, models.PROTECT, related_name="note")


class EscalationRules(AppendOnly):
    """The rules of an emergency from a moment on; the latest hold. Without any, the shipped ones do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    emergency_id = models.UUIDField()
    path = PathField()
    rules = models.JSONField()
    from_at = models.DateTimeField(default=clock.now)
    by_person_id = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["emergency_id", "-from_at"], name="escalation_rules_latest"),)


class Sweep(AppendOnly):
    """One run of the sweep that changed something, in figures."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    due = models.IntegerField()
    opened = models.IntegerField()
    closed = models.IntegerField()
    climbed = models.IntegerField()
    handed_on = models.IntegerField(default=0)


class CountyState(models.Model):
    """How new a county's board is: when it was last swept, and when anything on it last changed.

    What was touched there below transaction ``seen_txid`` of a generation is looked through (``kernel.changes``).
    """

    path = PathField(primary_key=True)
    swept_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    seen_generation = models.IntegerField(default=0)
    seen_txid = models.BigIntegerField(default=0)


class ConfirmedCount(AppendOnly):
    """What a county says to the level above it: its figures at a moment, confirmed by a person. No row goes there.

    ``open_gaps`` is how many gaps were open, ``day_old`` how many of them for over a day, ``at_county`` how many had
    climbed to the county. ``doors`` are those known, ``left`` those of them without an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    at = models.DateTimeField(default=clock.now)
    received_at = ReceivedAtField()
    by_person_id = models.UUIDField()
    open_gaps = models.IntegerField()
    day_old = models.IntegerField()
    at_county = models.IntegerField()
    doors = models.IntegerField()
    left = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["path", "-at"], name="confirmed_count_latest"),)
