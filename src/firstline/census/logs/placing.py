"""Where the rows of a log belong: at one standing door, with results and moments that can be; or parked with a reason.

Pure but for the doors it is given.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.census.giving import CLOCK_SLACK, LONGEST_NOTE
from firstline.census.logs.moments import Moment
from firstline.census.logs.reading import LogRead, RowRead, TryRead
from firstline.census.logs.result_words import Heard
from firstline.census.models import LogRowContents, RowState, TryKept
from firstline.kernel.clock import Precision
from firstline.registry.addresses import Placed, StandingDoors, Unsure, read_free, read_parts
from firstline.registry.door_finding import door_id

# Why a row is parked, and what is asked; the order is that in which they are told.
REASONS: dict[str, str | Promise] = {
    "result_unknown": _("We do not know this word for a result"),
    "result_missing": _("No result stands there"),
    "day_unreadable": _("No day can be read"),
    "in_future": _("The time has not come yet"),
    "before_campaign": _("Before this census began"),
    "no_compound": _("No compound of ours, or perhaps one of two"),
    "door_missing": _("A compound, but no door"),
    "door_incomplete": _("A part of the door is missing: building, unit or room"),
    "door_ambiguous": _("Two doors would fit"),
    "door_unreadable": _("The door cannot be read"),
    "no_such_door": _("There is no such door"),
    "empty": _("No address"),
}
_LONGEST_VISITOR = 60


@dataclass(frozen=True, slots=True)
class RowPlaced:
    """A row and what became of it. ``unknown`` is the first result word nobody knew."""

    read: RowRead
    state: RowState
    contents: LogRowContents
    reason: str = ""
    compound_id: uuid.UUID | None = None
    door_id: uuid.UUID | None = None
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which moments an attempt can have been."""

    began: datetime
    now: datetime

    def problem(self, moment: Moment) -> str:
        """Why a moment cannot be, or nothing."""
        if moment.at > self.now + CLOCK_SLACK:
            return "in_future"
        return "before_campaign" if moment.at < self.began else ""

    def within(self, moment: Moment) -> Moment:
        """The same moment; one known to the day only is moved inside, where that day is partly outside."""
        if moment.precision is Precision.MINUTE:
            return moment
        for edge in (self.now, self.began):
            outside = moment.at > edge if edge is self.now else moment.at < edge
            if outside and timezone.localtime(moment.at).date() == timezone.localtime(edge).date():
                return replace(moment, at=edge)
        return moment


def place_rows(
    log: LogRead, doors: StandingDoors, limits: Limits, chosen: Callable[[str], Heard | None]
) -> Iterator[RowPlaced]:
    """What becomes of each row, in order; ``chosen`` tells what clerks said of words that no lexicon knows."""
    seen: set[object] = set()
    for read in log.rows:
        placed = _placed(read, doors, limits, chosen)
        if placed.state is RowState.PLACED:
            key = _same(placed)
            if key in seen:
                placed = replace(placed, state=RowState.DUPLICATE)
            seen.add(key)
        yield placed


def _placed(read: RowRead, doors: StandingDoors, limits: Limits, chosen: Callable[[str], Heard | None]) -> RowPlaced:
    tries = [_kept(one, limits, chosen) for one in read.tries]
    contents = _contents(read, tries)
    if not tries:
        return RowPlaced(read, RowState.NO_DATA, contents)
    found = _door(read, doors)
    problems = [problem for one in tries for problem in problems_of(one, limits)]
    if isinstance(found, Unsure):
        problems.append(found.reason)
        contents.choices = [door_id(Placed(key, door)) for key, door in found.choices]
    compound = found.compound
    compound_id = uuid.UUID(compound) if compound else None
    at_door = door_id(found) if isinstance(found, Placed) else None
    if problems:
        reason = min(problems, key=list(REASONS).index)
        unknown = next((one.word for one in tries if one.word and not one.result), "")
        return RowPlaced(read, RowState.PARKED, contents, reason, compound_id, at_door, unknown)
    return RowPlaced(read, RowState.PLACED, contents, "", compound_id, at_door)


def problems_of(one: TryKept, limits: Limits) -> Iterable[str]:
    """What keeps an attempt from being recorded."""
    if not one.result:
        yield "result_unknown" if one.word else "result_missing"
    if one.at is None:
        yield "day_unreadable"
    elif problem := limits.problem(Moment(one.at, Precision(one.precision))):
        yield problem


def _door(read: RowRead, doors: StandingDoors) -> Placed | Unsure:
    if read.text:
        return read_free(read.text, doors)
    return read_parts(doors, compound=read.compound, building=read.building, unit=read.unit, room=read.room)


def _kept(one: TryRead, limits: Limits, chosen: Callable[[str], Heard | None]) -> TryKept:
    heard = one.heard or (chosen(one.word) if one.word else None)
    kept = TryKept(one.part, one.word)
    if heard:
        kept.result, kept.channel = heard.result.value, heard.channel.value
    if one.moment:
        moment = limits.within(one.moment)
        kept.at, kept.precision = moment.at, moment.precision.value
    return kept


def _contents(read: RowRead, tries: list[TryKept]) -> LogRowContents:
    parts = [read.text] if read.text else [read.compound, read.building, read.unit or "", read.room]
    return LogRowContents(
        cells=list(read.cells),
        address=" ".join(part for part in parts if part),
        compound=read.compound,
        visitor=read.visitor[:_LONGEST_VISITOR],
        remark=read.remark,
        minutes=read.minutes,
        persons=read.persons,
        returned=list(read.returned),
        people=list(read.people),
        tries=tries,
    )


def _same(placed: RowPlaced) -> object:
    """What two rows share that say the same; two knocks on one day are told apart by whoever knocked, if at all."""
    tries = tuple((one.result, one.channel, one.at, one.precision) for one in placed.contents.tries)
    exact = all(one.precision == Precision.MINUTE for one in placed.contents.tries)
    return (placed.door_id, tries) if exact else (placed.door_id, tries, placed.read.visitor, placed.read.remark)


def note_of(contents: LogRowContents) -> str:
    """The remark of a row as a note, shortened to what a note holds; the row keeps all of it."""
    text = contents.remark
    return text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1]}…"
