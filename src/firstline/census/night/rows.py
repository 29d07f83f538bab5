"""The lines of the night's grid: what each cell means in the light of the lines above it, and what is wrong. Pure.

A line without door and outcome goes on with the household above: one person a line, as spreadsheets have it.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec
from django.utils.translation import gettext as _

from firstline.census.giving import Given
from firstline.census.night.cells import Cells
from firstline.census.night.doors import SAME, Doors, Spot
from firstline.census.night.legend import in_words, letter_of, letter_of_channel, read_channel, read_result
from firstline.census.night.moments import Moment, misplaced, read_moment, written
from firstline.census.results import Channel
from firstline.census.words import WITH_PEOPLE
from firstline.identifiers.width import halve
from firstline.kernel.clock import Precision
from firstline.registry.person_line import PersonRead, PersonSaid, doubts_of, read_person

LONGEST_NOTE, MOST_PEOPLE = 2_000, 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid and its id, which becomes the attempt's."""

    id: uuid.UUID
    cells: Cells


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that is understood in full: an attempt waiting to be written down."""

    line: Line
    spot: Spot
    result: str
    channel: str
    moment: Moment
    at: datetime
    people: tuple[PersonSaid, ...]
    people_typed: tuple[str, ...]
    note: str
    visitor: str
    paper: str

    def given(self, source_id: uuid.UUID, by: str = "") -> Given:
        """The attempt to be recorded ``by`` whoever is called so, taken from the sheet or the check of this id."""
        return Given(
            door_id=self.spot.id,
            result=self.result,
            channel=self.channel,
            happened_at=self.at,
            precision=self.moment.precision,
            note=self.note,
            people=self.people,
            attempt_id=self.line.id,
            # Who was there is named where it is not who types.
            visitor="" if self.visitor == by else self.visitor,
            source_id=source_id,
        )

    def typed(self) -> Cells:
        """The line as it stands alone: what was carried down is written out."""
        return Cells(
            door=self.spot.label,
            outcome=letter_of(self.result),
            people="；".join(self.people_typed),
            note=self.note,
            time=written(self.moment),
            channel=letter_of_channel(self.channel),
            visitor=self.visitor,
            paper=self.paper,
        )


@dataclass(slots=True)
class ReadLine:
    """A line as it was understood: ``entry`` when all of it is, else why not; and what is worth a second look.

    ``alone`` is the line with what it took from above written out, as far as that was understood; ``kept`` is the line
    as it is kept for later, with its day written out: what is "today" at midnight is yesterday when it is saved.
    """

    line: Line
    entry: Entry | None = None
    problems: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    people: list[PersonRead] = field(default_factory=list)
    alone: Cells = field(default_factory=Cells)
    kept: Cells = field(default_factory=Cells)
    goes_on: bool = False
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Light:
    """In what light lines are read: the doors, today, when the campaign began, and the moment of reading."""

    doors: Doors
    today: date
    started_at: datetime
    now: datetime


@dataclass(slots=True)
class _Above:
    """What the lines so far leave for those below."""

    spot: Spot | None = None
    moment: Moment | None = None
    channel: str = Channel.DOOR.value
    visitor: str = ""
    paper: str = ""


def read_lines(lines: Sequence[Line], light: Light) -> list[ReadLine]:
    """Every line with its reading, in order. Never raises; a line that is empty has neither entry nor problem."""
    above, reads = _Above(), [ReadLine(line, kept=line.cells) for line in lines]
    for main, further in _households(reads):
        for read in (main, *further):
            _read_people(read, light.today)
        _settle(main, further, above, light)
    return reads


def sent_before(lines: Sequence[ReadLine], entered: Mapping[uuid.UUID, Cells]) -> None:
    """Mark lines that were saved already just as they stand; of those that were saved otherwise say so.

    ``entered`` holds, by id, what counts of the lines that a page brings along when it is sent twice or gone back to.
    """
    saved = False
    for read in lines:
        if read.goes_on:
            read.saved = saved
        elif read.line.id in entered:
            read.saved = saved = read.entry is not None and read.entry.typed() == entered[read.line.id]
            read.entry = None
            if not saved:
                read.problems.append(_("This line was saved before, and not as it stands now; load the page anew"))
        else:
            saved = False


def standing_before(lines: Sequence[ReadLine], known: Mapping[tuple[uuid.UUID, datetime, str], str]) -> None:
    """Say of lines that the same door, time and outcome stand already: in a line above, or in the records.

    ``known`` holds door, moment and result of what was recorded, with who did it. To the minute one visit is enough;
    where only the day is known two may well be two, so that is only said.
    """
    seen: dict[tuple[uuid.UUID, datetime, str], int] = {}
    for number, read in enumerate(lines, 1):
        if (entry := read.entry) is None:
            continue
        key = (entry.spot.id, entry.at, entry.result)
        if key in seen:
            told = _("The same door, time and outcome as line %(line)d") % {"line": seen[key]}
        elif key in known:
            told = _("Recorded already by %(who)s: the same door, time and outcome") % {"who": known[key]}
        else:
            seen[key] = number
            continue
        if entry.moment.precision == Precision.MINUTE:
            read.problems.append(told)
            read.entry = None
        else:
            read.doubts.append(told)


def people_of(text: str) -> Iterator[str]:
    """The lines of the persons in a cell, parted by semicolons of any width or line breaks."""
    for mark in ("；", ";"):
        text = text.replace(mark, "\n")
    yield from filter(None, map(str.strip, text.split("\n")))


def _households(reads: Sequence[ReadLine]) -> list[tuple[ReadLine, list[ReadLine]]]:
    """Lines with a door or an outcome, each with the lines below that name more of its people."""
    found: list[tuple[ReadLine, list[ReadLine]]] = []
    for read in reads:
        if read.line.cells.empty:
            continue
        read.alone, read.goes_on = read.line.cells, read.line.cells.goes_on and bool(found)
        if read.goes_on:
            found[-1][1].append(read)
        else:
            found.append((read, []))
    return found


def _settle(read: ReadLine, further: Sequence[ReadLine], above: _Above, light: Light) -> None:
    """Read one line with those that go on with it; the entry stands when nothing is wrong with any of them."""
    cells = read.line.cells
    carries_time = above.moment is not None and halve(cells.time) in {"", SAME}
    spot, result = _door(read, above, light), _result(read)
    moment, channel = _moment(read, above, light), _channel(read, above)
    above.visitor = _carried(cells.visitor, above.visitor)
    above.paper = _carried(cells.paper, above.paper)
    read.alone = msgspec.structs.replace(
        cells,
        door=spot.label if spot else cells.door,
        time=written(moment) if moment else cells.time,
        channel=letter_of_channel(channel) if channel else cells.channel,
        visitor=above.visitor,
        paper=above.paper,
    )
    if moment and not carries_time:
        read.kept = msgspec.structs.replace(cells, time=written(moment))
    people = [found.person for one in (read, *further) for found in one.people if found.person]
    _check(read, result, people)
    if any(one.problems for one in further):
        read.problems.append(_("A line that goes on with it is not understood"))
    if spot and result and moment and channel and not read.problems:
        read.entry = Entry(
            line=read.line,
            spot=spot,
            result=result,
            channel=channel,
            moment=moment,
            at=moment.at(light.started_at, light.now),
            people=tuple(people),
            people_typed=tuple(said for one in (read, *further) for said in people_of(one.line.cells.people)),
            note=cells.note,
            visitor=above.visitor,
            paper=above.paper,
        )


def _door(read: ReadLine, above: _Above, light: Light) -> Spot | None:
    text = read.line.cells.door
    if not text:
        read.problems.append(_("Which door? = takes the one above"))
        return None
    meant = light.doors.meant(text, above.spot)
    if meant.spot is None:
        read.problems.append(meant.problem)
        return None
    above.spot = meant.spot
    return meant.spot


def _result(read: ReadLine) -> str:
    text = read.line.cells.outcome
    if result := read_result(text):
        return result
    said = _("“%(word)s” is no letter of the legend") % {"word": text[:40]} if text else _("What came of it?")
    read.problems.append(said)
    return ""


def _moment(read: ReadLine, above: _Above, light: Light) -> Moment | None:
    timed = read_moment(read.line.cells.time, above.moment, today=light.today)
    if timed.moment is None:
        read.problems.append(timed.problem)
        return None
    above.moment = timed.moment
    if wrong := misplaced(timed.moment, started_at=light.started_at, now=light.now):
        read.problems.append(wrong)
    return timed.moment


def _channel(read: ReadLine, above: _Above) -> str:
    text = read.line.cells.channel
    if not text or text == SAME:
        return above.channel
    if not (channel := read_channel(text)):
        read.problems.append(_("“%(word)s” is no way of the legend") % {"word": text[:40]})
    above.channel = channel or above.channel
    return channel


def _carried(text: str, above: str) -> str:
    return above if not text or halve(text) == SAME else text


def _read_people(read: ReadLine, today: date) -> None:
    """Read the people of a cell; a line that names nobody is a problem, what looks wrong about somebody a doubt."""
    for line in people_of(read.line.cells.people):
        found = read_person(in_words(line), today=today)
        read.people.append(found)
        if found.person is None:
            read.problems.append(_("“%(line)s”: %(doubt)s") % {"line": line[:60], "doubt": doubts_of(found)[0]})
        else:
            read.doubts += [f"{found.person.name}: {doubt}" for doubt in doubts_of(found)]


def _check(read: ReadLine, result: str, people: Sequence[PersonSaid]) -> None:
    if len(read.line.cells.note) > LONGEST_NOTE:
        read.problems.append(_("The note is too long; shorten it"))
    if len(people) > MOST_PEOPLE:
        read.problems.append(
            _("%(count)d people are too many for one door; write those of a dormitory apart") % {"count": len(people)}
        )
    if result in WITH_PEOPLE and not people and not read.problems:
        read.problems.append(_("Write down at least one person, or choose another outcome."))
    elif result and result not in WITH_PEOPLE and people:
        read.problems.append(_("Nobody was met, yet people are named; write what was heard into the note"))
