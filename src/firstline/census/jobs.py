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
# What companies' lists say becomes attempts (``listed``): of one list, of all in a campaign's area, of one taken back.
RECORD_LIST = Job("census.record_list")
RECORD_LISTS = Job("census.record_lists")
TAKE_BACK_LIST = Job("census.take_back_list")
# Online reports of a compound whose door was on no list: believed by pattern, they are placed (``online.believing``).
PLACE_NAMED = Job("census.place_named_reports")


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
