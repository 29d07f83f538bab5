"""Where the steps leave a sheet, kept with it in the step's own transaction; and derivable again at any time."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from firstline.census.models import Attempt, Campaign, Sheet, SheetBatch, SheetStep, SheetStepVoid
from firstline.census.next_steps import evening_end
from firstline.census.paper.steps import StepKind, Stepped, derive
from firstline.kernel import changes, clock
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.places.models import Door


def keep(sheet: Sheet) -> None:
    """Derive a sheet's state, door, holder and due time from its steps and write them. Call it under its lock."""
    steps = list(SheetStep.objects.filter(sheet=sheet, void=None).order_by("happened_at", "id"))
    stood = derive(Stepped(step.happened_at, str(step.pk), step.kind) for step in steps)
    if stood is None:
        return
    # Every sheet has been printed, and that is never taken back, so there is always a step.
    latest = next(step for step in reversed(steps) if step.kind == stood.state)
    at_doors = [step for step in steps if step.door_id]
    doors = {sheet.path} if sheet.door_id else set()
    sheet.state, sheet.since, sheet.holder_id = stood.state, stood.since, latest.by_person_id
    sheet.door_id = at_doors[-1].door_id if at_doors else sheet.printed_for_id
    sheet.path = at_doors[-1].path if at_doors else _printed_at(sheet)
    sheet.due_at = _due(sheet, stood.state, stood.since)
    # A blank sheet lies at a whole community, whose doors it changes nothing of.
    changes.touch(doors | ({sheet.path} if sheet.door_id else set()))
    sheet.save(update_fields=["state", "since", "holder_id", "door", "path", "due_at"])


def void_steps_of(actor: Actor, attempt_id: uuid.UUID) -> None:
    """The steps recorded with an attempt that is taken back count no longer, inside the action that takes it back."""
    for step in SheetStep.objects.filter(attempt_id=attempt_id, void=None):
        SheetStepVoid.about(step, by=actor, step=step).save(force_insert=True)
        keep(Sheet.objects.select_for_update().get(pk=step.sheet_id))


def _printed_at(sheet: Sheet) -> str:
    if sheet.printed_for is not None:
        return sheet.printed_for.path
    return SheetBatch.objects.values_list("path", flat=True).get(pk=sheet.batch_id)


def _due(sheet: Sheet, state: StepKind, since: datetime) -> datetime | None:
    """When a sheet that is out is late: the end of the evening of its last day, by the campaign's rules."""
    if state not in {StepKind.HANDED_OUT, StepKind.POSTED}:
        return None
    rules = Campaign.objects.get(pk=sheet.campaign_id).rules
    return evening_end(since, rules, rules.form_days if state == StepKind.HANDED_OUT else rules.call_back_days)


def write_step(
    actor: Actor, sheet: Sheet, kind: StepKind, *, door: Door | None = None, attempt: Attempt | None = None
) -> SheetStep:
    """Write a step and where it leaves the sheet, inside the action that is its cause."""
    step = SheetStep.about(
        sheet,
        by=actor,
        sheet=sheet,
        kind=kind,
        door=door,
        attempt_id=attempt.pk if attempt else None,
        path=door.path if door else sheet.path,
    )
    step.happened_at = attempt.happened_at if attempt else clock.now()
    step.happened_precision = attempt.happened_precision if attempt else Precision.MINUTE
    step.save(force_insert=True)
    keep(sheet)
    return step


def answer_notices(actor: Actor, sheets: Sequence[Sheet], attempt: Attempt) -> None:
    """The notices at a door are answered by a call, inside the action that records it as ``attempt``."""
    for sheet in sheets:
        write_step(actor, sheet, StepKind.ANSWERED, door=attempt.door, attempt=attempt)
