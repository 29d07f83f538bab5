"""Drawing lines to be typed twice, typing them again, and deciding where the two differ."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.utils import dateformat, timezone
from django.utils.translation import pgettext

from firstline.census.actions import record_many, void_many
from firstline.census.campaigns import campaign_at
from firstline.census.entry_checks import selectors
from firstline.census.entry_checks.comparing import compare, merged
from firstline.census.errors import NothingToCheck, NotReadable, OwnRows
from firstline.census.models import CheckedRow, EntryCheck, EntryVerdict, SecondEntry
from firstline.census.night.cells import Cells
from firstline.census.night.rows import Line, read_lines
from firstline.census.night.selectors import light_of
from firstline.kernel import clock, crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import derived, uuid7
from firstline.places.selectors import compound_for


@action("census.draw_check")
def draw_check(
    actor: Actor,
    *,
    compound_id: uuid.UUID,
    day: date,
    count: int | None = None,
    percent: int | None = None,
    clerk_id: uuid.UUID | None = None,
    channel: str = "",
) -> EntryCheck:
    """Draw lines of a day to be typed again: ``count`` of them, or ``percent``, at least one; each with equal chance.

    Raises NotFound, EmergencyMissing, NothingToCheck.
    """
    compound = compound_for(actor, compound_id, needs="census.draw_check")
    campaign = campaign_at(compound.place.path)
    rows = selectors.rows_of_day(compound, day, clerk_id=clerk_id, channel=channel)
    if not rows:
        raise NothingToCheck(day=dateformat.format(day, pgettext("date format", "j M")))
    wanted = count if count is not None else -(-len(rows) * (percent or 0) // 100)
    chosen = selectors.drawn_from(rows, max(wanted, 1))
    check = EntryCheck.objects.create(
        path=compound.place.path,
        compound=compound,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        day=day,
        clerk_id=clerk_id,
        channel=channel,
        population=len(rows),
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
    CheckedRow.objects.bulk_create(
        CheckedRow(check_of=check, entered_id=row, path=check.path, position=at) for at, row in enumerate(chosen, 1)
    )
    ledger.record(path=check.path, subject=check, after={"rows": len(chosen), "of": len(rows)})
    return check


@action("census.enter_again")
def enter_again(actor: Actor, *, drawn_id: uuid.UUID, check_id: uuid.UUID, cells: Cells) -> SecondEntry:
    """Type a drawn line again from its paper; it is compared with what was typed first.

    The same line again is answered as the first time. Raises NotFound, OwnRows.
    """
    check = selectors.check_for(actor, check_id, needs="census.enter_again")
    drawn = check.drawn.select_related("entered__attempt").filter(pk=drawn_id).first()
    if drawn is None:
        raise NotFound
    if drawn.entered.attempt.by_person_id == actor.person_id:
        raise OwnRows
    if (before := SecondEntry.objects.filter(drawn=drawn).first()) is not None:
        ledger.repeated(path=check.path)
        return before
    compared, differing = compare(drawn.entered.open(), cells, today=timezone.localdate(clock.now()))
    second = SecondEntry.about(check, by=actor, id=uuid7(), drawn=drawn, compared=compared, differing=differing)
    key_id = crypto.key_of(drawn.entered.sealed)
    second.seal(cells, key_id)
    second.save(force_insert=True)
    ledger.record(
        path=check.path, subject=second, after={"compared": compared, "differing": len(differing)}, key_id=key_id
    )
    return second


@action("census.decide_difference")
def decide_difference(actor: Actor, *, second_id: uuid.UUID, wrong: Iterable[str]) -> EntryVerdict:
    """Say which of the differing cells were wrong at first, by the paper. Where any was, the attempt is taken back and
    recorded as the paper has it; both stay on record.

    Raises NotFound, OwnRows (who typed it first does not judge it), NotReadable (the line put right says no attempt).
    """
    second = selectors.second_for(actor, second_id, needs="census.decide_difference")
    attempt = second.drawn.entered.attempt
    if attempt.by_person_id == actor.person_id:
        raise OwnRows
    if (before := EntryVerdict.objects.filter(second=second).first()) is not None:
        ledger.repeated(path=second.path)
        return before
    found = [name for name in second.differing if name in set(wrong)]
    verdict = EntryVerdict.about(
        second,
        by=actor,
        second=second,
        wrong=found,
        replaced_by_id=_put_right(actor, second, found) if found else None,
    )
    verdict.save(force_insert=True)
    ledger.record(path=second.path, subject=second, after={"compared": second.compared, "wrong": len(found)})
    return verdict


def _put_right(actor: Actor, second: SecondEntry, wrong: list[str]) -> uuid.UUID:
    entered = second.drawn.entered
    compound = entered.attempt.door.building.compound
    line = Line(derived(second.pk, "put right"), merged(entered.open(), second.open(), wrong))
    (read,) = read_lines([line], light_of(compound))
    if read.entry is None:
        raise NotReadable(problem=" ".join(read.problems))
    void_many(actor, compound_id=compound.pk, attempt_ids=[entered.attempt_id])
    record_many(
        actor,
        compound_id=compound.pk,
        attempts=[read.entry.given(second.pk)],
        campaign_id=entered.attempt.campaign_id,
    )
    return line.id
