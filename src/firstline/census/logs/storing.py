"""A log on its way in: read, kept, its rows stored, its attempts written, and all of that taken back.

Everything commits in chunks and may be killed at any moment: done again it goes on where it stopped, and nothing is
written twice, since rows have ids that follow from file, sheet and number, and attempts from row, correction and part.
"""

import hashlib
import itertools
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from firstline.census.actions import record_many, void_many
from firstline.census.campaigns import campaign_at
from firstline.census.giving import Given
from firstline.census.logs import actions, selectors
from firstline.census.logs.errors import LogUnreadable, NoLog
from firstline.census.logs.placing import Limits, RowPlaced, note_of, place_rows
from firstline.census.logs.reading import TOLD, LogRead, read_log
from firstline.census.logs.result_words import Heard, Kind
from firstline.census.models import (
    LogContents,
    LogFile,
    LogRow,
    LogRowContents,
    RowSettled,
    RowState,
    Settled,
    TryKept,
    WordChoice,
)
from firstline.census.results import Channel, Result
from firstline.kernel import bulk, clock, crypto, scope
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.ids import derived, uuid7
from firstline.kernel.paths import ancestors
from firstline.registry.addresses import StandingDoors
from firstline.registry.door_finding import standing_doors
from firstline.response.selectors import emergency_at, key_ids_of
from firstline.tables import DEFAULT, Sheet
from firstline.tables import Limits as TableLimits
from firstline.tables.apart import read_apart
from firstline.tables.errors import TableError

CHUNK_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A log that is on record with all its rows; ``known`` when it had come before."""

    log: LogFile
    known: bool


def read_file(content: bytes, *, limits: TableLimits = DEFAULT) -> list[Sheet]:
    """The sheets of a stranger's file. Raises LogUnreadable."""
    try:
        return read_apart(content, limits=limits)
    except TableError as problem:
        raise LogUnreadable(reason=str(problem)) from problem


def take_in(actor: Actor, *, community_path: str, name: str, content: bytes, sheets: Sequence[Sheet]) -> Taken:
    """Keep a log and store its rows, unaccepted; or find it, and finish what an earlier attempt left undone.

    Raises NoLog, NotFound, EmergencyMissing. Not inside a transaction.
    """
    with scope.enter(actor):
        doors, read = _read(community_path, sheets)
        if read is None:
            raise NoLog
        key_id = emergency_at(community_path).key_id
        fingerprint = _fingerprint(community_path, content)
        placed = list(place_rows(read, doors, _limits(community_path), _chosen(community_path, read.kind)))
    log_id = uuid7()
    log = actions.stage_log(
        actor,
        community_path=community_path,
        log_id=log_id,
        contents=LogContents(name, list(read.passed_over)),
        content=content,
        fingerprint=fingerprint,
        kind=read.kind.value,
        rows=len(placed),
    )
    _store(actor, log, placed, key_id)
    return Taken(log, known=log.pk != log_id)


def is_log(actor: Actor, community_path: str, sheets: Sequence[Sheet]) -> bool:
    """Whether a file is a log of this community."""
    with scope.enter(actor):
        return _read(community_path, sheets)[1] is not None


def record(actor: Actor, log_id: uuid.UUID) -> int:
    """Write the attempts of an accepted log that are not written yet, a compound at a time; how many are new.

    Raises NotFound. Not inside a transaction.
    """
    with scope.enter(actor):
        log = selectors.log_for(actor, log_id, needs="census.accept_log")
        given = _attempts(selectors.rows_of(log))
    new = 0
    for compound_id, attempts in given.items():
        new += len(record_many(actor, compound_id=compound_id, attempts=attempts, campaign_id=log.campaign_id))
    actions.finish_log(actor, log_id=log_id)
    return new


def accept(actor: Actor, log_id: uuid.UUID) -> int:
    """Let a log count; how many attempts were written. Raises what ``actions.accept_log`` raises."""
    actions.accept_log(actor, log_id=log_id)
    return record(actor, log_id)


def take_back(actor: Actor, log_id: uuid.UUID) -> int:
    """Take all attempts of a log back, then the log itself; how many counted until now.

    Raises NotFound, LogDecided, NotYourAttempt. Not inside a transaction.
    """
    with scope.enter(actor):
        log = selectors.log_for(actor, log_id, needs="census.take_back_log")
        given = _attempts(selectors.rows_of(log))
    gone = _void(actor, given)
    actions.take_back_log(actor, log_id=log_id)
    return gone


def settle(actor: Actor, log_id: uuid.UUID, rows: Sequence[actions.Right]) -> uuid.UUID:
    """Put parked rows right, and record them if their log counts; the id of the decision.

    Raises what ``actions.settle_rows`` raises. Not inside a transaction.
    """
    decision_id = uuid7()
    settled = actions.settle_rows(actor, log_id=log_id, rows=rows, decision_id=decision_id)
    with scope.enter(actor):
        log = selectors.log_for(actor, log_id, needs="census.settle_rows")
        counts = selectors.state_of(log) in {selectors.LogState.COUNTS, selectors.LogState.RECORDING}
        given = _attempts(selectors.rows_of(log).filter(pk__in=[one.row_id for one in settled])) if counts else {}
    for compound_id, attempts in given.items():
        record_many(actor, compound_id=compound_id, attempts=attempts, campaign_id=log.campaign_id)
    return decision_id


def try_again(actor: Actor, log_id: uuid.UUID) -> int:
    """Read a log once more with the doors and words known by now, and put those parked rows right that fit; how many.

    Raises NotFound, LogDecided. Not inside a transaction.
    """
    with scope.enter(actor):
        log = selectors.log_for(actor, log_id, needs="census.settle_rows")
        content = log.open_content()
        waiting = {row.pk: row for row in selectors.parked(selectors.rows_of(log))}
    sheets = read_file(content)
    with scope.enter(actor):
        doors, read = _read(log.path, sheets)
        placed = place_rows(read, doors, _limits(log.path), _chosen(log.path, Kind(log.kind))) if read else iter(())
        right = [
            actions.Right(pk, one.door_id, {str(kept.part): _as_said(kept) for kept in one.contents.tries})
            for one in placed
            if one.state is RowState.PLACED and (pk := row_id(log.pk, one.read.sheet, one.read.number)) in waiting
        ]
    if right:
        settle(actor, log_id, right)
    return len(right)


def _as_said(kept: TryKept) -> dict[str, str]:
    at = kept.at.isoformat() if kept.at else ""
    return {"result": kept.result, "channel": kept.channel, "at": at, "precision": kept.precision}


def unsettle(actor: Actor, log_id: uuid.UUID, decision_id: uuid.UUID) -> int:
    """Take a decision about rows back, with the attempts that came of it; how many rows wait again."""
    with scope.enter(actor):
        log = selectors.log_for(actor, log_id, needs="census.unsettle_rows")
        rows = RowSettled.objects.filter(log=log, decision_id=decision_id).values("row")
        given = _attempts(selectors.rows_of(log).filter(pk__in=rows))
    standing = actions.unsettle_rows(actor, log_id=log_id, decision_id=decision_id)
    _void(actor, given)
    return len(standing)


def limits_at(path: str) -> Limits:
    """Between which moments attempts of a place's logs can have been; inside a scope."""
    return _limits(path)


def attempt_id(row_id: uuid.UUID, version: int, part: int) -> uuid.UUID:
    """The id of the attempt that a part of a row becomes, under a correction (0: as it was read)."""
    return derived(row_id, "attempt", version, part)


def _void(actor: Actor, given: dict[uuid.UUID, list[Given]]) -> int:
    return sum(
        void_many(actor, compound_id=compound_id, attempt_ids=[one.attempt_id for one in attempts])
        for compound_id, attempts in given.items()
    )


def _read(path: str, sheets: Sequence[Sheet]) -> tuple[StandingDoors, LogRead | None]:
    doors, limits = standing_doors(path), _limits(path)
    began, today = timezone.localtime(limits.began).date(), timezone.localtime(limits.now).date()
    read = read_log(sheets, begin=began, today=today, compound=lambda name: doors.calling.find(name) is not None)
    return doors, read


def _limits(path: str) -> Limits:
    return Limits(campaign_at(path).started_at, clock.now())


def _chosen(path: str, kind: Kind) -> Callable[[str], Heard | None]:
    """What clerks said of words, at this place or above, under any key of the emergency."""
    key_ids = key_ids_of(emergency_at(path))
    found = WordChoice.objects.filter(path__in=ancestors(path), kind=kind.value).order_by("recorded_at", "id")
    known = {bytes(one.token): Heard(Result(one.result), Channel(one.channel)) for one in found}

    def meaning(word: str) -> Heard | None:
        tokens = (selectors.word_token(kind.value, word, key_id) for key_id in key_ids) if known else ()
        return next((known[token] for token in tokens if token in known), None)

    return meaning


def _fingerprint(path: str, content: bytes) -> bytes:
    """The fingerprint under which these bytes are, or will be, on record: copies that count never are passed by."""
    digest = hashlib.sha256(content).hexdigest()
    for copy in itertools.count():
        said = f"{path}:{copy}:{digest}"
        possible = [crypto.token("log_file", said, key_id=key_id) for key_id in key_ids_of(emergency_at(path))]
        known = LogFile.objects.filter(fingerprint__in=possible).defer("sealed_content").first()
        if known is None:
            return possible[0]
        if not selectors.counts_never(known.steps.values_list("verdict", flat=True)):
            return bytes(known.fingerprint)
    raise AssertionError("copies are counted without end")


def _store(actor: Actor, log: LogFile, placed: Sequence[RowPlaced], key_id: uuid.UUID) -> None:
    with scope.enter(actor):
        stored = set(log.rows.values_list("pk", flat=True))
    missing = [one for one in placed if row_id(log.pk, one.read.sheet, one.read.number) not in stored]
    for start in range(0, len(missing), CHUNK_ROWS):
        with scope.enter(actor):
            bulk.insert(LogRow, [_columns(log, one, key_id) for one in missing[start : start + CHUNK_ROWS]])


def row_id(log_id: uuid.UUID, sheet: int, number: int) -> uuid.UUID:
    """The id of a row of a log; the same row stored twice has the same id."""
    return derived(log_id, sheet, number)


def _columns(log: LogFile, one: RowPlaced, key_id: uuid.UUID) -> dict[str, object]:
    pk = row_id(log.pk, one.read.sheet, one.read.number)
    return {
        "id": pk,
        "path": log.path,
        "log_id": log.pk,
        "sheet": one.read.sheet,
        "number": one.read.number,
        "state": one.state.value,
        "reason": one.reason,
        "word": selectors.word_token(log.kind, one.unknown, key_id) if one.unknown else b"",
        "compound_id": one.compound_id,
        "door_id": one.door_id,
        "sealed": LogRow.envelope(pk, one.contents, key_id),
    }


def _attempts(rows: Iterable[LogRow]) -> dict[uuid.UUID, list[Given]]:
    """The attempts that rows come to as they stand now, corrections counted in, by compound."""
    found = list(rows)
    settled = selectors.settled_of(row for row in found if row.state == RowState.PARKED)
    given: dict[uuid.UUID, list[Given]] = defaultdict(list)
    for row in found:
        right = settled.get(row.pk)
        if row.state == RowState.PLACED:
            given[_sure(row.compound_id)] += _given(row, _sure(row.door_id), None)
        elif right and right.how == Settled.PLACED:
            given[_sure(right.compound_id)] += _given(row, _sure(right.door_id), right)
    return given


def _sure(known: uuid.UUID | None) -> uuid.UUID:
    if known is None:
        raise AssertionError("the database holds that a placed row has a door")
    return known


def _given(row: LogRow, door_id: uuid.UUID, right: RowSettled | None) -> Iterator[Given]:
    contents: LogRowContents = row.open()
    tries = [settled_try(one, right) for one in contents.tries]
    # Who lives there was told in the last of them that came to something.
    told = max((one.part for one in tries if one.result in TOLD), default=0)
    for one in tries:
        yield Given(
            door_id=door_id,
            result=one.result,
            channel=one.channel,
            happened_at=one.at,
            precision=Precision(one.precision),
            note=note_of(contents) if one.part == tries[-1].part else "",
            minutes=contents.minutes if one.part == tries[-1].part else None,
            people=tuple(contents.people) if one.part == told else (),
            attempt_id=attempt_id(row.pk, right.version if right else 0, one.part),
            visitor=contents.visitor,
            source_id=row.pk,
        )


def settled_try(one: TryKept, right: RowSettled | None) -> TryKept:
    """An attempt of a row with what somebody said of it instead."""
    said = right.tries.get(str(one.part), {}) if right else {}
    return TryKept(
        part=one.part,
        word=one.word,
        result=said.get("result", one.result),
        channel=said.get("channel", one.channel),
        at=datetime.fromisoformat(said["at"]) if "at" in said else one.at,
        precision=said.get("precision", one.precision),
    )
