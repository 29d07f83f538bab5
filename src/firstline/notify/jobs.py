"""What the worker does with messages: delivers what waits when it is called, and looks by itself every minute."""

import uuid

import structlog

from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError
from firstline.kernel.jobs import every_minute
from firstline.notify import outbox
from firstline.notify.delivering import deliver_all

log = structlog.get_logger("firstline.notify")


def _failed(_all: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    # What waits is still there, and is looked for each minute; nobody asked for this one.
    log.warning("delivering_failed", code=problem.code, again=again)


@outbox.DELIVER.is_done_by(failed=_failed)
def deliver(_actor: Actor, _all: uuid.UUID) -> None:
    """Deliver whatever is due."""
    deliver_all()


# Held parcels, and those that failed, have their time; and a call may be lost with its process.
every_minute("notify.look", outbox.call_the_worker)
