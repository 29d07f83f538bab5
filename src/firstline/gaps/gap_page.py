"""The page of one gap: what is missing, who answers at each level, how its clock stands, and its story."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.selectors import names_of
from firstline.gaps.escalation import COUNTY
from firstline.gaps.models import Gap, GapEvent, Reach, What
from firstline.gaps.rules import RulesInForce
from firstline.gaps.selectors import story_of
from firstline.kernel import clock, gap_sources
from firstline.kernel.actors import Actor
from firstline.kernel.gap_sources import Known, Waiting
from firstline.places.selectors import names_at
from firstline.response.answering.selectors import line_above

TAKE, DISPUTE, SETTLE = "gaps.take", "gaps.dispute", "gaps.settle_dispute"
# For how long “I have it” is offered by one press.
_HOURS = (1, 3, 8, 24)


@dataclass(frozen=True, slots=True)
class LevelShown:
    """One of the three levels: who answers there, whether the gap has reached it, and when it will."""

    label: str | Promise
    name: str
    post: str | Promise
    reached: bool
    at: datetime | None
    again: bool


@dataclass(frozen=True, slots=True)
class EventShown:
    """One line of the story."""

    at: datetime
    text: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Hold:
    """“I have it” for so long, as one press."""

    hours: int
    until: datetime


def gap_page(actor: Actor, gap: Gap, mistake: str = "") -> dict[str, Any]:
    """Everything the page shows to this reader, in the contract of its template."""
    kind, now, story = gap_sources.kinds().get(gap.kind), clock.now(), story_of(gap)
    held = gap.taken_by_id is not None and gap.taken_until is not None and gap.taken_until > now
    people = {event.by_person_id for event in story if event.by_person_id} | ({gap.taken_by_id} if held else set())
    names = names_of([person for person in people if person])
    open_now, mine = gap.closed_at is None, held and gap.taken_by_id == actor.person_id
    return {
        "section": "gaps:home",
        "gap": gap,
        "title": kind.title if kind else gap.kind,
        "unit": kind.unit if kind else "",
        "closes": kind.closes if kind else "",
        "place": names_at([gap.path]).get(gap.path, gap.path),
        "path": gap.path,
        "state": _state(gap, now),
        "late": open_now and not _set_aside(gap, now),
        "url": kind.url(gap.path) if kind and open_now and actor.may(kind.permission, gap.path) else "",
        "action_label": kind.action_label if kind else "",
        "levels": _levels(gap),
        "story": [_event(event, names) for event in reversed(story)],
        "holder": names.get(gap.taken_by_id, "") if held and gap.taken_by_id else "",
        "mine": mine,
        "holds": _holds(actor, gap, now) if open_now and (mine or not held) else [],
        "disputable": open_now and not gap.disputed and actor.may(DISPUTE, gap.path),
        "settles": open_now and gap.disputed and actor.may(SETTLE, gap.path) and _disputer(story) != actor.person_id,
        "set_aside_day": timezone.localdate(now) + timedelta(days=1),
        "mistake": mistake,
    }


def called(kind: Waiting | Known | None, fallback: str) -> str:
    """What a cause is called; of a kind that no app knows any more, its bare name."""
    return str(kind.title) if kind else fallback


def _set_aside(gap: Gap, now: datetime) -> bool:
    return gap.set_aside_until is not None and gap.set_aside_until > now


def _state(gap: Gap, now: datetime) -> str:
    if gap.closed_at is not None:
        return _("Closed: what was missing is there")
    if _set_aside(gap, now):
        return _("Set aside: somebody decided that it is not missing")
    if gap.disputed:
        return _("Open, and somebody says that it is wrong")
    if gap.taken_until is not None and gap.taken_until > now:
        return _("Open, and somebody has it")
    if gap.taken_until is not None:
        return _("Open; whoever had it has run out of time")
    return _("Open, nobody has said “I have it”")


def _levels(gap: Gap) -> list[LevelShown]:
    rungs = line_above(gap.path)
    return [
        LevelShown(
            label=reach.label,
            name=rung.answerer.name if rung.answerer else _("Nobody yet"),
            post=rung.answerer.label if rung.answerer else "",
            reached=gap.tier >= reach,
            at=gap.climbs_at if reach == gap.tier + 1 else None,
            again=rung.again,
        )
        for reach, rung in zip(Reach, rungs, strict=True)
        if reach >= gap.first_tier
    ]


def _holds(actor: Actor, gap: Gap, now: datetime) -> list[Hold]:
    if not actor.may(TAKE, gap.path):
        return []
    most = RulesInForce(now).at(gap.path).taken_minutes_at_most
    return [Hold(hours, now + timedelta(hours=hours)) for hours in _HOURS if hours * 60 <= most]


def _disputer(story: Sequence[GapEvent]) -> uuid.UUID | None:
    said = [event for event in story if event.what == What.DISPUTED]
    return said[-1].by_person_id if said else None


def _event(event: GapEvent, names: dict[uuid.UUID, str]) -> EventShown:
    by = names.get(event.by_person_id, "") if event.by_person_id else ""
    note = getattr(event, "note", None)
    return EventShown(event.at, _told(event), by, note.open().text if note else "")


def _told(event: GapEvent) -> str:
    """An event in words that can be read aloud."""
    if event.by_person_id is None and event.what == What.HANDED_OVER:
        return _("The shift was over: it went on to who is on duty there")
    if event.by_person_id is None and event.what == What.GIVEN_BACK:
        return _("The shift was over and nobody was there to take it: given back")
    if event.what == What.CLIMBED:
        return (
            _("Nobody answered in time: it is the county's too")
            if event.tier == COUNTY
            else _("Nobody answered in time: it is the township's too")
        )
    if event.what == What.CLOSED:
        hours = max(1, round((event.seconds or 0) / 3600))
        return ngettext("Closed by the fact, after %(n)d hour", "Closed by the fact, after %(n)d hours", hours) % {
            "n": hours
        }
    return str(What(event.what).label)
