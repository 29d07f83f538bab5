"""A network and a server that fail: what is asked gets lost, is answered into the void, comes twice, dies half done."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connections

from firstline.sync.intake import keeping, releasing, taking, views

FINE, LOST, UNANSWERED, TWICE = "fine", "lost", "unanswered", "twice"
CRASHED, UNCOMMITTED, COMMITTED, GONE = "crashed", "uncommitted", "committed", "gone"
UNTAKEN, KEPT, UNRELEASED = "untaken", "kept", "unreleased"
FAULTS = (LOST, UNANSWERED, TWICE, CRASHED, UNCOMMITTED, COMMITTED, GONE, UNTAKEN, KEPT, UNRELEASED)


class CrashError(Exception):
    """The server's process ends in the middle of its work."""


@dataclass
class Network:
    """Asks for devices; every second time something goes wrong, until it is ``calm``. ``met`` counts what did."""

    dice: random.Random
    calm: bool = False
    met: Counter[str] = field(default_factory=Counter)

    def ask(self, request: Callable[[], Any]) -> Any:
        """The answer, or None where none came or the server could not do its part."""
        fault = FINE if self.calm or self.dice.random() < 0.5 else self.dice.choice(FAULTS)
        self.met[fault] += 1
        if fault == LOST:
            return None
        if fault == UNANSWERED:
            request()
            return None
        if fault == TWICE:
            request()
        with failing(fault, self.dice.choice([1, 1, 2])):
            try:
                answered = request()
            except CrashError:
                return None
        return None if answered.status_code >= 500 else answered


@contextmanager
def failing(fault: str, number: int = 1) -> Iterator[None]:
    """The server crashes with its work done and not committed, or loses its database: with a commit of that number,
    before anything is taken, with what is kept just written, or before what was held is tried."""
    if fault == CRASHED:
        with patch.object(taking._Taking, "all", _crashing(taking._Taking.all)):
            yield
        return
    if fault in {UNTAKEN, KEPT, UNRELEASED}:
        with _losing(fault):
            yield
        return
    connection: Any = connections["default"]
    commit, commits = connection._commit, 0

    def committing() -> None:
        nonlocal commits
        commits += 1
        if commits != number:
            commit()
            return
        if fault == GONE:
            connection.connection.pgconn.finish()
        if fault in {COMMITTED, GONE}:
            commit()
        raise OperationalError(fault)

    if fault not in {UNCOMMITTED, COMMITTED, GONE}:
        yield
        return
    with patch.object(connection, "_commit", committing):
        yield


@contextmanager
def _losing(fault: str) -> Iterator[None]:
    def lose(*_given: Any, **_named: Any) -> None:
        raise OperationalError(fault)

    def keep(*given: Any, **named: Any) -> None:
        kept(*given, **named)
        lose()

    kept = keeping.keep
    match fault:
        case "untaken":
            with patch.object(views, "take", lose), patch.object(views, "take_parcel", lose):
                yield
        case "kept":
            with patch.object(keeping, "keep", keep):
                yield
        case _:
            with patch.object(releasing, "release", lose):
                yield


def _crashing(work: Callable[..., Any]) -> Callable[..., Any]:
    def crash(*args: Any) -> None:
        work(*args)
        raise CrashError

    return crash
