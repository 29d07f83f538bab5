"""Logs that outlast a request: their attempts are written by the worker. And where a log belongs that does not say."""

import uuid

from firstline.census.logs import actions, storing
from firstline.census.logs.selectors import STAGE
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.jobs import Job
from firstline.places.selectors import communities_for

LONG_ROWS = 1_000

RECORD = Job("census.record_log")


def accept(actor: Actor, log_id: uuid.UUID) -> bool:
    """Let a log count; True when its attempts are written, False when they will be.

    Raises what ``actions.accept_log`` raises.
    """
    log = actions.accept_log(actor, log_id=log_id)
    if log.row_count <= LONG_ROWS:
        storing.record(actor, log_id)
        return True
    with scope.enter(actor):
        RECORD.later(actor, log_id)
    return False


def community_of(actor: Actor, said: str) -> str:
    """The path of the community a log is about: the one said, else the only one. Raises NotFound."""
    with scope.enter(actor):
        places = [place.path for place in communities_for(actor, needs=STAGE)]
    if said in places:
        return said
    if len(places) == 1 and not said:
        return places[0]
    raise NotFound
