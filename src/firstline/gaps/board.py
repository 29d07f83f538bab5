"""What is missing, as homes show it: the causes that apps register, each with who answers, since when, and its clock.

One cause is one line, whoever shares it. Above communities what has climbed to the reader stands first, then what
nobody answers for, then the rest.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from firstline.accounts.selectors import names_of
from firstline.gaps.climbing import Climb, Next, climbs, next_of
from firstline.gaps.escalation import VILLAGE, level_of
from firstline.kernel import gap_sources
from firstline.kernel.actors import Actor
from firstline.kernel.gap_sources import Cause, Stage
from firstline.places.selectors import names_at
from firstline.response.answering.selectors import Answerer, who_answers

AT_MOST = 7
_PLACES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board: how many, what, where, who answers, since when, one action."""

    kind: str
    stage: str
    count: int
    unit: str | Promise
    title: str | Promise
    detail: str
    who: str
    who_role: str
    who_url: str
    yours: bool
    since: datetime | None
    next: Next
    action_label: str | Promise
    action_url: str
    gap_url: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The first causes, how many more there are, and how many have run out of time."""

    rows: list[Row]
    more: int
    overdue: int


def board_for(actor: Actor, at_most: int | None = AT_MOST) -> Board:
    """What is missing within the actor's places, gaps first (``at_most`` None: all of it). In the actor's scope."""
    ranges = actor.ranges("gaps.read")
    level = level_of(ranges[0].lo) if ranges else VILLAGE
    causes = gap_sources.causes(ranges, names_at)
    clocks = climbs(ranges, level) if any(cause.stage == Stage.GAP for cause in causes) else {}
    if level > VILLAGE:
        answerers = who_answers({place.path for cause in causes for place in cause.places})
        causes.sort(key=lambda cause: _climbed_first(cause, clocks, answerers))
    shown = causes[:at_most]
    answerers = who_answers({place.path for cause in shown for place in cause.places})
    holders = {one for climb in clocks.values() for one in climb.holders}
    names = names_of(holders) if holders else {}
    overdue = sum(cause.stage == Stage.GAP for cause in causes)
    rows = [_row(cause, answerers, actor.person_id, clocks, names) for cause in shown]
    return Board(rows, len(causes) - len(shown), overdue)


def _climbed_first(cause: Cause, clocks: Mapping[str, Climb], answerers: Mapping[str, Answerer]) -> tuple[bool, bool]:
    late = cause.stage == Stage.GAP
    climbed = late and cause.kind in clocks and clocks[cause.kind].reached > 0
    hole = any(place.path not in answerers for place in cause.places)
    return (not climbed, not hole)


def _row(
    cause: Cause,
    answerers: dict[str, Answerer],
    reader: uuid.UUID,
    clocks: Mapping[str, Climb],
    names: Mapping[uuid.UUID, str],
) -> Row:
    responsible = _most_of_it(cause, answerers)
    climb = clocks.get(cause.kind) if cause.stage == Stage.GAP else None
    return Row(
        kind=cause.kind,
        stage=cause.stage.value,
        count=cause.count,
        unit=cause.unit,
        title=cause.title,
        detail=_where(cause),
        who=_names(responsible) if responsible else _("Nobody yet"),
        who_url=reverse("response:answers_at", args=[cause.places[0].path]),
        who_role=str(responsible[0].label) if responsible else _("Name somebody"),
        yours=bool(responsible) and responsible[0].person_id == reader,
        since=cause.since,
        next=next_of(climb, names) if climb else Next(),
        action_label=cause.action_label,
        action_url=cause.url,
        gap_url=climb.url if climb else "",
    )


def _most_of_it(cause: Cause, answerers: dict[str, Answerer]) -> list[Answerer]:
    """Who answers for the places of a cause, the one with the largest part first."""
    share: Counter[uuid.UUID] = Counter()
    people: dict[uuid.UUID, Answerer] = {}
    for place in cause.places:
        if (answerer := answerers.get(place.path)) is not None:
            people[answerer.person_id] = answerer
            share[answerer.person_id] += place.count
    return [people[person_id] for person_id, _count in share.most_common()]


def _names(responsible: list[Answerer]) -> str:
    if len(responsible) == 1:
        return responsible[0].name
    return _("%(name)s and others (%(all)d)") % {"name": responsible[0].name, "all": len(responsible)}


def _where(cause: Cause) -> str:
    """The largest places by name with their numbers, and how many more there are."""
    if len(cause.places) == 1:
        return cause.places[0].name
    named = pgettext("between places", ", ").join(_counted(cause.places[:_PLACES_NAMED]))
    rest = len(cause.places) - _PLACES_NAMED
    if rest <= 0:
        return named
    return ngettext("%(named)s and %(rest)d more place", "%(named)s and %(rest)d more places", rest) % {
        "named": named,
        "rest": rest,
    }


def _counted(places: Iterable[gap_sources.GapPlace]) -> list[str]:
    return [f"{place.name} {place.count}" for place in places]
