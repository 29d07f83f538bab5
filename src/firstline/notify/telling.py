"""Telling: a message is written in the transaction of what it is about, and delivered later by the worker."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from firstline.kernel import bulk, clock, paths
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.ports import Subject
from firstline.notify import kinds
from firstline.notify.models import Message, Receipt, Robot
from firstline.notify.outbox import call_the_worker

Words = dict[str, str | int]
LONGEST_WORD = 80
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Telling:
    """One message to be told. With an ``id`` of the caller's, telling it again changes nothing."""

    kind: str
    path: str
    to: Sequence[uuid.UUID]
    words: Words
    url: str
    severity: int
    subject: Subject | None = None
    at: datetime | None = None
    id: uuid.UUID = field(default_factory=uuid7)


def tell(
    actor: Actor,
    *,
    kind: str,
    path: str,
    to: Sequence[uuid.UUID],
    subject: Subject | None,
    words: Words,
    url: str,
    severity: int,
    at: datetime | None = None,
) -> None:
    """Tell people of ours, and the robots of the places above ``path``, something; inside of a running transaction.

    ``kind`` is registered by ``kinds.register``; ``words`` fill its sentence and hold no personal data; ``url`` leads
    inside our site; ``severity`` is that of a gap (0 to 100), from ``models.messages.URGENT`` up it is said at night.
    Raises LookupError, ValueError: mistakes of the caller's.
    """
    tell_many(actor, [Telling(kind, path, to, words, url, severity, subject, at)])


def tell_robot(actor: Actor, robot: Robot, *, kind: str, severity: int) -> None:
    """Have one robot say something that concerns nobody else."""
    told = Telling(kind, robot.path, (), {}, "/", severity)
    at = clock.now()
    _write(Message, [_message(actor, told, at)])
    _write(Receipt, [_receipt(told, at, robot.pk, to_robot=True)])
    _call_once()


def tell_many(actor: Actor, told: Sequence[Telling]) -> None:
    """The same for any number of messages, in three statements for each ten thousand rows."""
    _refuse_mistakes(told)
    robots = _robots_above({one.path for one in told})
    messages: list[dict[str, Any]] = []
    receipts: list[dict[str, Any]] = []
    for one in told:
        people = set(one.to)
        groups = _groups(one, robots)
        if people or groups:
            at = one.at or clock.now()
            messages.append(_message(actor, one, at))
            receipts += [_receipt(one, at, person, to_robot=False) for person in sorted(people)]
            receipts += [_receipt(one, at, robot, to_robot=True) for robot in groups]
    _write(Message, messages)
    _write(Receipt, receipts)
    if receipts:
        _call_once()


def _call_once() -> None:
    if all(waiting[1] is not call_the_worker for waiting in connection.run_on_commit):
        transaction.on_commit(call_the_worker)


def _refuse_mistakes(told: Sequence[Telling]) -> None:
    for one in told:
        if not one.url.startswith("/") or one.url.startswith(("//", "/\\")):
            raise ValueError(f"{one.kind}: a message leads inside our own site")
        if any(isinstance(word, str) and len(word) > LONGEST_WORD for word in one.words.values()):
            raise ValueError(f"{one.kind}: a message links, it does not tell")
    for kind, _names, words in {(one.kind, frozenset(one.words)): (one.kind, 0, one.words) for one in told}.values():
        try:
            str(kinds.kind_of(kind).text % words)
        except (KeyError, TypeError) as problem:
            raise ValueError(f"{kind}: its sentence wants other words") from problem


def _robots_above(places: set[str]) -> dict[str, list[tuple[uuid.UUID, int]]]:
    """The robots at work at or above some places, by the place they stand at: id and least severity."""
    above = {place for path in places for place in ("", *paths.ancestors(path))}
    found: dict[str, list[tuple[uuid.UUID, int]]] = {}
    at_work = Robot.objects.filter(path__in=above, removed_at=None, paused_at=None)
    for robot_id, path, least in at_work.values_list("id", "path", "min_severity"):
        found.setdefault(path, []).append((robot_id, least))
    return found


def _groups(one: Telling, robots: dict[str, list[tuple[uuid.UUID, int]]]) -> list[uuid.UUID]:
    if not robots or not kinds.kind_of(one.kind).group:
        return []
    line = ["", *paths.ancestors(one.path)]
    return [robot_id for place in line for robot_id, least in robots.get(place, ()) if one.severity >= least]


def _message(actor: Actor, one: Telling, at: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "path": one.path,
        "subject_kind": one.subject.kind if one.subject else "",
        "subject_id": one.subject.id if one.subject else None,
        "words": one.words,
        "url": one.url,
        "severity": one.severity,
        "at": at,
        "told_by_id": actor.person_id,
    }


def _receipt(one: Telling, at: datetime, receiver_id: uuid.UUID, *, to_robot: bool) -> dict[str, Any]:
    return {
        "receiver_id": receiver_id,
        "message_id": one.id,
        "to_robot": to_robot,
        "at": at,
        "read_at": None,
        "set_out_at": None,
    }


def _write(model: type[Message | Receipt], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        bulk.insert(model, rows[start : start + _ROWS_AT_ONCE])
