"""Where nobody answers: places and posts that need a name by the table, and who has more than one person can see to.

Communities need somebody at the village's level (a director's or a grid worker's role will do) and at the township's,
townships at the county's; a post needs a leader of its own, a gate one at its compound. Queries, for gaps and pages.
"""

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least, Left, Length

from firstline.accounts.models import Person, RoleGrant
from firstline.accounts.roles import Role
from firstline.kernel.given import NOW
from firstline.places.models import Place, PlaceKind, Post, PostKind
from firstline.response.answering.load import POST_PART, USUAL
from firstline.response.models import (
    Absence,
    Emergency,
    FiveRole,
    KeyHousehold,
    KeyHouseholdMember,
    LoadLimit,
    Rank,
    Responsibility,
    Tier,
)

# A hole is due one day after it opened, or after the emergency began.
GRACE = timedelta(days=1)
_OF_VILLAGE = (Role.COMMUNITY_DIRECTOR, Role.GRID_WORKER)
_TOWNSHIP_LENGTH, _COUNTY_LENGTH = 9, 6


def lasting(begin: str = "valid_from", end: str = "valid_until", now: Any = NOW) -> Q:
    """The condition that a row with these two moments holds now."""
    return Q(**{f"{begin}__lte": now}) & (Q(**{end: None}) | Q(**{f"{end}__gt": now}))


def standing_lines() -> "QuerySet[Responsibility]":
    """The lines of the table that hold now and whose person has not left: see ``standing`` for the rule."""
    theirs = RoleGrant.objects.filter(person=OuterRef("person"))
    left = Exists(theirs.filter(valid_until__gte=OuterRef("valid_from"))) & ~Exists(theirs.filter(_worn()))
    return Responsibility.objects.filter(lasting(), Q(person__left_at=None) | Q(person__left_at__gt=NOW)).exclude(left)


def without(tier: Tier) -> "QuerySet[Any]":
    """The places that nobody answers for at a level, with ``hole_since``: since when."""
    kind = PlaceKind.TOWNSHIP if tier == Tier.COUNTY else PlaceKind.COMMUNITY
    here = Q(path=OuterRef("path"))
    if tier == Tier.TOWNSHIP:
        here |= Q(path=Left(OuterRef("path"), _TOWNSHIP_LENGTH))
    if tier == Tier.COUNTY:
        here |= Q(path=Left(OuterRef("path"), _COUNTY_LENGTH))
    found = Place.objects.filter(~Exists(standing_lines().filter(here, tier=tier)), kind=kind, closed_on=None)
    if tier == Tier.VILLAGE:
        found = found.exclude(Exists(RoleGrant.objects.filter(lasting(), path=OuterRef("path"), role__in=_OF_VILLAGE)))
    wore = None
    if tier == Tier.VILLAGE:
        wore = RoleGrant.objects.filter(path=OuterRef("path"), role__in=_OF_VILLAGE, valid_until__lte=NOW)
    return _opened(found, Responsibility.objects.filter(here, tier=tier), wore)


def posts_without_head() -> "QuerySet[Any]":
    """Posts nobody leads, with ``hole_since``; a gate is led by whoever answers for its compound."""
    leads = standing_lines().filter(rank=Rank.LEAD)
    theirs = leads.filter(path=OuterRef("path"))
    compounds = leads.filter(path=OuterRef("place__path"), tier=Tier.VILLAGE)
    grid = RoleGrant.objects.filter(lasting(), path=OuterRef("place__path"), role=Role.GRID_WORKER)
    gate_led = Q(kind=PostKind.GATE) & (Q(Exists(compounds)) | Q(Exists(grid)))
    found = Post.objects.filter(~Exists(theirs), closed_at=None).exclude(gate_led)
    return _opened(found, Responsibility.objects.filter(path=OuterRef("path")))


def away_alone() -> "QuerySet[Any]":
    """Leads who are away with nobody standing in, with ``hole_since``: since when they are."""
    away = Absence.objects.filter(lasting("begins_at", "ends_at"))
    alone = away.filter(deputy=None)
    deputy_alone = Exists(alone.filter(person=OuterRef("deputy")))
    gone = Q(deputy__left_at__lte=NOW)
    nobody = away.filter(Q(deputy=None) | gone | Q(deputy_alone), person=OuterRef("person"))
    seat = {"path": OuterRef("path"), "tier": OuterRef("tier"), "duty": OuterRef("duty")}
    others = standing_lines().filter(**seat, rank=Rank.DEPUTY)
    beside = others.exclude(Exists(away.filter(person=OuterRef("person"))))
    found = standing_lines().filter(Exists(nobody), rank=Rank.LEAD).exclude(Exists(beside))
    begun = nobody.order_by().values("person").annotate(at=Max("begins_at")).values("at")
    return found.annotate(began=_emergency_began("path"), hole_since=Subquery(begun)).filter(began__isnull=False)


def overloaded(now: Any = NOW) -> "QuerySet[Any]":
    """People who answer for more than one person may, with ``hole_since``: since when the last of it is theirs.

    For a query that is compiled once, ``now`` is asked each time; a page says it.
    """
    # A division that was merged is not one more place: see ``load.without_old_paths``.
    beside = Exists(Responsibility.objects.filter(continues=OuterRef("pk")))
    leads = Responsibility.objects.filter(~beside, lasting(now=now), person=OuterRef("pk"), rank=Rank.LEAD)
    households = KeyHouseholdMember.objects.filter(lasting(now=now), person=OuterRef("pk"))
    people: QuerySet[Any] = Person.objects.filter(left_at=None)
    found = people.annotate(
        path=F("home_path"),
        load_places=_counted(leads.exclude(path__regex=POST_PART)),
        load_posts=_counted(leads.filter(path__regex=POST_PART)),
        load_households=_counted(households),
        hole_since=Subquery(leads.order_by().values("person").annotate(at=Max("valid_from")).values("at")),
        began=_emergency_began("home_path", now),
    )
    over = Q(load_places__gt=limit_of("places")) | Q(load_posts__gt=limit_of("posts"))
    much: QuerySet[Any] = found.filter(over | Q(load_households__gt=limit_of("households")), began__isnull=False)
    return much


def five_incomplete() -> "QuerySet[Any]":
    """Key households round which one of the five is missing, with ``hole_since``."""
    members = KeyHouseholdMember.objects.filter(lasting(), household=OuterRef("pk"))
    present = members.filter(Q(person__left_at=None) | Q(person__left_at__gt=NOW))
    ended = KeyHouseholdMember.objects.filter(household=OuterRef("pk"), valid_until__lte=NOW)
    last = ended.order_by().values("household").annotate(at=Max("valid_until")).values("at")
    found = KeyHousehold.objects.filter(until=None).annotate(named=_counted(present))
    return found.filter(named__lt=len(FiveRole)).annotate(
        hole_since=Greatest("since", Coalesce(Subquery(last), "since"))
    )


def place_path() -> Func:
    """The path of a row without its post's part: posts are counted where they stand."""
    return Func(F("path"), Value(POST_PART), Value(""), function="regexp_replace", output_field=TextField())


def limit_of(what: str) -> Coalesce:
    """How much of something one person may answer for, by the rule nearest above where they belong."""
    above = LoadLimit.objects.filter(path=Left(OuterRef("home_path"), Length("path")))
    said = above.order_by("-path", "-said_at", "-id").values(what)[:1]
    return Coalesce(Subquery(said), Value(getattr(USUAL, what)))


def _opened(
    found: "QuerySet[Any]", lines: "QuerySet[Responsibility]", wore: "QuerySet[RoleGrant] | None" = None
) -> "QuerySet[Any]":
    """Only where an emergency is in force; since it began, since the place or the post stands, or since whoever was
    there last is there no more: what came last.

    Somebody's line ends by its own end, on the day they leave, or with the last of their roles. ``wore`` are roles that
    answered there without a line.
    """
    theirs = RoleGrant.objects.filter(person=OuterRef("person"), valid_until__gte=OuterRef("valid_from"))
    last_role = theirs.order_by().values("person").annotate(at=Max("valid_until")).values("at")
    unless_worn = Case(
        When(Exists(RoleGrant.objects.filter(_worn(), person=OuterRef("person"))), then=None),
        default=Subquery(last_role),
    )
    gone = lines.annotate(gone_at=Least("valid_until", "person__left_at", unless_worn)).filter(gone_at__lte=NOW)
    ends = [Subquery(gone.order_by().values("tier").annotate(at=Max("gone_at")).values("at")[:1])]
    if wore is not None:
        ends.append(Subquery(wore.order_by().values("path").annotate(at=Max("valid_until")).values("at")))
    here = found.annotate(began=_emergency_began("path")).filter(began__isnull=False)
    # GREATEST passes over what is null.
    found_since: QuerySet[Any] = here.annotate(hole_since=Greatest("began", "stands_since", *ends))
    return found_since


def _worn() -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=NOW)


def _emergency_began(path: str, now: Any = NOW) -> Subquery:
    in_force = Emergency.objects.filter(
        lasting("started_at", "ended_at", now), path=Left(OuterRef(path), Length("path"))
    )
    return Subquery(
        in_force.order_by().annotate(all=Value(1)).values("all").annotate(at=Min("started_at")).values("at"),
        output_field=DateTimeField(),
    )


def _counted(found: "QuerySet[Any]") -> Coalesce:
    counted = found.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def late_from(moment: str, grace: timedelta) -> "ExpressionWrapper[Any]":
    """When a hole that opened at a moment is due."""
    return ExpressionWrapper(F(moment) + grace, output_field=DateTimeField())
