"""Files that are no lists but something an app above knows: each says which it takes, and where it keeps them.

A port: registry asks whoever registered, in order, before it keeps a file as one whose list nobody knows.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from firstline.kernel.actors import Actor
from firstline.registry.upload import Upload
from firstline.tables import Sheet


@dataclass(frozen=True, slots=True)
class Handed:
    """Where a file went: its id there, and the address of its page; ``known`` when it had come before."""

    file_id: uuid.UUID
    url: str
    known: bool = False


Taker = Callable[[Actor, Upload, Sequence[Sheet]], Handed | None]
_takers: list[Taker] = []


def register(taker: Taker) -> None:
    """Ask ``taker`` from now on; called in ``ready()``. It answers None for what is not its own, and never raises."""
    if taker not in _takers:
        _takers.append(taker)


def hand_over(actor: Actor, upload: Upload, sheets: Sequence[Sheet]) -> Handed | None:
    """Give a file to the first app that takes it; None when none does. Not inside a transaction."""
    return next((handed for taker in _takers if (handed := taker(actor, upload, sheets))), None)
