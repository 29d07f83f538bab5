"""What the kernel needs from upper apps; they fill it in ``ready()``. Calling an unfilled port is a programming error."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest

from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act or a look was about: a kind of row and its id."""

    kind: str
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """One line for the ledger. ``before`` and ``after`` may hold personal data; the ledger seals them."""

    action: str
    actor: Actor
    path: str
    subject: Subject
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    key_id: uuid.UUID | None
    look: bool
    at: datetime


class LedgerPort(Protocol):
    def __call__(self, entries: Sequence[Entry]) -> None: ...


class ActorPort(Protocol):
    def __call__(self, request: HttpRequest) -> Actor: ...


@dataclass
class _Ports:
    ledger: LedgerPort | None = None
    actor: ActorPort | None = None


_ports = _Ports()
_Port = TypeVar("_Port", bound=Callable[..., Any])


def fill_ledger(port: LedgerPort) -> None:
    """Called by audit."""
    _ports.ledger = port


def fill_actor(port: ActorPort) -> None:
    """Called by accounts."""
    _ports.actor = port


def write_ledger(entries: Sequence[Entry]) -> None:
    """Append entries in the running transaction."""
    _filled(_ports.ledger)(entries)


def actor_of(request: HttpRequest) -> Actor:
    """The logged-in person of a request with grants."""
    return _filled(_ports.actor)(request)


def _filled(port: _Port | None) -> _Port:
    if port is None:
        raise RuntimeError("a kernel port is not filled; is the app that fills it installed?")
    return port
