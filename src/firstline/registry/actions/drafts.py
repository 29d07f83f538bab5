"""Grids somebody has not finished: kept sealed on the server while they type, so that no browser keeps names."""

import uuid

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.places.selectors import compound_for
from firstline.registry import selectors
from firstline.registry.models import DraftContents, TypingDraft
from firstline.response.selectors import emergency_at


@action("registry.keep_draft")
def keep_draft(
    actor: Actor, *, compound_id: uuid.UUID, file_id: uuid.UUID | None, lines: list[list[str]], grid: str = ""
) -> TypingDraft | None:
    """Keep what was typed so far in place of what was kept before; nothing typed, nothing kept.

    The first keeping is recorded, the next ones while the same grid is typed are not. Raises NotFound.
    """
    compound = compound_for(actor, compound_id, needs="registry.keep_draft")
    before = selectors.draft_of(actor, compound, file_id, grid)
    if not lines:
        if before:
            before.delete()
        ledger.repeated(path=compound.place.path)
        return None
    draft = before or TypingDraft(
        path=compound.place.path, compound=compound, source_file_id=file_id, grid=grid, person_id=actor.person_id
    )
    draft.saved_at = clock.now()
    draft.seal(DraftContents(lines), emergency_at(compound.place.path).key_id)
    draft.save()
    if before:
        ledger.repeated(path=draft.path)
    else:
        ledger.record(path=draft.path, subject=draft, after={"rows": len(lines)})
    return draft
