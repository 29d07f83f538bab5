"""The director's page of online reports: the addresses of a community, what came in under each, the posters."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.census.callbacks.selectors import number_at
from firstline.census.campaigns import campaign_at, find_campaign
from firstline.census.models import ReportLink
from firstline.census.online.form_page import consent
from firstline.census.online.selectors import (
    READ,
    Reported,
    households_by_day,
    open_links,
    reported_by_place,
)
from firstline.kernel import paths, printing
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import subtree
from firstline.places.models import Place
from firstline.places.selectors import communities_for, compounds_within, names_at

DAYS = 14
_NONE = Reported(0, 0)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A place with its open address, if it has one, and what came in there."""

    place_id: uuid.UUID
    name: str
    whole: bool
    address: str
    code: str
    link_id: uuid.UUID | None
    households: int
    waiting: int


def links_page(actor: Actor, at: str = "") -> dict[str, Any]:
    """The page of one of the actor's communities, by its path; the first one unless said. Raises NotFound."""
    communities = communities_for(actor, needs=READ)
    community = next((one for one in communities if at in {"", one.path}), None)
    if community is None:
        raise NotFound
    within = subtree(community.path)
    campaign = find_campaign(community.path)
    reported = reported_by_place(within, campaign.pk) if campaign else {}
    links = open_links([within])
    places = [community, *(one.place for one in compounds_within(within))]
    rows = [
        _row(place, links.get(place.pk), reported.get(place.path, _NONE), whole=place is community) for place in places
    ]
    days = households_by_day(within, campaign.pk, days=DAYS) if campaign else []
    may_open = actor.may("census.open_report_links", community.path)
    return {
        "section": "census:online",
        "community": community,
        "others": [one for one in communities if one is not community],
        "rows": rows,
        "day_counts": [{"day": day, "count": count} for day, count in days],
        "households": sum(row.households for row in rows),
        "waiting": sum(row.waiting for row in rows),
        "in_force": campaign is not None,
        "without": [row.place_id for row in rows if not row.address],
        "number": number_at(community.path),
        "number_url": reverse("census:callbacks") if actor.may("census.set_number", community.path) else "",
        "open_url": reverse("census:report_links_open") if may_open else "",
        "pile_url": reverse("census:reports"),
        "posters_url": reverse("census:report_posters", args=[community.pk]) if links else "",
    }


def posters(links: Sequence[ReportLink]) -> bytes:
    """The posters of links as one PDF, a page each. Raises FontMissing, and EmergencyMissing where nothing is asked."""
    return printing.pdf("census/online/poster.typ", {"sheets": [sheet(link) for link in links]})


def sheet(link: ReportLink) -> dict[str, str | list[str]]:
    """What stands on one poster."""
    campaign = campaign_at(link.path)
    community = names_at([paths.community_of(link.path)])
    address, phone = public_address(link), link.phone or number_at(link.path)
    return {
        "title": _("Scan to register"),
        "place": link.place.name,
        "lead": _("From home, in three minutes, without opening your door"),
        "qr": printing.qr_svg(address),
        "typed": _("No scanner? Type this into the browser of your phone"),
        "address": address.partition("://")[2].rstrip("/"),
        "lines": [
            *consent(campaign, community),
            _("You cannot write it yourself? Call, and we come to you."),
        ],
        "community": next(iter(community.values()), ""),
        "call": _("Call us") if phone else "",
        "phone": phone,
    }


def public_address(link: ReportLink) -> str:
    """The address as it stands in the code."""
    return f"{settings.ORIGIN}{reverse('census:report', args=[link.code])}"


def _row(place: Place, link: ReportLink | None, reported: Reported, *, whole: bool) -> LinkRow:
    return LinkRow(
        place.pk,
        _("The whole community") if whole else place.name,
        whole,
        reverse("census:report", args=[link.code]) if link else "",
        link.code if link else "",
        link.pk if link else None,
        reported.households,
        reported.waiting,
    )
