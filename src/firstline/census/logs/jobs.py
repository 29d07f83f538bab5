"""What the worker does with logs; who asks for it, and why, stands in ``background``."""

import uuid

import structlog

from firstline.census.logs import background, storing
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError

log = structlog.get_logger("firstline.jobs")


def _failed(log_id: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    """The log's page shows that it is being recorded, and lets whoever looks go on."""
    log.warning("log_not_recorded", log_id=str(log_id), code=problem.code, again=again)


@background.RECORD.is_done_by(failed=_failed)
def record(actor: Actor, log_id: uuid.UUID) -> None:
    """Write the attempts of an accepted log, or those of them that an earlier attempt left out."""
    storing.record(actor, log_id)
