"""Lines typed in the night, for tests that stand on them."""

import uuid

from firstline.census.night.actions import enter_rows
from firstline.census.night.cells import Cells
from firstline.census.night.rows import Line, read_lines
from firstline.census.night.selectors import light_of
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.places.models import Compound


def typed(actor: Actor, compound: Compound, *cells: Cells, sheet_id: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Save lines as the page does; the attempts' ids."""
    with scope.enter(actor):
        read = read_lines([Line(uuid7(), one) for one in cells], light_of(compound))
    entries = [one.entry for one in read if one.entry]
    return enter_rows(actor, compound_id=compound.pk, sheet_id=sheet_id or uuid7(), entries=entries)
