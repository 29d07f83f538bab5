"""Holding a list while somebody decides about it."""

import uuid
from collections.abc import Iterable

from firstline.kernel import changes
from firstline.kernel.actors import Actor
from firstline.places.models import Building, Compound
from firstline.registry import selectors
from firstline.registry.errors import ListDecided
from firstline.registry.models import SourceFile


def locked(actor: Actor, file_id: uuid.UUID, needs: str) -> SourceFile:
    """A list the actor may reach, with its compound held: whoever decides about its rows waits for one another."""
    file = selectors.file_for(actor, file_id, needs=needs)
    Compound.objects.select_for_update(no_key=True).get(pk=file.compound_id)
    # What was read before the lock may have been decided meanwhile.
    return selectors.file_for(actor, file_id, needs=needs)


def undecided(actor: Actor, file_id: uuid.UUID, needs: str) -> SourceFile:
    """A list nobody has decided about, with its compound held. Raises NotFound, ListDecided."""
    file = locked(actor, file_id, needs)
    if selectors.decision_of(file):
        raise ListDecided
    return file


def people_changed(compound: Compound, buildings: Iterable[str]) -> None:
    """Say that other people are expected at doors of these buildings (labels): by building, a list names hundreds."""
    named = Building.objects.filter(compound=compound, label__in=set(buildings))
    changes.touch(named.values_list("place__path", flat=True))
