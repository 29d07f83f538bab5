"""The director's page of a re-check: how many buildings for which precision; then who has which, and what is open."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.selectors import names_of
from firstline.census.asked_place import asked_place
from firstline.census.campaigns import campaign_at
from firstline.census.models.recheck import Recheck, RecheckBuilding, StrataBy
from firstline.census.recheck import selectors
from firstline.census.recheck.comparing import Living, compare, counted
from firstline.census.recheck.sampling import Design, Wanted, design
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.places.names import building_name
from firstline.places.selectors import names_at

# Half-widths offered, shares of one: coarser means fewer buildings to walk.
PRECISIONS = (0.02, 0.03, 0.05)
_USUAL, _DAYS = 0.03, 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One precision and the buildings it takes."""

    value: float
    text: str
    buildings: int
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A drawn building: whose it is, how far it is. ``state`` is "", assigned, late or closed."""

    id: uuid.UUID
    name: str
    stratum: str
    doors: int
    who: str
    person_id: uuid.UUID | None
    due_on: date | None
    state: str
    found: int
    differences: int
    undecided: int
    settled: bool
    url: str
    candidates: Sequence["Offered"]


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody to choose for a building."""

    person_id: uuid.UUID
    name: str
    blind: bool


@dataclass(frozen=True, slots=True)
class _Hands:
    """Who has which building, who could have it, and what they are called."""

    assigned: Mapping[uuid.UUID, selectors.Assigned]
    people: Mapping[uuid.UUID, Sequence[selectors.Candidate]]
    names: Mapping[uuid.UUID, str]

    def offered(self, building_id: uuid.UUID) -> list[Offered]:
        """Those who could, who cannot open the first result first."""
        found = [
            Offered(one.person_id, self.names.get(one.person_id, ""), one.blind) for one in self.people[building_id]
        ]
        return sorted(found, key=lambda one: (not one.blind, one.name))


def sample_page(actor: Actor, query: QueryDict, *, mistake: str = "") -> dict[str, Any]:
    """The plan of a sample; or, once drawn, its buildings."""
    path = asked_place(actor, query, needs=selectors.DRAW)
    campaign = campaign_at(path)
    drawn = selectors.rechecks_at(actor, campaign.pk, path)
    asked = read_id(query.get("recheck", ""))
    shown = next((one for one in drawn if one.pk == asked), drawn[0] if drawn and "plan" not in query else None)
    head = {
        "section": "places:compounds",
        "path": path,
        "mistake": mistake,
        "url": reverse("census:recheck"),
        "plan_url": _url(at=path, plan=1),
    }
    return head | (_drawn(actor, shown, drawn) if shown else _planned(path, query, bool(drawn)))


def _planned(path: str, query: QueryDict, again: bool) -> dict[str, Any]:
    by = query.get("by", "") if query.get("by", "") in StrataBy.values else StrataBy.MANAGEMENT.value
    half = next((one for one in PRECISIONS if str(one) == query.get("half", "")), _USUAL)
    found = selectors.clusters_at(path, by)
    clusters = [cluster for _building, cluster in found]
    designs = {one: design(clusters, Wanted(half_width=one)) for one in PRECISIONS}
    names = selectors.stratum_names([(cluster.stratum, building) for building, cluster in found], by)
    return {
        "place": names_at([path]).get(path, ""),
        "plan": {
            "choices": [_choice(one, designs[one], half, path, by) for one in PRECISIONS],
            "strata_by": [
                {
                    "label": each.label,
                    "url": _url(at=path, half=half, by=each.value, plan=1),
                    "active": each.value == by,
                }
                for each in StrataBy
            ],
            "by": by,
            "half": half,
            "shares": [{"name": names.get(one.stratum, one.stratum), "share": one} for one in designs[half].shares],
            "buildings": designs[half].taken,
            "of": len(clusters),
            "doors": sum(max(one.doors, 1) for one in clusters),
            "doors_needed": designs[half].doors_needed,
            "effect": f"{designs[half].design_effect:.1f}",
            "again": again,
        },
    }


def _choice(half: float, planned: Design, chosen: float, path: str, by: str) -> Choice:
    return Choice(
        half, f"±{round(half * 100)}%", planned.taken, _url(at=path, half=half, by=by, plan=1), half == chosen
    )


def _drawn(actor: Actor, recheck: Recheck, others: Sequence[Recheck]) -> dict[str, Any]:
    rows, assigned = selectors.drawn_with(recheck)
    people = selectors.candidates(rows)
    asked = {recheck.by_person_id, *(one.person_id for one in assigned.values())}
    names = names_of(asked | {one.person_id for listed in people.values() for one in listed})
    listed = _rows(recheck, rows, _Hands(assigned, people, names))
    states = Counter(row.state for row in listed)
    today = timezone.localdate(clock.now())
    return {
        "recheck": recheck,
        "place": place_name(recheck, rows),
        "by": names.get(recheck.by_person_id, ""),
        "rows": listed,
        "closed": states["closed"],
        "unassigned": states[""],
        "late": states["late"],
        "undecided": sum(row.undecided for row in listed),
        "may_assign": actor.may(selectors.ASSIGN, recheck.path),
        "assign_url": reverse("census:recheck_assign", args=[recheck.pk]),
        "figures_url": reverse("census:recheck_figures", args=[recheck.pk]),
        "due": today + timedelta(days=_DAYS),
        "today": today,
        "earlier": [
            {"at": one.recorded_at, "url": _url(at=recheck.path, recheck=one.pk)} for one in others if one != recheck
        ],
    }


def _rows(recheck: Recheck, rows: Sequence[RecheckBuilding], hands: _Hands) -> list[Row]:
    ids = [row.pk for row in rows]
    findings, closed = selectors.findings_of(ids), [row.pk for row in rows if selectors.is_closed(row)]
    firsts, verdicts = selectors.first_of(closed), selectors.decisions_of(closed)
    strata = selectors.stratum_names([(row.stratum, row.building) for row in rows], recheck.strata_by)
    listed = []
    for row in rows:
        differences = undecided = 0
        if selectors.is_closed(row):
            compared = compare(firsts[row.pk], selectors.second_of(findings[row.pk]))
            differences, undecided = len(compared.differences), counted("", compared, verdicts[row.pk]).undecided
        with_whom = hands.assigned.get(row.pk)
        listed.append(
            Row(
                id=row.pk,
                name=spoken(row),
                stratum=strata.get(row.stratum, row.stratum),
                doors=row.doors,
                who=hands.names.get(with_whom.person_id, "") if with_whom else "",
                person_id=with_whom.person_id if with_whom else None,
                due_on=with_whom.due_on if with_whom else None,
                state=_state(with_whom, closed=selectors.is_closed(row)),
                found=sum(one.living != Living.STRUCK for one in findings[row.pk].values()),
                differences=differences,
                undecided=undecided,
                settled=hasattr(row, "settlement"),
                url=reverse("census:recheck_differences", args=[row.pk]) if selectors.is_closed(row) else "",
                candidates=hands.offered(row.pk),
            )
        )
    return listed


def place_name(recheck: Recheck, rows: Sequence[RecheckBuilding]) -> str:
    """The community, or the compound, that a sample was drawn in."""
    places = [row.building.compound.place for row in rows]
    if any(place.path == recheck.path for place in places):
        return places[0].name
    return next((place.parent.name for place in places if place.parent), "")


def spoken(row: RecheckBuilding) -> str:
    """A drawn building as it is spoken of: 枫林苑3号楼."""
    parts = {"compound": row.building.compound.place.name, "building": building_name(row.building.label)}
    return _("%(compound)s %(building)s") % parts


def drawn_text(recheck: Recheck) -> str:
    """What was drawn, for the message after drawing."""
    n = len(selectors.drawn_of(recheck))
    return ngettext("%(n)d building is drawn.", "%(n)d buildings are drawn.", n) % {"n": n}


def _state(assigned: selectors.Assigned | None, *, closed: bool) -> str:
    if closed:
        return "closed"
    if assigned is None:
        return ""
    return "late" if assigned.due_on < timezone.localdate(clock.now()) else "assigned"


def _url(**query: object) -> str:
    return f"{reverse('census:recheck')}?{urlencode(query)}"
