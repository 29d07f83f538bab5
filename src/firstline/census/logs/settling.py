"""What a form says of parked rows: a door, a result, a moment; checked until nothing is missing."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from firstline.census.logs import selectors
from firstline.census.logs.actions import Right, choose_word
from firstline.census.logs.moments import moment_of, read_day, time_in
from firstline.census.logs.placing import REASONS, Limits, problems_of
from firstline.census.logs.result_words import Heard, Kind, tidy
from firstline.census.logs.storing import limits_at, settle, settled_try
from firstline.census.models import LogFile, LogRow, LogRowContents, RowSettled, TryKept
from firstline.census.results import Channel, Result
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.registry.addresses import Placed, StandingDoors, read_free
from firstline.registry.door_finding import door_id, standing_doors
from firstline.tables.grid import text_cell

NO_DATA = "none"


@dataclass
class Filled:
    """What came of a form: rows that are right, and why others are not yet."""

    rows: list[Right] = field(default_factory=list)
    problems: dict[uuid.UUID, str] = field(default_factory=dict)


def fill_in(actor: Actor, log: LogFile, form: QueryDict) -> Filled:
    """Read what was typed for the rows of a form; rows nobody touched are in neither part. Inside a scope."""
    ids = [found for text in form.getlist("row") if (found := read_id(text))]
    rows = selectors.parked(selectors.rows_of(log).filter(pk__in=ids))
    doors, limits, filled = standing_doors(log.path), limits_at(log.path), Filled()
    for row in rows:
        said = _Said.of(form, row.pk)
        if said.anything:
            _one(filled, row, said, doors, limits)
    return filled


def file_rows(actor: Actor, log_id: uuid.UUID, filled: Filled) -> uuid.UUID | None:
    """Put the rows of a form right that are complete; the decision, or None where none is."""
    return settle(actor, log_id, filled.rows) if filled.rows else None


def settle_word(actor: Actor, log_id: uuid.UUID, row_id: uuid.UUID, meaning: Heard) -> int:
    """Say what a result word means: for all rows of the log that have it, and for logs to come.

    Rows of which something else is missing stay parked. How many were put right. Raises NotFound.
    """
    with scope.enter(actor):
        log = selectors.log_for(actor, log_id, needs="census.settle_rows")
        asked = selectors.row_for(actor, row_id, needs="census.settle_rows")
        contents: LogRowContents = asked.open()
        word = next((one.word for one in contents.tries if one.word and not one.result), "")
        token = selectors.word_token(log.kind, word, selectors.key_of(log))
        rows = selectors.parked(selectors.rows_of(log)).filter(word=token)
        right = [one for row in rows if (one := _with_word(row, word, meaning, limits_at(log.path)))]
    if not word:
        return 0
    choose_word(actor, path=log.path, kind=Kind(log.kind), word=word, meaning=meaning)
    if right:
        settle(actor, log_id, right)
    return len(right)


def meaning_of(text: str, kind: str) -> Heard | None:
    """A result out of a form, ``result`` or ``result@channel``; None for what is none."""
    result, _at, channel = text.partition("@")
    usual = Channel.PHONE if kind == Kind.CALLS else Channel.DOOR
    try:
        return Heard(Result(result), Channel(channel) if channel else usual)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Said:
    """What was typed for one row; ``results`` and ``whens`` by part."""

    door: str
    typed: str
    results: Mapping[str, str]
    whens: Mapping[str, str]

    @classmethod
    def of(cls, form: QueryDict, row_id: uuid.UUID) -> "_Said":
        def parts(name: str) -> dict[str, str]:
            head = f"{name}-{row_id}-"
            found = {key.removeprefix(head): form.get(key, "").strip() for key in form if key.startswith(head)}
            return {part: text for part, text in found.items() if text}

        door, typed = (form.get(f"{name}-{row_id}", "").strip() for name in ("door", "typed"))
        return cls(door, typed, parts("result"), parts("when"))

    @property
    def anything(self) -> bool:
        return bool(self.door or self.typed or self.results or self.whens)


def _one(filled: Filled, row: LogRow, said: _Said, doors: StandingDoors, limits: Limits) -> None:
    if said.door == NO_DATA:
        filled.rows.append(Right(row.pk))
        return
    contents: LogRowContents = row.open()
    tries, mistake = _tries(row.log.kind, contents, said, limits)
    found = _door(row, said, doors)
    problems = [REASONS[one] for kept in _after(contents, tries) for one in problems_of(kept, limits)]
    if found is None:
        problems.append(
            gettext("no such door: %(typed)s") % {"typed": said.typed} if said.typed else gettext("the door")
        )
    if mistake or problems:
        filled.problems[row.pk] = mistake or gettext("; ").join(str(one) for one in problems)
    else:
        filled.rows.append(Right(row.pk, found, tries))


def _door(row: LogRow, said: _Said, doors: StandingDoors) -> uuid.UUID | None:
    if said.typed:
        found = read_free(said.typed, doors, str(row.compound_id or ""))
        return door_id(found) if isinstance(found, Placed) else None
    return read_id(said.door) or row.door_id


def _tries(kind: str, contents: LogRowContents, said: _Said, limits: Limits) -> tuple[dict[str, dict[str, str]], str]:
    """What was said of the attempts, as it is kept, and what in it cannot be read."""
    tries: dict[str, dict[str, str]] = {}
    for part, text in said.results.items():
        if meaning := meaning_of(text, kind):
            tries.setdefault(part, {}).update(result=meaning.result.value, channel=meaning.channel.value)
    began, now = timezone.localtime(limits.began).date(), timezone.localtime(limits.now).date()
    for part, text in said.whens.items():
        day = read_day(text_cell(text), begin=began, today=now)
        if day is None:
            return {}, gettext("no day: %(typed)s") % {"typed": text}
        moment = limits.within(moment_of(day.days[0], time_in(day.rest)))
        tries.setdefault(part, {}).update(at=moment.at.isoformat(), precision=moment.precision.value)
    return tries, ""


def _after(contents: LogRowContents, tries: Mapping[str, Mapping[str, Any]]) -> Iterable[TryKept]:
    right = RowSettled(tries=dict(tries))
    return [settled_try(one, right) for one in contents.tries]


def _with_word(row: LogRow, word: str, meaning: Heard, limits: Limits) -> Right | None:
    contents: LogRowContents = row.open()
    said = {"result": meaning.result.value, "channel": meaning.channel.value}
    tries = {str(one.part): said for one in contents.tries if tidy(one.word) == tidy(word) and not one.result}
    complete = not any(problem for one in _after(contents, tries) for problem in problems_of(one, limits))
    return Right(row.pk, row.door_id, tries) if complete and row.door_id else None
