"""Each night what is still held is tried once more."""

import structlog
from procrastinate.contrib.django import app

from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.sync.intake.releasing import try_held
from firstline.sync.models import Kept, KeptState

log = structlog.get_logger("firstline.sync")


@app.periodic(cron="20 2 * * *")
@app.task(name="sync.try_held", queueing_lock="sync.try_held")
def try_all_held(timestamp: int) -> None:
    """Try everything that is held, whoever sent it; ``timestamp`` is when it was due, as the queue says it."""
    with scope.enter(console()):
        waiting = dict(Kept.objects.filter(state=KeptState.HELD).values_list("pk", "device_id"))
    log.info("held_tried", due=timestamp, held=len(waiting), moved=try_held(waiting))
