"""A file that somebody hands in: which compound it is, and into staging."""

import uuid
from collections.abc import Iterable, Sequence

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.models import Compound
from firstline.places.selectors import compound_for, compounds_within
from firstline.registry import staging
from firstline.registry.actions import Named
from firstline.registry.errors import CompoundUnclear
from firstline.registry.reading import FileReading
from firstline.registry.staging import Progress, Staged

STAGE = "registry.stage_file"


def take(
    actor: Actor,
    *,
    name: str,
    content: bytes,
    reading: FileReading,
    compound_id: uuid.UUID | None,
    progress: Progress | None = None,
    file_id: uuid.UUID | None = None,
) -> Staged:
    """See which compound a file that was read is about, unless that was said, and store it unaccepted.

    Raises CompoundUnclear, NotFound, EmergencyMissing. Commits in chunks: not inside a transaction.
    """
    with scope.enter(actor):
        said = recognise([name], open_to := compounds_open_to(actor)) or recognise(reading.titles, open_to)
        compound = compound_for(actor, compound_id, needs=STAGE) if compound_id else said
    if compound is None:
        raise CompoundUnclear
    named = Named(name, said.place.name if said else "")
    return staging.stage(
        actor,
        compound=compound,
        named=named,
        content=content,
        reading=reading,
        progress=progress,
        file_id=file_id,
    )


def compounds_open_to(actor: Actor) -> list[Compound]:
    """The compounds whose lists the actor may bring in."""
    return [compound for within in actor.ranges(STAGE) for compound in compounds_within(within)]


def recognise(texts: Iterable[str], compounds: Sequence[Compound]) -> Compound | None:
    """The compound that a file's name or title names: the longest name or alias found; None when none or two fit."""
    said = [text for text in texts if text]
    fits = {
        compound.pk: (max(len(name) for name in found), compound)
        for compound in compounds
        if (
            found := [
                name for name in (compound.place.name, *compound.aliases) if name and any(name in one for one in said)
            ]
        )
    }
    longest = max((length for length, _ in fits.values()), default=0)
    best = [compound for length, compound in fits.values() if length == longest]
    return best[0] if len(best) == 1 else None
