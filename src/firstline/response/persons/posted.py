"""Whom somebody means who says who stands in for them."""

import uuid

from django.http import QueryDict

from firstline.kernel.actors import Actor
from firstline.response.answering.errors import DeputyUnknown, SeveralCalledSo
from firstline.response.answering.finding import colleagues_called
from firstline.response.answering.inputs import Said


def own_deputy(actor: Actor, post: QueryDict) -> uuid.UUID | None:
    """Chosen among namesakes, or the only one of the name typed; None: nobody. Nobody is put on record here.

    Raises DeputyUnknown, SeveralCalledSo.
    """
    said = Said.read(post)
    if said.person_id is not None or not said.name:
        return said.person_id
    found = colleagues_called(actor, said.name)
    if not found:
        raise DeputyUnknown(name=said.name)
    if len(found) > 1:
        raise SeveralCalledSo(name=said.name)
    return found[0].pk
