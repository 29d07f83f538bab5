"""Logs that somebody brings in among lists: they are known by what they say, and kept as logs."""

from collections.abc import Sequence

from django.urls import reverse

from firstline.census.logs import storing
from firstline.census.logs.selectors import STAGE
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.selectors import communities_for
from firstline.registry.handing_over import Handed
from firstline.registry.upload import Upload
from firstline.response.selectors import find_emergency
from firstline.tables import Sheet


def take(actor: Actor, upload: Upload, sheets: Sequence[Sheet]) -> Handed | None:
    """Keep a file as a log, where it is one and the actor has one community to bring it into."""
    if not actor.may(STAGE):
        return None
    with scope.enter(actor):
        places = [place.path for place in communities_for(actor, needs=STAGE) if find_emergency(place.path)]
    found = [path for path in places if storing.is_log(actor, path, sheets)]
    if len(found) != 1:
        return None
    taken = storing.take_in(actor, community_path=found[0], name=upload.name, content=upload.content, sheets=sheets)
    return Handed(taken.log.pk, reverse("census:log", args=[taken.log.pk]), taken.known)
