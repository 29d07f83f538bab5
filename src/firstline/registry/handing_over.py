"""Files that are no lists but something an app above knows: each says which it takes, and where it keeps them.

A port: registry asks whoever registered, in order, before it keeps a file as one whose list nobody knows.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

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


@dataclass(frozen=True, slots=True)
class Keeper:
    """An app's own page of files: what it is called, its url's name and the permission to see it."""

    label: str | Promise
    url_name: str
    permission: str


_takers: dict[Keeper, Taker] = {}


def register(keeper: Keeper, taker: Taker) -> None:
    """Ask ``taker`` from now on; called in ``ready()``. It answers None for what is not its own."""
    _takers[keeper] = taker


def keepers_for(actor: Actor) -> list[Keeper]:
    """The other pages of files that the actor may see."""
    return [keeper for keeper in _takers if actor.may(keeper.permission)]


def hand_over(actor: Actor, upload: Upload, sheets: Sequence[Sheet]) -> Handed | None:
    """Give a file to the first app that takes it; None when none does. Not inside a transaction."""
    return next((handed for taker in _takers.values() if (handed := taker(actor, upload, sheets))), None)
