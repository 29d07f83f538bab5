"""Reads a file in a process of its own: what unfolds beyond every guard, or hangs, or crashes, ends there and not here.

    sheets = read_apart(content)       # as tables.read, but for what strangers send

The readers are guarded, but they are other people's code, one of them native; a bound that the operating system holds
needs no proof. The child knows nothing: no environment, no keys, no database.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from dataclasses import dataclass

import msgspec

from . import read
from .collecting import without_collecting
from .errors import ALL, Damaged, TableError, TooHeavy
from .grid import Sheet
from .limits import DEFAULT, MEGABYTE, Limits

_REFUSED, _TOO_HEAVY = 3, 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the child may take: address space in bytes, seconds of computing, seconds in all."""

    memory: int = 1536 * MEGABYTE
    computing: int = 60
    waiting: int = 180


@dataclass(frozen=True, slots=True)
class _Call:
    limits: Limits
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class _Refusal:
    code: str
    data: dict[str, str | int]


def read_apart(data: bytes, *, limits: Limits = DEFAULT, bounds: Bounds = Bounds()) -> list[Sheet]:
    """Raises what `read` raises, and TooHeavy."""
    call = msgspec.json.encode(_Call(limits, bounds)).decode()
    command = [sys.executable, "-I", "-m", __name__, call]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, env={}, timeout=bounds.waiting)
    except subprocess.TimeoutExpired as problem:
        raise TooHeavy from problem
    if done.returncode == _REFUSED:
        raise _error(msgspec.msgpack.decode(done.stdout, type=_Refusal))
    if done.returncode < 0 or done.returncode == _TOO_HEAVY:  # native code that finds no memory ends by a signal
        raise TooHeavy
    if done.returncode > 0:
        raise Damaged
    with without_collecting():
        return msgspec.msgpack.decode(done.stdout, type=list[Sheet])


def _error(refusal: _Refusal) -> TableError:
    return next(error for error in ALL if error.code == refusal.code)(**refusal.data)


def main() -> int:
    """The child: file in, sheets or refusal out."""
    call = msgspec.json.decode(sys.argv[1], type=_Call)
    resource.setrlimit(resource.RLIMIT_AS, (call.bounds.memory, call.bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (call.bounds.computing, call.bounds.computing))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would be the list, in clear, on the disk
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        return _answer(call.limits)
    except MemoryError:
        return _TOO_HEAVY


def _answer(limits: Limits) -> int:
    said: list[Sheet] | _Refusal
    try:
        said = read(sys.stdin.buffer.read(), limits=limits)
    except TableError as problem:
        said = _Refusal(problem.code, problem.data)
    sys.stdout.buffer.write(msgspec.msgpack.encode(said))
    return _REFUSED if isinstance(said, _Refusal) else 0


if __name__ == "__main__":
    raise SystemExit(main())
