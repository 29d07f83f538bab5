"""Fills the kernel's ledger port: entries are appended in the transaction of the act itself."""

from collections.abc import Sequence

from firstline.audit.models import Change, LedgerEntry
from firstline.audit.selectors import READ, Chosen
from firstline.kernel import bulk, clock
from firstline.kernel.actors import Actor
from firstline.kernel.keys import organisation_key
from firstline.kernel.ports import Entry, Subject


def append(entries: Sequence[Entry]) -> None:
    """Write entries; before and after are sealed under the emergency's key, else the organisation's."""
    if len(entries) == 1:
        bulk.add(_row(entries[0]))
    else:
        LedgerEntry.objects.bulk_create(_row(entry) for entry in entries)


def _row(entry: Entry) -> LedgerEntry:
    row = LedgerEntry(
        action=entry.action,
        is_look=entry.look,
        at=entry.at,
        path=entry.path,
        actor_id=entry.actor.person_id,
        actor_label=entry.actor.label,
        device_id=entry.actor.device_id,
        subject_kind=entry.subject.kind,
        subject_id=entry.subject.id,
    )
    row.seal(Change(entry.before, entry.after), entry.key_id or organisation_key())
    return row


def record_reading(actor: Actor, chosen: Chosen) -> None:
    """Put on record that somebody read the ledger: of which day, and what was chosen; one entry a page."""
    entry = Entry(
        action=READ,
        actor=actor,
        path=actor.ranges(READ)[0].lo,
        subject=Subject(LedgerEntry._meta.label_lower, actor.person_id),
        before=None,
        after=said(chosen),
        key_id=None,
        look=True,
        at=clock.now(),
    )
    append([entry])


def said(chosen: Chosen) -> dict[str, str]:
    """What was chosen, as the ledger keeps it."""
    asked = {
        "since": chosen.first_day.isoformat() if chosen.first_day != chosen.day else "",
        "day": chosen.day.isoformat(),
        "kind": {None: "", False: "acts", True: "looks"}[chosen.looks],
        "person": str(chosen.person or ""),
        "action": chosen.action,
        "place": chosen.place,
        "subject": str(chosen.subject or ""),
    }
    return {key: value for key, value in asked.items() if value}
