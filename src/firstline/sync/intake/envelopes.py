"""A batch as it is sent: read, measured, taken apart. Pure: no database."""

import re
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from firstline.kernel.errors import Invalid
from firstline.sync.errors import TooLarge

PROTOCOL, MOST_COMMANDS, MOST_BYTES, MOST_DEPTH = 1, 200, 4 * 1024 * 1024, 32

Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Bytes = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
_Offset = Annotated[int, msgspec.Meta(ge=-(2**47), le=2**47)]

Status = Literal["accepted", "duplicate", "flagged", "held", "quarantined", "conflict", "refused"]


class Envelope(msgspec.Struct, frozen=True):
    """One command: what it is called, when the device's clock says it was made, and what must be in force before."""

    id: UUID
    kind: Annotated[str, msgspec.Meta(max_length=80)]
    version: Annotated[int, msgspec.Meta(ge=0, le=9_999)]
    seq: Count
    recorded_at: Milliseconds
    body: msgspec.Raw
    offset: _Offset | None = None
    after: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=50)] = ()


class Broken(msgspec.Struct, frozen=True):
    """What names itself and is no command otherwise: it is answered and kept, so that it blocks nothing behind it."""

    id: UUID
    raw: bytes = b""


class Storage(msgspec.Struct, frozen=True):
    used: Bytes | None = None
    quota: Bytes | None = None
    persistent: bool = False


class _Head(msgspec.Struct, frozen=True):
    sent_at: Milliseconds
    waiting: Count
    commands: list[msgspec.Raw]
    protocol: int = PROTOCOL
    client: Annotated[str, msgspec.Meta(max_length=40)] = ""
    oldest: Milliseconds | None = None
    storage: Storage = Storage()


class _Whole(_Head, frozen=True):
    commands: list[Envelope]  # type: ignore[assignment]  # the same, read in one go


class _Id(msgspec.Struct, frozen=True):
    id: UUID


class Batch(msgspec.Struct, frozen=True):
    """What a device sent, and what it says of itself."""

    commands: list[Envelope | Broken]
    sent_at: int
    waiting: int
    client: str
    oldest: int | None
    storage: Storage
    protocol: int


class Answer(msgspec.Struct, frozen=True):
    """What became of one command. ``code`` and ``said`` tell why, where it is not plainly accepted."""

    id: UUID
    status: Status
    code: str = ""
    said: str = ""
    data: dict[str, object] = {}  # msgspec copies an empty default


_whole = msgspec.json.Decoder(_Whole)
_head = msgspec.json.Decoder(_Head)
_envelope = msgspec.json.Decoder(Envelope)
_id = msgspec.json.Decoder(_Id)
_ESCAPED, _TEXT = re.compile(rb"\\."), re.compile(rb'"[^"]*"')
_INNERMOST = re.compile(rb"\{\}|\[\]")
_NOT_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"'))


def read_batch(body: bytes) -> Batch:
    """The batch in a request's body. Raises TooLarge (too long, too many, too deep) and Invalid (no JSON)."""
    measure(body)
    try:
        read = _whole.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return _one_by_one(body)
    except RecursionError as problem:
        raise TooLarge from problem
    return _batch(read, list(read.commands))


def measure(body: bytes, most: int = MOST_BYTES) -> None:
    """Raise TooLarge for what is longer or deeper than is read at all."""
    if len(body) > most or _deeper(body, MOST_DEPTH):
        raise TooLarge


def command_of(raw: msgspec.Raw) -> Envelope | Broken:
    """One command, or what at least says its id. Raises Invalid."""
    try:
        return _command(raw)
    except (msgspec.ValidationError, RecursionError) as problem:
        raise _unreadable() from problem


def _unreadable() -> Invalid:
    return Invalid(problem=_("This cannot be read, so nothing of it was taken."))


def _one_by_one(body: bytes) -> Batch:
    """One command that is none must not hold up the others, as long as it says its id."""
    try:
        read = _head.decode(body)
        return _batch(read, [_command(raw) for raw in read.commands])
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise _unreadable() from problem
    except RecursionError as problem:
        raise TooLarge from problem


def _command(raw: msgspec.Raw) -> Envelope | Broken:
    try:
        return _envelope.decode(raw)
    except msgspec.ValidationError:
        return Broken(_id.decode(raw).id, bytes(raw))


def _batch(read: _Head, commands: list[Envelope | Broken]) -> Batch:
    if len(commands) > MOST_COMMANDS:
        raise TooLarge
    return Batch(commands, read.sent_at, read.waiting, read.client, read.oldest, read.storage, read.protocol)


def _deeper(body: bytes, most: int) -> bool:
    """Whether brackets nest deeper; each turn takes away the innermost pairs, so it is as many turns as levels."""
    if b"\\" in body:
        body = _ESCAPED.sub(b"", body)
    # Most texts have no bracket in them; two that touch become one, which changes nothing of what is outside.
    left = _TEXT.sub(b"", body.translate(None, _NOT_STRUCTURE).replace(b'""', b""))
    for _level in range(most):
        before, left = left, _INNERMOST.sub(b"", left)
        if left == before:
            # All is taken away, or what is left matches nothing: that is no JSON, which its reader says.
            return False
    return bool(left)
