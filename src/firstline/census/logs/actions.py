"""Writing about logs: a file kept, accepted, set aside, taken back; rows put right; what a word means."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from firstline.census.campaigns import campaign_at
from firstline.census.logs import selectors
from firstline.census.logs.errors import LogDecided, LogUnfinished, RowDecided
from firstline.census.logs.result_words import Heard, Kind, tidy
from firstline.census.logs.selectors import LogState
from firstline.census.models import (
    LogContents,
    LogFile,
    LogStep,
    LogVerdict,
    RowSettled,
    Settled,
    WordChoice,
    WordSaid,
)
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import uuid7
from firstline.places.models import Door
from firstline.places.selectors import community_at
from firstline.response.selectors import emergency_at


@dataclass(frozen=True, slots=True)
class Right:
    """How a parked row is put right: at a door, or no data (no ``door_id``); ``tries`` as in ``RowSettled``."""

    row_id: uuid.UUID
    door_id: uuid.UUID | None = None
    tries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@action("census.stage_log")
def stage_log(
    actor: Actor,
    *,
    community_path: str,
    log_id: uuid.UUID,
    contents: LogContents,
    content: bytes,
    fingerprint: bytes,
    kind: str,
    rows: int,
) -> LogFile:
    """Keep a log as it came, sealed; its rows follow in chunks (``storing``). Nothing of it counts.

    The same file again gives the first. Raises NotFound, EmergencyMissing.
    """
    community_at(actor, community_path, needs="census.stage_log")
    emergency = emergency_at(community_path)
    log = LogFile(
        id=log_id,
        path=community_path,
        emergency_id=emergency.pk,
        campaign_id=campaign_at(community_path).pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        kind=kind,
        fingerprint=fingerprint,
        row_count=rows,
    )
    log.seal(contents, emergency.key_id)
    log.seal_content(content, emergency.key_id)
    # DO NOTHING waits for a twin that is just being written, and then leaves it alone.
    LogFile.objects.bulk_create([log], ignore_conflicts=True)
    first = LogFile.objects.defer("sealed_content").get(fingerprint=fingerprint)
    if first.pk != log_id:
        ledger.repeated(path=first.path)
        return first
    ledger.record(path=log.path, subject=log, after={"name": contents.name, "rows": rows}, key_id=emergency.key_id)
    return log


@action("census.accept_log")
def accept_log(actor: Actor, *, log_id: uuid.UUID) -> LogFile:
    """From here on the log counts; its attempts are written by ``storing.record``. Again changes nothing.

    Raises NotFound, LogUnfinished, LogDecided.
    """
    log = selectors.log_for(actor, log_id, needs="census.accept_log")
    state = selectors.state_of(log)
    if state in {LogState.RECORDING, LogState.COUNTS}:
        ledger.repeated(path=log.path)
        return log
    if state is LogState.UNFINISHED:
        raise LogUnfinished
    if state is not LogState.REVIEW:
        raise LogDecided
    _step(actor, log, LogVerdict.ACCEPTED)
    return log


@action("census.finish_log")
def finish_log(actor: Actor, *, log_id: uuid.UUID) -> None:
    """All attempts of an accepted log are written. Raises NotFound."""
    log = selectors.log_for(actor, log_id, needs="census.finish_log")
    if selectors.state_of(log) is LogState.RECORDING:
        _step(actor, log, LogVerdict.RECORDED)
    else:
        ledger.repeated(path=log.path)


@action("census.discard_log")
def discard_log(actor: Actor, *, log_id: uuid.UUID) -> LogFile:
    """The log will never count; it stays on record. Raises NotFound, LogDecided."""
    log = selectors.log_for(actor, log_id, needs="census.discard_log")
    if selectors.state_of(log) not in {LogState.REVIEW, LogState.UNFINISHED}:
        raise LogDecided
    _step(actor, log, LogVerdict.DISCARDED)
    return log


@action("census.take_back_log")
def take_back_log(actor: Actor, *, log_id: uuid.UUID) -> LogFile:
    """The attempts of a log were all taken back (``storing.take_back``). Raises NotFound, LogDecided."""
    log = selectors.log_for(actor, log_id, needs="census.take_back_log")
    if selectors.state_of(log) not in {LogState.RECORDING, LogState.COUNTS}:
        raise LogDecided
    _step(actor, log, LogVerdict.TAKEN_BACK)
    return log


@action("census.settle_rows")
def settle_rows(actor: Actor, *, log_id: uuid.UUID, rows: Sequence[Right], decision_id: uuid.UUID) -> list[RowSettled]:
    """Put parked rows of one log right. Their attempts follow (``storing.record``) once the log counts.

    Raises NotFound (also for a door elsewhere), RowDecided when somebody was faster, LogDecided.
    """
    log = selectors.log_for(actor, log_id, needs="census.settle_rows")
    if selectors.state_of(log) in {LogState.DISCARDED, LogState.TAKEN_BACK}:
        raise LogDecided
    waiting = {
        row.pk: row for row in selectors.parked(selectors.rows_of(log).filter(pk__in=[one.row_id for one in rows]))
    }
    if len(waiting) < len({one.row_id for one in rows}):
        raise RowDecided if log.rows.filter(pk__in=[one.row_id for one in rows]).exists() else NotFound
    doors = _doors(actor, log, [one.door_id for one in rows if one.door_id])
    versions = selectors.versions_of(waiting)
    ledger.record(path=log.path, subject=log, after={"put_right": len(rows)})
    return RowSettled.objects.bulk_create(
        RowSettled.about(
            log,
            by=actor,
            row=waiting[one.row_id],
            log=log,
            version=versions.get(one.row_id, 0) + 1,
            decision_id=decision_id,
            how=Settled.PLACED if one.door_id else Settled.NO_DATA,
            door=doors[one.door_id] if one.door_id else None,
            compound_id=doors[one.door_id].building.compound_id if one.door_id else None,
            tries={part: dict(said) for part, said in one.tries.items()},
        )
        for one in rows
    )


@action("census.unsettle_rows")
def unsettle_rows(actor: Actor, *, log_id: uuid.UUID, decision_id: uuid.UUID) -> list[RowSettled]:
    """Take a decision about rows back: they wait again. Their attempts are taken back by ``storing.take_back_rows``.

    Raises NotFound.
    """
    log = selectors.log_for(actor, log_id, needs="census.unsettle_rows")
    found = list(RowSettled.objects.filter(log=log, decision_id=decision_id).exclude(how=Settled.UNDONE))
    counting = selectors.settled_of([one.row for one in found])
    standing = [one for one in found if counting.get(one.row_id) == one]
    if not standing:
        raise NotFound
    ledger.record(path=log.path, subject=log, before={"put_right": len(standing)})
    RowSettled.objects.bulk_create(
        RowSettled.about(
            log,
            by=actor,
            row_id=one.row_id,
            log=log,
            version=one.version + 1,
            decision_id=decision_id,
            how=Settled.UNDONE,
        )
        for one in standing
    )
    return standing


@action("census.choose_word")
def choose_word(actor: Actor, *, path: str, kind: Kind, word: str, meaning: Heard) -> WordChoice:
    """Keep what a result word means, for the logs of this place that come later. Raises NotFound, EmergencyMissing."""
    community_at(actor, path, needs="census.choose_word")
    emergency = emergency_at(path)
    choice = WordChoice(
        id=uuid7(),
        path=path,
        emergency_id=emergency.pk,
        campaign_id=campaign_at(path).pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        token=selectors.word_token(kind, word, emergency.key_id),
        kind=kind.value,
        result=meaning.result,
        channel=meaning.channel,
    )
    choice.seal(WordSaid(tidy(word)), emergency.key_id)
    ledger.record(path=path, subject=choice, after={"result": meaning.result.value}, key_id=emergency.key_id)
    choice.save(force_insert=True)
    return choice


def _doors(actor: Actor, log: LogFile, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Door]:
    found = selectors.doors_for(actor, ids, needs="census.settle_rows")
    if set(ids) - found.keys() or any(not door.path.startswith(log.path) for door in found.values()):
        raise NotFound
    return found


def _step(actor: Actor, log: LogFile, verdict: LogVerdict) -> None:
    ledger.record(path=log.path, subject=log, after={"verdict": verdict.value, "rows": log.row_count})
    LogStep.about(log, by=actor, log=log, verdict=verdict).save(force_insert=True)
