"""The board: the causes that apps register, each with the person who answers and since when.

Until the responsibility tables exist, the one who answers is the grid worker whose grant is nearest above the
place, else the community's director. One cause is one line, whoever shares it.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

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
    next_step: str
    action_label: str | Promise
    action_url: str


@dataclass(frozen=True, slots=True)
class Board:
    """The first causes, how many more there are, and how many have run out of time."""

    rows: list[Row]
    more: int
    overdue: int


def board_for(actor: Actor, at_most: int | None = AT_MOST) -> Board:
    """What is missing within the actor's places, gaps first (``at_most`` None: all of it). In the actor's scope."""
    causes = gap_sources.causes(actor.ranges("gaps.read"), names_at)
    shown = causes[:at_most]
    answerers = who_answers({place.path for cause in shown for place in cause.places})
    overdue = sum(cause.stage == Stage.GAP for cause in causes)
    return Board([_row(cause, answerers, actor.person_id) for cause in shown], len(causes) - len(shown), overdue)


def _row(cause: Cause, answerers: dict[str, Answerer], reader: uuid.UUID) -> Row:
    responsible = _most_of_it(cause, answerers)
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
        next_step="",
        action_label=cause.action_label,
        action_url=cause.url,
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
