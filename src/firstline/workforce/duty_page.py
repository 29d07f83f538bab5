"""The page of duty: one's own sign, and for directors who is on duty where, since when, and how long today."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.places.selectors import names_at
from firstline.workforce.models import Step
from firstline.workforce.selectors import READ, SIGN_FOR, OnDuty, colleagues, duty_now, places_to_sign


@dataclass(frozen=True, slots=True)
class Row:
    """One colleague in a line. ``step`` is what the button beside them does, "" where it does nothing."""

    person_id: uuid.UUID
    name: str
    place: str
    path: str
    since: datetime | None
    today: str
    note: str
    forgotten: bool
    step: str
    sign_id: uuid.UUID


def duty_page(actor: Actor, mistake: str = "") -> dict[str, Any]:
    """What the page shows to this reader."""
    found = duty_now(actor)
    rows = _rows(actor, found) if actor.may(READ) else []
    mine = found.get(actor.person_id)
    return {
        "section": "workforce:duty",
        "mistake": mistake,
        "sign_id": uuid7(),
        "mine": _mine(mine),
        "places": places_to_sign(actor),
        "at": mine.latest.opened.path if mine and mine.latest else "",
        "reads": actor.may(READ),
        "forgotten": [row for row in rows if row.forgotten],
        "on": [row for row in rows if row.since and not row.forgotten],
        "off": [row for row in rows if not row.since],
    }


def hours(span: timedelta) -> str:
    """A span as it is said: 3 h 20 min."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def _mine(duty: OnDuty | None) -> dict[str, Any]:
    if duty is None:
        return {"on": False, "today": ""}
    on = duty.latest if duty.now else None
    place = names_at([on.opened.path]).get(on.opened.path, "") if on else ""
    return {
        "on": on is not None,
        "since": on.opened.happened_at if on else None,
        "place": place,
        "path": on.opened.path if on else "",
        "today": _today(duty),
    }


def _rows(actor: Actor, found: Mapping[uuid.UUID, OnDuty]) -> list[Row]:
    people = colleagues(actor)
    open_at = {one.latest.opened.path for one in found.values() if one.latest and (one.now or one.unsettled)}
    names = names_at(open_at | {person.path for person in people})
    may_sign = actor.may(SIGN_FOR)
    rows = []
    for person in people:
        duty = found.get(person.person_id)
        shown = duty.latest if duty and (duty.now or duty.unsettled) else None
        path = shown.opened.path if shown else person.path
        rows.append(
            Row(
                person.person_id,
                person.name,
                names.get(path, path),
                path,
                shown.opened.happened_at if shown else None,
                _today(duty) if duty else "",
                shown.opened.open().note if shown else "",
                bool(duty and duty.unsettled),
                (Step.OUT if shown else Step.IN) if may_sign else "",
                uuid7(),
            )
        )
    return sorted(rows, key=lambda row: (not row.forgotten, row.since is None, row.place, row.name))


def _today(duty: OnDuty) -> str:
    if not duty.today:
        return ""
    text = hours(duty.today)
    return _("about %(span)s, a phone's clock was off") % {"span": text} if duty.doubted else text
