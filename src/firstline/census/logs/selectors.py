"""Reading logs: the only way from an outside id to a log or a row; how far a log has come, what its rows amount to."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from firstline.census.logs.result_words import tidy
from firstline.census.models import LogFile, LogRow, LogStep, LogVerdict, RowSettled, RowState, Settled
from firstline.kernel import crypto
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.models import Door
from firstline.places.selectors import in_ranges

READ = "census.read_logs"
STAGE = "census.stage_log"


class LogState(StrEnum):
    """How far a log has come."""

    UNFINISHED = "unfinished"  # rows are missing: whoever stored them was interrupted
    REVIEW = "review"
    RECORDING = "recording"  # accepted, its attempts are being written
    COUNTS = "counts"
    DISCARDED = "discarded"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Account:
    """The rows of a log by what became of them; with corrections counted in. They add up to ``rows``."""

    rows: int
    placed: int = 0
    parked: int = 0
    duplicate: int = 0
    no_data: int = 0

    @property
    def stored(self) -> int:
        """How many of the rows are there; fewer than ``rows`` where whoever stored them was interrupted."""
        return self.placed + self.parked + self.duplicate + self.no_data


def logs_for(actor: Actor, limit: int = 100) -> list[LogFile]:
    """The logs of the actor's places, the newest first."""
    found = _with_verdicts(LogFile.objects.filter(in_ranges(actor.ranges(READ))))
    return list(found.order_by("-recorded_at", "id")[:limit])


def log_for(actor: Actor, log_id: uuid.UUID, *, needs: str = READ) -> LogFile:
    """A log in the actor's places. Raises NotFound."""
    log = _with_verdicts(LogFile.objects.filter(in_ranges(actor.ranges(needs)), pk=log_id)).first()
    if log is None:
        raise NotFound
    return log


def rows_of(log: LogFile) -> QuerySet[LogRow]:
    """The rows of a log in the order of the file, each with how it was last put right."""
    last = RowSettled.objects.filter(row=OuterRef("pk")).order_by("-version")
    return log.rows.annotate(settled_how=Subquery(last.values("how")[:1])).order_by("sheet", "number")


def parked(rows: QuerySet[LogRow]) -> QuerySet[LogRow]:
    """Of rows with their corrections, those that still wait for somebody."""
    return rows.filter(Q(state=RowState.PARKED), Q(settled_how=None) | Q(settled_how=Settled.UNDONE))


def settled_of(rows: Iterable[LogRow]) -> dict[uuid.UUID, RowSettled]:
    """The correction that counts of each row that has one; taken-back ones are left out."""
    ids = [row.pk for row in rows]
    found = RowSettled.objects.filter(row__in=ids).order_by("row", "-version").distinct("row")
    return {one.row_id: one for one in found if one.how != Settled.UNDONE}


def versions_of(row_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How often rows were put right and taken back, as the version of the last time."""
    found = RowSettled.objects.filter(row__in=list(row_ids)).values_list("row").annotate(last=Max("version"))
    return dict(found)


def standing_corrections(logs: Sequence[LogFile]) -> list[RowSettled]:
    """The corrections of logs that count, with their rows; taken-back ones are left out."""
    last = RowSettled.objects.filter(log__in=logs).order_by("row", "-version").distinct("row").select_related("row")
    return [one for one in last if one.how != Settled.UNDONE]


def accounts_of(logs: Sequence[LogFile], settled: Sequence[RowSettled] | None = None) -> dict[uuid.UUID, Account]:
    """The rows of logs by what became of them; two statements, or one where the corrections are at hand."""
    counts: dict[uuid.UUID, Counter[str]] = {log.pk: Counter() for log in logs}
    found = LogRow.objects.filter(log__in=logs).values_list("log", "state").annotate(count=Count("pk"))
    for log_id, state, count in found:
        counts[log_id][state] = count
    for one in standing_corrections(logs) if settled is None else settled:
        counts[one.log_id].update({one.how: 1, RowState.PARKED.value: -1})
    return {log.pk: Account(log.row_count, **counts[log.pk]) for log in logs}


def state_of(log: LogFile, stored: int | None = None) -> LogState:
    """How far a log has come; ``stored`` is how many of its rows are there, if that is known."""
    verdicts = set(getattr(log, "verdicts", None) or log.steps.values_list("verdict", flat=True))
    for verdict, state in _BY_VERDICT:
        if verdict in verdicts:
            return state
    there = log.rows.count() if stored is None else stored
    return LogState.REVIEW if there == log.row_count else LogState.UNFINISHED


def key_of(log: LogFile) -> uuid.UUID:
    """The key under which a log lies."""
    return crypto.key_of(log.sealed)


def word_token(kind: str, word: str, key_id: uuid.UUID) -> bytes:
    """The keyed hash under which a result word is known."""
    return crypto.token("result_word", f"{kind}:{tidy(word)}", key_id=key_id)


def row_for(actor: Actor, row_id: uuid.UUID, *, needs: str) -> LogRow:
    """A row of a log in the actor's places. Raises NotFound."""
    found = LogRow.objects.select_related("log").filter(in_ranges(actor.ranges(needs)), pk=row_id).first()
    if found is None:
        raise NotFound
    return found


def doors_for(actor: Actor, ids: Collection[uuid.UUID], *, needs: str) -> dict[uuid.UUID, Door]:
    """Doors in the actor's places by their ids; those elsewhere are left out."""
    found = Door.objects.standing().filter(in_ranges(actor.ranges(needs)), pk__in=ids).select_related("building")
    return {door.pk: door for door in found}


def counts_never(verdicts: Collection[str]) -> bool:
    """Whether a log with these steps counts nowhere and never will."""
    return bool({LogVerdict.DISCARDED, LogVerdict.TAKEN_BACK} & set(verdicts))


def _with_verdicts(logs: QuerySet[LogFile]) -> QuerySet[LogFile]:
    steps = LogStep.objects.filter(log=OuterRef("pk")).values("verdict")
    return logs.defer("sealed_content").annotate(verdicts=ArraySubquery(steps))


# The furthest step first.
_BY_VERDICT = (
    (LogVerdict.TAKEN_BACK, LogState.TAKEN_BACK),
    (LogVerdict.DISCARDED, LogState.DISCARDED),
    (LogVerdict.RECORDED, LogState.COUNTS),
    (LogVerdict.ACCEPTED, LogState.RECORDING),
)
