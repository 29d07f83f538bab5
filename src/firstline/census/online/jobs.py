"""Work of online reports that outlasts a request: placing those whose door has come on record."""

import uuid

import structlog

from firstline.census.jobs import PLACE_NAMED
from firstline.census.online.believing import place_named
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError

log = structlog.get_logger("firstline.census")


def _failed(compound_id: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    log.warning("reports_not_placed", compound=str(compound_id), code=problem.code, again=again)


@PLACE_NAMED.is_done_by(failed=_failed)
def _place_named(_actor: Actor, compound_id: uuid.UUID) -> None:
    """By the house itself, whoever reported or put the door on record."""
    place_named(compound_id)
