"""Work of the census that outlasts a request: deriving every door of a campaign anew after its rules changed."""

import uuid

import structlog

from firstline.census.models import Campaign
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError
from firstline.kernel.jobs import Job
from firstline.kernel.paths import subtree

log = structlog.get_logger("firstline.census")

REDERIVE = Job("census.rederive")


def _failed(campaign_id: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    log.warning("rederive_failed", campaign=str(campaign_id), code=problem.code, again=again)


@REDERIVE.is_done_by(failed=_failed)
def rederive(_actor: Actor, campaign_id: uuid.UUID) -> None:
    """Bring states and counts of a campaign to what its rules say now, building by building; again is harmless.

    It runs for the whole campaign, whoever changed the rules.
    """
    with scope.enter(console()):
        path = Campaign.objects.values_list("path", flat=True).get(pk=campaign_id)
    for _difference in rebuild(console(), campaign_id, subtree(path)):
        pass
