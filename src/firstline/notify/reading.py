"""Reading one's own messages: opening one, all at once, and taking that back."""

import uuid
from datetime import datetime

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.notify import selectors
from firstline.notify.models import Message, Receipt


@action("notify.read")
def read(actor: Actor, *, message_id: uuid.UUID) -> Message:
    """Open a message of one's own: from now on it counts as read. Again changes nothing. Raises NotFound."""
    receipt = selectors.receipt_for(actor, message_id)
    path = _home(actor, selectors.READ)
    if receipt.read_at is not None:
        ledger.repeated(path=path)
        return receipt.message
    Receipt.objects.filter(receiver_id=actor.person_id, message_id=message_id).update(read_at=clock.now())
    ledger.record(path=path, subject=receipt.message)
    return receipt.message


@action("notify.read_all")
def read_all(actor: Actor) -> tuple[int, datetime]:
    """Mark everything of one's own as read: how much that was, and the moment by which it can be taken back."""
    now = clock.now()
    waiting = Receipt.objects.filter(receiver_id=actor.person_id, to_robot=False, read_at=None)
    newest = waiting.select_related("message").order_by("-at").first()
    path = _home(actor, "notify.read_all")
    if newest is None:
        ledger.repeated(path=path)
        return 0, now
    count = waiting.update(read_at=now)
    ledger.record(path=path, subject=newest.message, after={"count": count})
    return count, now


@action("notify.unread")
def unread(actor: Actor, *, at: datetime) -> int:
    """Take back what ``read_all`` marked at that moment; how much that was."""
    marked = Receipt.objects.filter(receiver_id=actor.person_id, to_robot=False, read_at=at)
    newest = marked.select_related("message").order_by("-at").first()
    path = _home(actor, "notify.unread")
    if newest is None:
        ledger.repeated(path=path)
        return 0
    count = marked.update(read_at=None)
    ledger.record(path=path, subject=newest.message, after={"count": count})
    return count


def _home(actor: Actor, act: str) -> str:
    return actor.ranges(act)[0].lo
