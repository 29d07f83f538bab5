"""What the doctor says of one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

import msgspec


class State(StrEnum):
    """``warn`` can wait until tomorrow, ``bad`` cannot."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Finding(msgspec.Struct, frozen=True):
    """One line: ``what`` was looked at, how it is (``said``), and what to do about it (empty when it is well)."""

    what: str
    state: State
    said: str
    to_do: str = ""


Check = Callable[[], Iterator[Finding]]


def judged(what: str, said: str, *, well: bool, to_do: str, otherwise: State = State.BAD) -> Finding:
    """Well, or ``otherwise`` with what to do about it."""
    return Finding(what, State.OK, said) if well else Finding(what, otherwise, said, to_do)
