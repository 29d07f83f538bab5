"""One building compared: difference by difference what either result says, and who was right."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.census.models.recheck import RecheckBuilding
from firstline.census.recheck import selectors
from firstline.census.recheck.comparing import Difference, First, Kind, Living, Second, Verdict, compare
from firstline.census.recheck.sample_page import spoken
from firstline.census.results import Outcome
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.places.names import door_name


@dataclass(frozen=True, slots=True)
class Line:
    """One difference as it is shown, with the door to go to and the verdict so far."""

    kind: str
    title: str | Promise
    label: str
    door: str
    name: str
    census: str
    again: str
    verdict: str
    verdict_text: str | Promise
    door_url: str
    add_url: str


def reconcile_page(actor: Actor, row: RecheckBuilding, *, mistake: str = "") -> dict[str, Any]:
    """The differences of a building, undecided ones first. Reading the names in them is put on record."""
    findings = selectors.findings_of([row.pk])[row.pk]
    first, second = selectors.first_of([row.pk])[row.pk], selectors.second_of(findings)
    verdicts = selectors.decisions_of([row.pk])[row.pk]
    compared = compare(first, second)
    if any(difference.name for difference in compared.differences):
        ledger.look(actor, selectors.DECIDE, path=row.path, subject=row, fields=["names"])
    doors = {door.label: door for door in selectors.labels_known(row)}
    said = {label: door_name(row.building.label, one.unit, one.room) for label, one in findings.items()}
    said |= {label: door_name(row.building.label, door.unit, door.room) for label, door in doors.items()}
    told = _Told(row, first, second, verdicts, said, {label: door.pk for label, door in doors.items()})
    # In walking order; doors on no plan come last.
    walk = {label: rank for rank, label in enumerate(doors)}
    ordered = sorted(compared.differences, key=lambda one: (walk.get(one.label, len(walk)), one.key))
    lines = [told.line(one) for one in ordered]
    return {
        "section": "places:compounds",
        "row": row,
        "name": spoken(row),
        "back_url": f"{reverse('census:recheck')}?recheck={row.recheck_id}&at={row.recheck.path}",
        "closed": hasattr(row, "closing"),
        "undecided": [line for line in lines if not line.verdict],
        "decided": [line for line in lines if line.verdict],
        "doors": compared.doors,
        "persons": compared.persons,
        "still_open": compared.still_open,
        "unresolved": compared.unresolved,
        "verdicts": [{"value": one.value, "label": one.label} for one in Verdict],
        "settled": hasattr(row, "settlement"),
        "settle_url": reverse("census:recheck_settle", args=[row.pk]),
        "decide_url": reverse("census:recheck_decide", args=[row.pk]),
        "mistake": mistake,
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lines of one building are made from, by door label."""

    row: RecheckBuilding
    first: Mapping[str, First]
    second: Mapping[str, Second]
    verdicts: Mapping[tuple[str, str, str], str]
    said: Mapping[str, str]
    doors: Mapping[str, uuid.UUID]

    def line(self, one: Difference) -> Line:
        verdict, door = self.verdicts.get(one.key, ""), self.doors.get(one.label)
        return Line(
            kind=one.kind.value,
            title=one.kind.label,
            label=one.label,
            door=self.said.get(one.label, one.label),
            name=one.name,
            census=_census(one, self.first.get(one.label)),
            again=_again(one, self.second.get(one.label)),
            verdict=verdict,
            verdict_text=Verdict(verdict).label if verdict else "",
            door_url=reverse("census:door", args=[door]) if door else "",
            add_url="" if door else reverse("places:frame", args=[self.row.building.compound_id]),
        )


def _census(one: Difference, first: First | None) -> str:
    if first is None:
        return _("not on the list of doors")
    if one.kind == Kind.PERSON_MISSED:
        return _("not named") if one.name else _people(len(first.names))
    if one.kind == Kind.PERSON_GONE:
        return one.name or _people(len(first.names))
    return _("%(outcome)s, %(people)s") % {"outcome": Outcome(first.outcome).label, "people": _people(len(first.names))}


def _again(one: Difference, second: Second | None) -> str:
    if second is None or second.living == Living.STRUCK:
        return _("no such door found")
    if one.kind == Kind.PERSON_GONE:
        return _("not named") if one.name else _people(second.persons)
    if one.kind == Kind.PERSON_MISSED:
        return one.name or _people(second.persons)
    if second.living == Living.LIVED_IN:
        return _("%(outcome)s, %(people)s") % {"outcome": Living.LIVED_IN.label, "people": _people(second.persons)}
    return str(Living(second.living).label)


def _people(n: int) -> str:
    return ngettext("%(n)d person", "%(n)d people", n) % {"n": n}
