"""Deciding about several files with one press, each in a transaction of its own."""

import uuid
from collections.abc import Collection, Iterable

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.registry import background
from firstline.registry.errors import ListDecided
from firstline.registry.intake import take_loose
from firstline.registry.lists_page import many_context
from firstline.registry.upload import id_of

_FIELD = "compound-"
NO_LIST = "none"


def file_loose(actor: Actor, form: Iterable[tuple[str, str]]) -> None:
    """What a form says of loose files: ``compound-<id>`` is a compound's id, or that it is no list at all.

    A file somebody else has settled meanwhile is passed by. Raises NotFound.
    """
    for name, value in form:
        if not name.startswith(_FIELD) or not value:
            continue
        loose_id = id_of(name.removeprefix(_FIELD))
        try:
            take_loose(actor, loose_id or uuid.UUID(int=0), None if value == NO_LIST else id_of(value))
        except ListDecided:
            continue


def accept_many(actor: Actor, ids: Collection[uuid.UUID]) -> int:
    """Accept those of the lists about which nothing is asked; how many. One that was decided meanwhile is passed by."""
    with scope.enter(actor):
        plain = [row.id for row in many_context(actor, ids)["imports"]]
    accepted = 0
    for file_id in plain:
        try:
            background.accept(actor, file_id)
        except ListDecided:
            continue
        accepted += 1
    return accepted
