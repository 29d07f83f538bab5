"""Writing what was typed in the night: many lines with one press, and all of them taken back with one press."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from firstline.accounts.selectors import names_of
from firstline.census.actions import record_many, void_many
from firstline.census.campaigns import campaign_at
from firstline.census.errors import NotYourAttempt, SheetTooOld
from firstline.census.models import EnteredRow, EntrySheet
from firstline.census.night.cells import Cells
from firstline.census.night.rows import Entry
from firstline.census.night.selectors import ENTER, UNDO_SECONDS, sheet_for
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import compound_for


@action("census.enter_rows")
def enter_rows(
    actor: Actor, *, compound_id: uuid.UUID, sheet_id: uuid.UUID, entries: Sequence[Entry]
) -> list[uuid.UUID]:
    """Write down lines typed from paper as attempts, and each as it was typed; the ids of those that are new.

    ``sheet_id`` was made with the page and the ids of the lines with them, so that sending it twice records once.
    Raises NotFound, EmergencyMissing, AttemptRefused.
    """
    compound = compound_for(actor, compound_id, needs=ENTER)
    campaign = campaign_at(compound.place.path)
    own_name = names_of({actor.person_id}).get(actor.person_id, "")
    given = [entry.given(sheet_id, own_name) for entry in entries]
    new = set(record_many(actor, compound_id=compound_id, attempts=given, campaign_id=campaign.pk))
    if not new:
        ledger.repeated(path=compound.place.path)
        return []
    sheet, _made = EntrySheet.objects.get_or_create(
        pk=sheet_id,
        defaults={
            "path": compound.place.path,
            "compound": compound,
            "emergency_id": campaign.emergency_id,
            "campaign_id": campaign.pk,
            "by_person_id": actor.person_id,
            "by_device_id": actor.device_id,
        },
    )
    if sheet.by_person_id != actor.person_id or sheet.compound_id != compound.pk:
        raise NotFound
    rows = []
    for number, entry in enumerate(entries, sheet.rows.count() + 1):
        if entry.line.id in new:
            row = EnteredRow(attempt_id=entry.line.id, sheet=sheet, path=sheet.path, number=number)
            row.seal(entry.typed(), campaign.emergency.key_id)
            rows.append(row)
    EnteredRow.objects.bulk_create(rows)
    ledger.record(path=sheet.path, subject=sheet, after={"rows": len(rows)}, key_id=campaign.emergency.key_id)
    return [row.attempt_id for row in rows]


@action("census.take_back_rows")
def take_back_rows(actor: Actor, *, sheet_id: uuid.UUID) -> list[Cells]:
    """Take back all that was saved with one press a moment ago; the lines as they were typed, to type on from there.

    Raises NotFound, NotYourAttempt (somebody else's), SheetTooOld.
    """
    sheet = sheet_for(actor, sheet_id, needs="census.take_back_rows")
    if sheet.by_person_id != actor.person_id:
        raise NotYourAttempt
    if sheet.recorded_at < clock.now() - timedelta(seconds=UNDO_SECONDS):
        raise SheetTooOld(minutes=UNDO_SECONDS // 60)
    rows = list(sheet.rows.filter(attempt__void=None).order_by("number"))
    if not rows:
        ledger.repeated(path=sheet.path)
        return []
    void_many(actor, compound_id=sheet.compound_id, attempt_ids=[row.attempt_id for row in rows])
    ledger.record(path=sheet.path, subject=sheet, after={"taken_back": len(rows)})
    return [row.open() for row in rows]
