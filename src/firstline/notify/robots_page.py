"""The page of group robots: which there are, how they stand, and what of the people's addresses takes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.kernel import ports
from firstline.kernel.actors import Actor
from firstline.notify import selectors
from firstline.notify.models import Channel, Delivery, Endpoint, Result, Robot, RobotDetails, RobotKind

_SEVERITIES = (0, 50, 80)
ADD = "notify.add_robot"


@dataclass(frozen=True, slots=True)
class Row:
    """One robot in a line. ``state`` says how it stands, ``late`` that somebody has to do something."""

    id: object
    label: str
    kind: str
    place: str
    host: str
    hears: str
    state: str
    at: datetime | None
    late: bool
    paused: bool


def robots_page(actor: Actor, mistake: str = "", typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the page shows to this reader; ``typed`` is a form that was refused. Secrets are never shown."""
    found = selectors.robots(actor)
    ids = [one.pk for one in found]
    standing, last = selectors.standing_of(ids), selectors.last_deliveries(ids)
    unreached = selectors.people_not_reached(actor)
    own = [one.lo for one in actor.ranges(ADD)]
    names = ports.places_at({*own, *(one.path for one in found)})
    people = ports.names_of({one.receiver_id for one in unreached}) if unreached else {}
    return {
        "section": "notify:messages",
        "mistake": mistake,
        "typed": typed or {},
        "rows": [_row(one, names, standing.get(one.pk), last.get(one.pk)) for one in found],
        "unreached": [
            {
                "name": people.get(one.receiver_id, ""),
                "channel": Channel(one.channel).label,
                "since": one.failing_since,
                "why": why(one.code),
            }
            for one in unreached
        ],
        "may_add": bool(own),
        "kinds": RobotKind.choices,
        "places": [(path, names.get(path, path)) for path in own],
        "severities": [(number, hears(number)) for number in _SEVERITIES],
    }


def hears(least: int) -> str:
    """From which severity on, in words."""
    if least >= _SEVERITIES[2]:
        return _("only what is urgent")
    return _("what matters") if least >= _SEVERITIES[1] else _("everything")


def why(code: str) -> str:
    """What a receiver's code means for whoever has to do something."""
    return str(_WHYS[code]) if code in _WHYS else _("it answers %(code)s") % {"code": code}


_SIGNATURE = gettext_lazy("the secret, a keyword or an allowed address does not fit")
_GONE = gettext_lazy("there is no such robot any more")
_SILENT = gettext_lazy("it does not answer")
_WHYS = {
    "310000": _SIGNATURE,
    "19021": _SIGNATURE,
    "19022": _SIGNATURE,
    "19024": _SIGNATURE,
    "300001": _GONE,
    "19001": _GONE,
    "93000": _GONE,
    "93008": _GONE,
    "timeout": _SILENT,
    "unreachable": _SILENT,
    "host_not_listed": gettext_lazy("its host is not on the list of the operator"),
    "malformed": gettext_lazy("its answer is not that of a robot"),
    "no_address": gettext_lazy("there is no such address"),
    "smtp_550": gettext_lazy("there is no such address"),
}


def _row(robot: Robot, names: dict[str, str], standing: Endpoint | None, last: Delivery | None) -> Row:
    details: RobotDetails = robot.open()
    failing = standing is not None and standing.failing_since is not None
    return Row(
        id=robot.pk,
        label=details.label,
        kind=str(RobotKind(robot.kind).label),
        place=names.get(robot.path, ""),
        host=urlsplit(details.url).hostname or "",
        hears=hears(robot.min_severity),
        state=_state(robot, standing, last, failing=failing),
        at=last.at if last else None,
        late=failing,
        paused=robot.paused_at is not None,
    )


def _state(robot: Robot, standing: Endpoint | None, last: Delivery | None, *, failing: bool) -> str:
    if robot.paused_at is not None:
        return _("paused")
    if failing and standing is not None:
        return _("takes nothing: %(why)s") % {"why": why(standing.code)}
    if last is None:
        return _("has said nothing yet")
    return _("waits for the morning") if last.result == Result.HELD_BACK else _("works")
