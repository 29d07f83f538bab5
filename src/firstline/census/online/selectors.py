"""Reading self-reports: a link by its code, a household's own words by theirs, what waits for a clerk."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Left, TruncDate
from django.utils import timezone

from firstline.census.models import Campaign, ReportDecision, ReportLink, SelfReport
from firstline.kernel import clock, crypto, paths, prepared
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Place, PlaceKind
from firstline.places.selectors import in_ranges
from firstline.response.selectors import key_ids_of

READ = "census.read_reports"
CODE_TOKEN = "report_code"  # noqa: S105  # the kind of a search token
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class PublicLink(NamedTuple):
    """A link as its page needs it; read by hand, since every report begins with it.

    ``phone`` is the number of its poster: the one typed for it, else the community's.
    """

    id: uuid.UUID
    code: str
    path: str
    phone: str
    closed_at: datetime | None
    place_id: uuid.UUID
    place: str
    kind: str

    @property
    def compound_id(self) -> uuid.UUID | None:
        """The compound whose link it is; None where it is a whole community's."""
        return None if self.kind == PlaceKind.COMMUNITY else self.place_id


class Before(NamedTuple):
    """What came before a report: how many under its link within the hour, at its door within the day; its own claims.

    The two numbers are counted up to their limits only.
    """

    under_link: int
    at_door: int
    claims: list[bytes]


class Reported(NamedTuple):
    """What came in under the links of a compound: households, and how many of them wait for a clerk."""

    households: int
    waiting: int


def link_by_code(code: str) -> PublicLink | None:
    """The link of a code, open or closed; links are no personal data."""
    with prepared.cursor() as cursor:
        cursor.execute(_LINK, [paths.COMMUNITY_LENGTH, code])
        row = cursor.fetchone()
    return PublicLink(*row) if row else None


def link_for(actor: Actor, link_id: uuid.UUID, *, needs: str) -> ReportLink:
    """A link in the actor's places. Raises NotFound."""
    found = ReportLink.objects.select_related("place").filter(in_ranges(actor.ranges(needs)), pk=link_id).first()
    if found is None:
        raise NotFound
    return found


def open_links(within: Iterable[Range]) -> dict[uuid.UUID, ReportLink]:
    """The open links of ranges, by the id of their place."""
    return {link.place_id: link for link in ReportLink.objects.filter(in_ranges(within), closed_at=None)}


def links_of(place: Place) -> list[ReportLink]:
    """The open links of a place and of what lies below it, in the order of the tree. Raises NotFound without any."""
    found = ReportLink.objects.select_related("place").filter(in_ranges([paths.subtree(place.path)]), closed_at=None)
    if not (links := list(found.order_by("path"))):
        raise NotFound
    return links


def place_for(actor: Actor, place_id: uuid.UUID, *, needs: str) -> Place:
    """A place in the actor's places. Raises NotFound."""
    found = Place.objects.filter(in_ranges(actor.ranges(needs)), pk=place_id).first()
    if found is None:
        raise NotFound
    return found


def before(link_id: uuid.UUID, door_id: uuid.UUID | None, root_id: uuid.UUID, most: tuple[int, int]) -> Before:
    """What was reported before, in one statement: it is asked for every report. Counted by the server's clock."""
    now = clock.now()
    asked = {
        "link": link_id,
        "door": door_id,
        "root": root_id,
        "hour": now - _HOUR,
        "day": now - _DAY,
        "most_link": most[0],
        "most_door": most[1],
    }
    with prepared.cursor() as cursor:
        cursor.execute(_BEFORE, asked)
        ((under_link, at_door, claims),) = cursor.fetchall()
    return Before(under_link, at_door, [bytes(claim) for claim in claims or []])


def version_with(root_id: uuid.UUID, claim: bytes) -> SelfReport:
    """The sending of a report that made this claim."""
    return SelfReport.objects.get(root_id=root_id, claim=claim)


def first_sent(root_id: uuid.UUID) -> SelfReport:
    """The first sending of a report; its key is the one its household's code follows from."""
    return SelfReport.objects.get(pk=root_id)


def latest_version(root_id: uuid.UUID) -> SelfReport:
    """The latest sending of a report, with its door."""
    found = SelfReport.objects.select_related("door").filter(root_id=root_id).order_by("-version").first()
    if found is None:
        raise NotFound
    return found


def by_household_code(code: str, campaign: Campaign, within: Range) -> SelfReport | None:
    """The latest sending of the report whose household was given this code; None where none, or two, have it."""
    tokens = [crypto.token(CODE_TOKEN, code, key_id=key_id) for key_id in key_ids_of(campaign.emergency)]
    found = list(SelfReport.objects.filter(in_ranges([within]), code_token__in=tokens).order_by("-version"))
    return found[0] if len({report.root_id for report in found}) == 1 else None


def hold(root_id: uuid.UUID) -> None:
    """Keep a report from being corrected and decided at one moment, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"self report {root_id}"])


def decision_of(report: SelfReport) -> ReportDecision | None:
    """What stands decided about a report."""
    return report.decisions.filter(void=None).order_by("-recorded_at", "-id").first()


def waiting() -> "QuerySet[SelfReport]":
    """The parked reports that nobody has decided and that no newer sending has replaced."""
    later = SelfReport.objects.filter(root_id=OuterRef("root_id"), version__gt=OuterRef("version"))
    decided = ReportDecision.objects.filter(report=OuterRef("pk"), void=None)
    return SelfReport.objects.exclude(parked_for="").filter(~Exists(later), ~Exists(decided))


def report_for(actor: Actor, report_id: uuid.UUID, *, needs: str) -> SelfReport:
    """A report in the actor's places. Raises NotFound."""
    found = SelfReport.objects.select_related("link__place", "door").filter(
        in_ranges(actor.ranges(needs)), pk=report_id
    )
    if (report := found.first()) is None:
        raise NotFound
    return report


def decision_for(actor: Actor, decision_id: uuid.UUID, *, needs: str) -> ReportDecision:
    """A decision about a report in the actor's places, not taken back. Raises NotFound."""
    found = ReportDecision.objects.select_related("report", "door__building").filter(
        in_ranges(actor.ranges(needs)), pk=decision_id
    )
    if (decision := found.first()) is None:
        raise NotFound
    return decision


def households_by_day(within: Range, campaign_id: uuid.UUID, *, days: int) -> list[tuple[date, int]]:
    """How many households reported on each of the last days, the oldest first."""
    today = timezone.localdate(clock.now())
    first = SelfReport.objects.filter(in_ranges([within]), campaign_id=campaign_id, version=1)
    found = dict(
        first.annotate(day=TruncDate("happened_at")).values("day").annotate(n=Count("pk")).values_list("day", "n")
    )
    listed = [today - timedelta(days=back) for back in reversed(range(days))]
    return [(day, found.get(day, 0)) for day in listed]


def reported_by_place(within: Range, campaign_id: uuid.UUID) -> dict[str, Reported]:
    """Households that reported and reports that wait, by the path of the compound, or of the link's place."""
    households = _by_place(SelfReport.objects.filter(in_ranges([within]), campaign_id=campaign_id, version=1))
    parked = _by_place(waiting().filter(in_ranges([within]), campaign_id=campaign_id))
    return {path: Reported(households.get(path, 0), parked.get(path, 0)) for path in {*households, *parked}}


def _by_place(reports: "QuerySet[SelfReport]") -> dict[str, int]:
    found = reports.annotate(at=Left("path", paths.COMPOUND_LENGTH)).values("at").annotate(n=Count("pk"))
    return dict(found.values_list("at", "n"))


_LINK = """
SELECT link.id, link.code, link.path,
       coalesce(nullif(link.phone, ''),
                (SELECT number FROM census_communitynumber AS given WHERE given.path = left(link.path, %s)
                  ORDER BY recorded_at DESC, id DESC LIMIT 1), ''),
       link.closed_at, place.id, place.name, place.kind
  FROM census_reportlink AS link JOIN places_place AS place ON place.id = link.place_id WHERE link.code = %s
"""
_BEFORE = """
SELECT (SELECT count(*) FROM (SELECT FROM census_selfreport
         WHERE link_id = %(link)s AND received_at > %(hour)s LIMIT %(most_link)s) AS under_link),
       (SELECT count(*) FROM (SELECT FROM census_selfreport
         WHERE door_id = %(door)s AND received_at > %(day)s LIMIT %(most_door)s) AS at_door),
       (SELECT array_agg(claim) FROM census_selfreport WHERE root_id = %(root)s)
"""
