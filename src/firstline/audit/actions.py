"""Taking a copy of the ledger; the copy is on record before its first line leaves."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from firstline.audit import selectors
from firstline.audit.errors import CopyTooLong
from firstline.audit.ledger import said
from firstline.audit.models import LedgerEntry
from firstline.audit.selectors import Chosen
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.keys import organisation_key

EXPORT = "audit.export_ledger"
# A quarter of an hour of writing, and more than anybody reads.
MOST_ENTRIES = 200_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that leaves: whose, when, of what, under which key its rows are marked."""

    id: uuid.UUID
    by: Actor
    at: datetime
    chosen: Chosen
    entries: int
    key_id: uuid.UUID


@action(EXPORT)
def export_ledger(actor: Actor, *, chosen: Chosen, form: str) -> Copy:
    """Put on record that a copy of what is chosen is taken as ``form`` (xlsx, csv); writing it follows.

    Raises CopyTooLong.
    """
    entries = selectors.count(actor, chosen)
    if entries > MOST_ENTRIES:
        raise CopyTooLong(most=MOST_ENTRIES, entries=entries)
    copy = Copy(uuid7(), actor, clock.now(), chosen, entries, organisation_key())
    ledger.record(
        path=actor.ranges(EXPORT)[0].lo,
        subject=LedgerEntry(id=copy.id),
        after={**said(chosen), "entries": entries, "file_kind": form},
        key_id=copy.key_id,
    )
    return copy
