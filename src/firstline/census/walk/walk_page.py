"""What the list of a census taker stands on: their doors of today or this evening, stairwell by stairwell."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.census.campaigns import campaigns_within
from firstline.census.door_page import door_url
from firstline.census.next_steps import Slot
from firstline.census.page_parts import Filter, undo_of
from firstline.census.walk.route import slot_at
from firstline.census.walk.selectors import READ, SHARE, TAKE, Walker
from firstline.census.walk.survey import Line, Surveyed, minutes_of, said_minutes, survey
from firstline.census.walk.way import Way
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.places.names import building_name, unit_name

# Of more doors than these a list is no list any more: then the compounds stand first.
_AT_ONCE = 120


@dataclass(frozen=True, slots=True)
class Stop:
    """One door as the list shows it."""

    id: uuid.UUID
    name: str
    url: str
    outcome: str
    why: str
    minutes: int
    late: bool
    agreed_at: datetime | None
    who: str


@dataclass(frozen=True, slots=True)
class Stairwell:
    """The doors of one stairwell, or of one row of courtyards; ``compound`` only where another one begins."""

    compound: str
    name: str
    stops: list[Stop]


@dataclass(frozen=True, slots=True)
class Place:
    """A compound with its part of a list that is too long to be read."""

    name: str
    url: str
    doors: int
    late: int
    long: str


def walk_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """The list somebody walks; ``?when=`` day or evening, ``?view=`` mine, all or late, ``?at=`` one compound,
    ``?who=`` somebody else's (for those who share out).
    """
    at, parts = clock.now(), campaigns_within(actor.ranges(READ))
    way = Way.read(query)
    slot = way.slot or (slot_at(at, parts[0].campaign.rules) if parts else Slot.DAY)
    found = [survey(part, slot, at) for part in parts]
    everything = [line for one in found for line in one.lines()]
    person = _whose(actor, way.who)
    mine = _mine(everything, person or _self(actor))
    chosen = {"all": everything, "late": [line for line in mine if line.late]}.get(way.view, mine)
    lines = [line for line in chosen if way.at in {None, line.door.compound_id}]
    names = names_of({line.holder for line in lines if line.holder} | ({person.person_id} if person else set()))
    shown = _Shown(way.replace(slot=slot), names, person or _self(actor))
    listed = way.at is not None or len(lines) <= _AT_ONCE or len({line.door.compound_id for line in lines}) < 2
    following = _next(lines, read_id(query.get("after", ""))) if listed else None
    return {
        "section": "census:walk",
        "at": at,
        "slot": slot.value,
        "who": names.get(person.person_id, "") if person else "",
        "doors": len(lines),
        "long": said_minutes(minutes_of(lines)),
        "late": sum(line.late for line in lines),
        "whole_url": shown.way.replace(at=None).url if way.at else "",
        "whens": _whens(found, shown.way),
        "views": _views(mine, everything, shown.way),
        "agreed": sorted((shown.stop(line) for line in lines if line.agreed_at), key=_agreed),
        "stairwells": shown.stairwells(lines) if listed else [],
        "places": [] if listed else shown.places(lines),
        "next_stop": shown.stop(following) if following else None,
        "share_url": reverse("census:share") if actor.may(SHARE) else "",
        "calls_url": reverse("census:calls") if actor.may(TAKE) else "",
        "intercom_url": reverse("census:intercom"),
        "may_walk": bool(parts),
        "undo": undo_of(actor, query.get("saved", ""), shown.way.back),
    }


def _self(actor: Actor) -> Walker:
    return Walker(actor.person_id, "", tuple(actor.ranges(READ)), actor.may(SHARE))


def _whose(actor: Actor, who: uuid.UUID | None) -> Walker | None:
    """Somebody else's list is for those who share walks out; who may not sees their own."""
    if who is None or who == actor.person_id or not actor.may(SHARE):
        return None
    return Walker(who, "", tuple(actor.ranges(SHARE)), directs=False)


def _mine(lines: Sequence[Line], walker: Walker) -> list[Line]:
    """What was shared out to somebody; before anything was, every door that is nobody else's and may be theirs."""
    given = [line for line in lines if line.holder == walker.person_id]
    return given or [line for line in lines if line.holder is None and walker.may_walk(line.door)]


def _next(lines: Sequence[Line], after: uuid.UUID | None) -> Line | None:
    """The door after the one just left, then from the beginning again."""
    at = next((rank for rank, line in enumerate(lines) if line.door.id == after), -1)
    ahead = [*lines[at + 1 :], *lines[: max(at, 0)]]
    return ahead[0] if ahead else None


def _whens(found: Iterable[Surveyed], way: Way) -> list[Filter]:
    listed = list(found)
    labels = {Slot.DAY: _("By day"), Slot.EVENING: _("In the evening")}
    return [
        Filter(label, sum(one.count(slot) for one in listed), way.replace(slot=slot).url, way.slot == slot)
        for slot, label in labels.items()
    ]


def _views(mine: Sequence[Line], everything: Sequence[Line], way: Way) -> list[Filter]:
    late = sum(line.late for line in mine)
    counted = {"": (_("Mine"), len(mine)), "late": (_("Late"), late), "all": (_("All"), len(everything))}
    return [
        Filter(label, count, way.replace(view=view).url, way.view == view) for view, (label, count) in counted.items()
    ]


def _agreed(stop: Stop) -> tuple[str, str]:
    return (stop.agreed_at.isoformat() if stop.agreed_at else "", stop.name)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How lines are drawn: where their doors lead, who holds them."""

    way: Way
    names: dict[uuid.UUID, str]
    walker: Walker

    def stop(self, line: Line) -> Stop:
        door = line.door
        other = line.holder if line.holder != self.walker.person_id else None
        return Stop(
            id=door.id,
            name=_spoken(door.building, door.unit, door.room),
            url=door_url(door.id, back=self.way.back),
            outcome=door.outcome or "untried",
            why=line.why,
            minutes=round(line.minutes),
            late=line.late,
            agreed_at=line.agreed_at,
            who=self.names.get(other, "") if other else self._somebody_else(line),
        )

    def _somebody_else(self, line: Line) -> str:
        return "" if line.holder or self.walker.may_walk(line.door) else _("not you")

    def stairwells(self, lines: Iterable[Line]) -> list[Stairwell]:
        listed, before = [], ""
        for (compound, building, unit), found in groupby(lines, key=_stairwell):
            name = building_name(building)
            whole = f"{name}{unit_name(unit)}" if unit else name
            listed.append(Stairwell(compound if compound != before else "", whole, [self.stop(one) for one in found]))
            before = compound
        return listed

    def places(self, lines: Iterable[Line]) -> list[Place]:
        by_compound: dict[uuid.UUID, list[Line]] = {}
        for line in lines:
            by_compound.setdefault(line.door.compound_id, []).append(line)
        return [
            Place(
                found[0].door.compound,
                self.way.replace(at=compound_id).url,
                len(found),
                sum(line.late for line in found),
                said_minutes(minutes_of(found)),
            )
            for compound_id, found in by_compound.items()
        ]


def _stairwell(line: Line) -> tuple[str, str, str]:
    return line.door.compound, line.door.building, line.door.unit


def _spoken(building: str, unit: str, room: str) -> str:
    return f"{building}-{unit}-{room}" if unit else f"{building}-{room}"
