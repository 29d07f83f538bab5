"""What the kernel needs from upper apps; they fill it in ``ready()``.

Calling an unfilled port is a programming error.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


class NamesPort(Protocol):
    def __call__(self, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]: ...


class AddressesPort(Protocol):
    def __call__(self, person_ids: Collection[uuid.UUID], channel: str) -> dict[uuid.UUID, str]: ...


class PlacesPort(Protocol):
    def __call__(self, paths_asked: Collection[str]) -> dict[str, str]: ...


class Answering(Protocol):
    """Whoever answers for a place."""

    @property
    def name(self) -> str: ...


class AnsweringPort(Protocol):
    def __call__(self, places: Iterable[str]) -> Mapping[str, Answering]: ...


class LockPort(Protocol):
    """Raises SessionLocked when the session asks for its password; not ``in_use``: a script asks, nobody's hand."""

    def __call__(self, request: HttpRequest, *, in_use: bool) -> None: ...


class ActorPort(Protocol):
    """Raises SecondFactorDue when the session owes one; not with ``half_open``."""

    def __call__(self, request: HttpRequest, *, half_open: bool) -> Actor: ...


class PersonPort(Protocol):
    def __call__(self, person_id: uuid.UUID) -> Actor: ...


class NumberPort(Protocol):
    """The number on the notices of the community that a path lies in; "" for none."""

    def __call__(self, path: str) -> str: ...


@dataclass
class _Ports:
    ledger: LedgerPort | None = None
    actor: ActorPort | None = None
    person: PersonPort | None = None
    lock: LockPort | None = None
    names: NamesPort | None = None
    addresses: AddressesPort | None = None
    answering: AnsweringPort | None = None
    places: PlacesPort | None = None
    number: NumberPort | None = None


_ports = _Ports()
_Port = TypeVar("_Port", bound=Callable[..., Any])


def fill_ledger(port: LedgerPort) -> None:
    """Called by audit."""
    _ports.ledger = port


def fill_actor(port: ActorPort) -> None:
    """Called by accounts."""
    _ports.actor = port


def fill_person(port: PersonPort) -> None:
    """Called by accounts."""
    _ports.person = port


def fill_lock(port: LockPort) -> None:
    """Called by accounts."""
    _ports.lock = port


def fill_names(port: NamesPort) -> None:
    """Called by accounts."""
    _ports.names = port


def fill_addresses(port: AddressesPort) -> None:
    """Called by accounts."""
    _ports.addresses = port


def fill_answering(port: AnsweringPort) -> None:
    """Called by response."""
    _ports.answering = port


def fill_places(port: PlacesPort) -> None:
    """Called by places."""
    _ports.places = port


def fill_number(port: NumberPort) -> None:
    """Called by the census, which returns the calls to it."""
    _ports.number = port


def write_ledger(entries: Sequence[Entry]) -> None:
    """Append entries in the running transaction."""
    _filled(_ports.ledger)(entries)


def actor_of(request: HttpRequest, *, half_open: bool = False) -> Actor:
    """The logged-in person of a request with grants. Raises SecondFactorDue, unless asked for ``half_open``."""
    return _filled(_ports.actor)(request, half_open=half_open)


def actor_of_person(person_id: uuid.UUID) -> Actor:
    """Somebody of ours with the grants they have now."""
    return _filled(_ports.person)(person_id)


def refuse_locked(request: HttpRequest, *, in_use: bool = True) -> None:
    """Raise SessionLocked when the session of a request is locked; not ``in_use``: a script asks by itself."""
    _filled(_ports.lock)(request, in_use=in_use)


def names_of(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What our own people are called; ids nobody has are left out."""
    return _filled(_ports.names)(person_ids)


def addresses_of(person_ids: Collection[uuid.UUID], channel: str) -> dict[uuid.UUID, str]:
    """Where our own people are reached by ``channel`` (email, sms); who has no such address is left out."""
    return _filled(_ports.addresses)(person_ids, channel)


def answering_for(places: Iterable[str]) -> dict[str, str]:
    """What they are called who answer for places, by path; a path nobody answers for is left out."""
    return {path: person.name for path, person in _filled(_ports.answering)(places).items()}


def places_at(paths_asked: Collection[str]) -> dict[str, str]:
    """The names of places by their paths; a path of no place is left out."""
    return _filled(_ports.places)(paths_asked)


def public_number_of(path: str) -> str:
    """The phone number under which residents reach the community that a path lies in; "" while there is none."""
    return _filled(_ports.number)(path)


def _filled(port: _Port | None) -> _Port:
    if port is None:
        raise RuntimeError("a kernel port is not filled; is the app that fills it installed?")
    return port
