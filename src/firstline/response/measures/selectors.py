"""Reading single measures: the way from an outside id to one that stands or stood."""

import uuid

from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import subtree
from firstline.response.measures.combining import Order
from firstline.response.measures.ordering import RENEW
from firstline.response.measures.standing import order_of, ordered
from firstline.response.models import Emergency, MeasureOrdered


def order_for(actor: Actor, order_id: uuid.UUID, *, needs: str) -> MeasureOrdered:
    """A measure that holds, held or is to hold somewhere in the actor's places. Raises NotFound."""
    found = ordered().select_related("emergency").filter(pk=order_id).first()
    if found is None:
        raise NotFound
    area = subtree(found.path)
    if not any(one.lo in area or found.path in one for one in actor.ranges(needs)):
        raise NotFound
    return found


def locked_order(actor: Actor, order_id: uuid.UUID, *, needs: str) -> tuple[MeasureOrdered, Order]:
    """A measure ordered by the actor's own office or one below it, for the running action alone. Raises NotFound."""
    found = order_for(actor, order_id, needs=needs)
    if not actor.may(needs, found.authority):
        raise NotFound
    # A fact cannot be locked by who may only add to it; its emergency can.
    Emergency.objects.select_for_update().get(pk=found.emergency_id)
    found = order_for(actor, order_id, needs=needs)
    return found, order_of(found)


def may_change(actor: Actor, order: Order) -> bool:
    """Whether the actor's office may renew, change or lift what was ordered."""
    return actor.may(RENEW, order.authority)
