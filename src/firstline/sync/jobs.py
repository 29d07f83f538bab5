"""Each night what is still held is tried once more."""

import structlog

from firstline.kernel import jobs, scope
from firstline.kernel.actors import console
from firstline.sync.intake.releasing import try_held
from firstline.sync.models import Kept, KeptState

log = structlog.get_logger("firstline.sync")


def try_all_held() -> int:
    """Try everything that is held, whoever sent it; how many are held no longer."""
    with scope.enter(console()):
        waiting = dict(Kept.objects.filter(state=KeptState.HELD).values_list("pk", "device_id"))
    moved = try_held(waiting)
    log.info("held_tried", held=len(waiting), moved=moved)
    return moved


jobs.nightly("sync.try_held", try_all_held, hour_utc=18)  # two in the morning in China
