"""The doors behind a number: of an area and a campaign, by outcome, by what is overdue, by changes of the frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.census.campaigns import Part, campaign_for, campaigns_within
from firstline.census.models import Campaign, FrameChange, FrameChangeKind
from firstline.census.next_steps import Step
from firstline.census.page_parts import short_name, with_query
from firstline.census.results import DONE, Outcome
from firstline.census.selectors import READ
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.kernel.paths import Range, subtree
from firstline.places.models import Door
from firstline.places.names import building_name
from firstline.places.selectors import in_ranges, names_at

_PAGE = 200
# Where no campaign leads, no state belongs to a door.
_NONE = UUID(int=0)
_CHANGES: dict[str, str | Promise] = {
    "frame": gettext_lazy("Doors at the cut-off"),
    FrameChangeKind.ADDED: gettext_lazy("Doors added since the cut-off"),
    FrameChangeKind.REMOVED: gettext_lazy("Doors removed since the cut-off"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One door: where it stands, what comes next, by when."""

    name: str
    url: str
    outcome: str
    step: str | Promise
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Which doors are asked for. ``ranges`` are the asker's own, or the part of them below the place asked for."""

    ranges: Sequence[Range]
    parts: Sequence[Part]
    place: str = ""
    campaign: Campaign | None = None
    outcome: str = ""
    overdue: bool = False
    change: str = ""

    @classmethod
    def read(cls, actor: Actor, query: QueryDict) -> "Asked":
        """Read what a page's address asks for; what makes no sense is left out. Raises NotFound for a campaign."""
        place = query.get("at", "")
        below, mine = subtree(place), actor.ranges(READ)
        ranges = [one if below.holds(one) else below for one in mine if below.holds(one) or one.holds(below)]
        campaign_id = read_id(query.get("campaign", ""))
        campaign = campaign_for(actor, campaign_id, needs=READ) if campaign_id else None
        parts = [Part(one, campaign) for one in ranges] if campaign else campaigns_within(ranges)
        outcome, change = query.get("outcome", ""), query.get("change", "")
        return cls(
            ranges=ranges,
            parts=parts,
            place=place,
            campaign=campaign,
            outcome=outcome if outcome in Outcome.values else "",
            overdue=query.get("due") == "over",
            change=change if change in _CHANGES else "",
        )

    @property
    def title(self) -> str:
        """What these doors have in common."""
        if self.change:
            return str(_CHANGES[self.change])
        if self.overdue:
            return _("Doors whose next step is overdue")
        return str(Outcome(self.outcome).label) if self.outcome else _("All doors")


def doors_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """A page of doors in walking order, by compound and building."""
    asked = Asked.read(actor, query)
    page = Paginator(_doors(asked), _PAGE).get_page(query.get("page"))
    names = names_at([asked.place] if asked.place else [])
    return {
        "section": "census:campaigns",
        "title": asked.title,
        "place": names.get(asked.place, ""),
        "campaign": asked.campaign.name if asked.campaign else "",
        "total": page.paginator.count,
        "groups": _groups(page),
        "removed": _removed(asked) if asked.change == FrameChangeKind.REMOVED else [],
        "earlier_url": _page_url(query, page.previous_page_number()) if page.has_previous() else "",
        "later_url": _page_url(query, page.next_page_number()) if page.has_next() else "",
        "page": page.number,
        "pages": page.paginator.num_pages,
    }


def _doors(asked: Asked) -> "QuerySet[Door, Any]":
    """Doors with their state in the campaign that leads where they are."""
    state = FilteredRelation("states", condition=_led(asked.parts))
    doors = Door.objects.standing().filter(in_ranges(asked.ranges)).annotate(state=state)
    if asked.outcome == Outcome.UNTRIED:
        # A door whose calls reached nobody has a state, and nobody has been there all the same.
        doors = doors.filter(Q(state__outcome=None) | Q(state__outcome=Outcome.UNTRIED))
    elif asked.outcome:
        doors = doors.filter(state__outcome=asked.outcome)
    if asked.overdue:
        doors = doors.filter(state__due_at__lt=clock.now()).exclude(state__outcome__in=sorted(DONE))
    if asked.change == FrameChangeKind.REMOVED:
        doors = doors.none()
    elif asked.change:
        added = FrameChange.objects.filter(
            campaign_id__in=[part.campaign.pk for part in asked.parts], kind=FrameChangeKind.ADDED
        ).values("door_id")
        doors = doors.filter(pk__in=added) if asked.change == FrameChangeKind.ADDED else doors.exclude(pk__in=added)
    return doors.order_by("building__place__path", "position", "path").values(
        "id",
        "unit",
        "room",
        of_compound=F("building__compound__place__name"),
        of_compound_id=F("building__compound_id"),
        of_building=F("building__label"),
        outcome=F("state__outcome"),
        step=F("state__step"),
        due_at=F("state__due_at"),
    )


def _led(parts: Sequence[Part]) -> Q:
    condition = Q(states__campaign=_NONE)
    for within, campaign in parts:
        condition |= Q(states__campaign=campaign, states__path__gte=within.lo, states__path__lt=within.hi)
    return condition


def _groups(page: "Page[dict[str, Any]]") -> list[dict[str, Any]]:
    now = clock.now()
    groups = []
    for (compound, compound_id, building), rows in groupby(
        page, key=lambda row: (row["of_compound"], row["of_compound_id"], row["of_building"])
    ):
        lines = [_line(row, now) for row in rows]
        url = reverse("census:compound", args=[compound_id])
        groups.append({"compound": compound, "building": building_name(building), "url": url, "lines": lines})
    return groups


def _line(row: dict[str, Any], now: datetime) -> Line:
    due_at = row["due_at"]
    return Line(
        name=short_name(row["unit"], row["room"]),
        url=reverse("census:door", args=[row["id"]]),
        outcome=row["outcome"] or Outcome.UNTRIED.value,
        step=Step(row["step"] or Step.VISIT).label,
        due_at=due_at,
        overdue=due_at is not None and due_at < now,
    )


def _removed(asked: Asked) -> list[dict[str, Any]]:
    """Doors that left the frame: they may stand nowhere any more, so their facts are what is left to show."""
    facts = FrameChange.objects.filter(
        in_ranges(asked.ranges),
        campaign_id__in=[part.campaign.pk for part in asked.parts],
        kind=FrameChangeKind.REMOVED,
    )
    shown = facts.order_by("path", "recorded_at")[:_PAGE]
    return [{"label": fact.label, "recorded_at": fact.recorded_at} for fact in shown]


def _page_url(query: QueryDict, number: int) -> str:
    kept = {name: value for name, value in query.items() if name != "page"}
    return with_query(reverse("census:doors"), **kept, page=number)
