"""What somebody sees who enumerates a building again: its doors by number, and what they wrote down themselves.

Nothing of the first result stands here: no outcome, no name, no attempt, no count of any of them.
"""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from firstline.census.houses import Cell
from firstline.census.models.recheck import RecheckBuilding, RecheckFinding
from firstline.census.plain_house import PlanDoor, plain_house
from firstline.census.recheck import selectors
from firstline.census.recheck.comparing import Living
from firstline.census.recheck.sample_page import spoken
from firstline.census.results import Outcome
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.ids import uuid7
from firstline.places.models import Door
from firstline.places.names import door_name

# Colour and mark of what the second enumerator found, said in the marks everybody knows.
LOOK = {
    Living.LIVED_IN: Outcome.REGISTERED,
    Living.VACANT: Outcome.VACANT,
    Living.NOT_A_HOME: Outcome.NOT_A_HOME,
    Living.NOBODY_MET: Outcome.KNOCKED_ONCE,
}
# In the order of the page; the key is the digit on a keyboard.
_BUTTONS = ((Living.LIVED_IN, "1"), (Living.VACANT, "2"), (Living.NOT_A_HOME, "3"), (Living.NOBODY_MET, "4"))


def own_page(actor: Actor) -> dict[str, Any]:
    """The buildings somebody has to enumerate again."""
    today = timezone.localdate(clock.now())
    mine = selectors.own_buildings(actor)
    found = selectors.findings_of([row.pk for row, _one in mine])
    return {
        "section": "census:my_rechecks",
        "rows": [
            {
                "name": spoken(row),
                "url": reverse("census:recheck_building", args=[row.pk]),
                "due_on": one.due_on,
                "late": one.due_on < today,
                "doors": row.doors,
                "found": sum(finding.living != Living.STRUCK for finding in found[row.pk].values()),
            }
            for row, one in mine
        ],
    }


def building_page(row: RecheckBuilding) -> dict[str, Any]:
    """One building as a plan, with the doors done so far."""
    doors = selectors.labels_known(row)
    findings = {
        label: one for label, one in selectors.findings_of([row.pk])[row.pk].items() if one.living != Living.STRUCK
    }
    known = {door.label for door in doors}
    more = [one for label, one in findings.items() if label not in known]
    open_doors = [door for door in doors if door.label not in findings]
    shown: Sequence[PlanDoor] = [*doors, *more]
    url = reverse("census:recheck_finding", args=[row.pk])

    def cell(door: PlanDoor) -> Cell:
        return _cell(row, door, findings, url)

    return {
        "section": "census:my_rechecks",
        "row": row,
        "name": spoken(row),
        "house": plain_house(row.building, shown, cell, len(open_doors)),
        "done": len(findings),
        "left": len(open_doors),
        "more": len(more),
        "closed": selectors.is_closed(row),
        "finding_url": url,
        "close_url": reverse("census:recheck_close", args=[row.pk]),
        "next_door": {"name": _name(row, open_doors[0]), "url": door_url(row, open_doors[0].label)}
        if open_doors
        else None,
    }


def finding_page(
    row: RecheckBuilding, query: QueryDict, *, mistake: str = "", choices: Sequence[str] = ()
) -> dict[str, Any]:
    """One door: what was found, how many people, who."""
    label, text = query.get("label", ""), query.get("text", "")
    found = selectors.findings_of([row.pk])[row.pk].get(label)
    door = next((one for one in selectors.labels_known(row) if one.label == label), found)
    typed = "names" in query
    people = query.get("names", "") if typed else "\n".join(_names(found))
    return {
        "section": "census:my_rechecks",
        "row": row,
        "building": spoken(row),
        "back_url": reverse("census:recheck_building", args=[row.pk]),
        "name": _name(row, door) if door else text or label,
        "known": door is not None,
        "label": label,
        "text": text,
        "choices": choices,
        "living": "" if found is None or found.living == Living.STRUCK else found.living,
        "persons": query.get("persons", "") if typed else (found.persons or "" if found else ""),
        "names": people,
        "note": query.get("note", ""),
        "buttons": [
            {"result": one.value, "label": one.label, "outcome": LOOK[one].value, "key": key} for one, key in _BUTTONS
        ],
        "may_strike": found is not None and found.living != Living.STRUCK,
        "finding_id": uuid7(),
        "mistake": mistake,
        "record_url": reverse("census:recheck_finding", args=[row.pk]),
    }


def door_url(row: RecheckBuilding, label: str) -> str:
    """The page of one door of a building that is enumerated again."""
    return f"{reverse('census:recheck_finding', args=[row.pk])}?{urlencode({'label': label})}"


def _cell(row: RecheckBuilding, door: PlanDoor, findings: dict[str, RecheckFinding], url: str) -> Cell:
    label = door.label if isinstance(door, Door | RecheckFinding) else ""
    found = findings.get(label)
    return Cell(
        id=uuid.UUID(int=0),
        url=f"{url}?{urlencode({'label': label})}",
        room=door.room,
        name=_name(row, door),
        outcome=LOOK[Living(found.living)].value if found else "",
        dim=False,
        record_url="",
    )


def _name(row: RecheckBuilding, door: PlanDoor) -> str:
    return door_name(row.building.label, door.unit, door.room)


def _names(finding: RecheckFinding | None) -> list[str]:
    if finding is None:
        return []
    try:
        return list(finding.open().names)
    except KeyDestroyed:
        return [_("cannot be read any more")]
