"""Writing what happens to printed sheets: printed, handed out, posted, fetched, typed in, lost, spoilt, taken back."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from django.db import connection

from firstline.census.actions import VOID_OTHERS, record_attempt
from firstline.census.campaigns import campaign_at
from firstline.census.models import Attempt, Campaign, Sheet, SheetBatch, SheetStep, SheetStepVoid
from firstline.census.paper.errors import (
    NothingToPrint,
    SheetDoorMissing,
    SheetForAnotherDoor,
    SheetIsNoForm,
    SheetMovedOn,
    SheetOfOtherKind,
    SheetUnknown,
    StepNotYours,
    StepTakenBack,
    TooManySheets,
)
from firstline.census.paper.keeping import keep, write_step
from firstline.census.paper.numbers import number_of, read_number
from firstline.census.paper.selectors import sheets_for, step_for
from firstline.census.paper.steps import SheetKind, StepKind
from firstline.census.results import Channel, Result
from firstline.kernel import bulk, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.ids import uuid7
from firstline.kernel.offline import Moment
from firstline.places.models import Door
from firstline.places.selectors import door_for, in_ranges
from firstline.registry.person_line import PersonSaid

# A hand can carry no more, and a printer holds a ream.
MOST_SHEETS = 500
_PUT = {
    SheetKind.FORM: (Result.FORM_SLIPPED, StepKind.HANDED_OUT),
    SheetKind.NOTICE: (Result.NOTICE_POSTED, StepKind.POSTED),
}
# Results at a door after which a sheet is there.
LEAVES_PAPER = frozenset(result for result, _step in _PUT.values())
# From where a sheet may be given to a door; a lost one that turns up may too.
_FREE = frozenset({StepKind.PRINTED, StepKind.LOST})


@action("census.print_sheets")
def print_sheets(
    actor: Actor,
    *,
    kind: str,
    path: str,
    door_ids: Collection[uuid.UUID] = (),
    blank: int = 0,
    by: date | None = None,
) -> SheetBatch:
    """Number sheets for doors, in walking order, or ``blank`` ones for a place; they can be printed at any time after.

    ``by`` is the day that stands on them. Raises EmergencyMissing, NothingToPrint, TooManySheets.
    """
    doors = list(
        Door.objects.standing()
        .filter(in_ranges(actor.ranges("census.print_sheets")), pk__in=door_ids)
        .order_by("building__place__position", "building__place__path", "position", "path")
    )
    count = len(doors) or blank
    if count < 1:
        raise NothingToPrint
    if count > MOST_SHEETS:
        raise TooManySheets(count=count, most=MOST_SHEETS)
    campaign = campaign_at(path)
    last = _take_serials(campaign.emergency_id, count)
    batch = SheetBatch(
        kind=SheetKind(kind), first=last - count + 1, last=last, by=by, path=path, **_whose(actor, campaign)
    )
    ledger.record(path=path, subject=batch, after={"kind": batch.kind, "sheets": count, "from": number_of(batch.first)})
    batch.save(force_insert=True)
    _write_printed(actor, batch, [*doors, *[None] * (count - len(doors))])
    return batch


@action("census.hand_out_sheet")
def hand_out(
    actor: Actor,
    *,
    number: str,
    door_id: uuid.UUID | None = None,
    said: str = "",
    note: str = "",
    attempt_id: uuid.UUID | None = None,
    moment: Moment | None = None,
) -> Attempt:
    """A form goes under its door, a notice on it: the attempt at the door and the sheet's step, in one.

    ``said`` is the result that was pressed at the door; a sheet of the other kind is refused. The same ``attempt_id``
    again changes nothing. Raises SheetUnknown, SheetDoorMissing, SheetForAnotherDoor, SheetOfOtherKind, SheetMovedOn,
    and what ``record_attempt`` raises.
    """
    sheet = _locked(actor, number, "census.hand_out_sheet")
    result, step = _PUT[SheetKind(sheet.kind)]
    if said and said != result:
        raise SheetOfOtherKind(number=number_of(sheet.serial), kind=str(SheetKind(sheet.kind).label))
    if (done := _attempt_of(sheet, step, attempt_id)) is None:
        _refuse_unless(sheet, sheet.state in _FREE)
    door = _door_of(actor, sheet, door_id)
    attempt = record_attempt(
        actor,
        door_id=door.pk,
        result=result,
        happened_at=moment.happened_at if moment else None,
        precision=moment.precision if moment else Precision.MINUTE,
        recorded_at=moment.recorded_at if moment else None,
        note=note,
        attempt_id=attempt_id,
        source_id=sheet.pk,
    )
    if done is None:
        write_step(actor, sheet, step, door=door, attempt=attempt)
    ledger.record(path=door.path, subject=sheet, after={"number": number_of(sheet.serial), "step": step.value})
    return attempt


@action("census.fetch_sheets")
def fetch(actor: Actor, *, numbers: Sequence[str]) -> list[SheetStep]:
    """Forms are in hand again and wait to be typed in. Numbers may stand in any order, each counts once.

    All or none: of a number that cannot be fetched nothing else is. Raises SheetUnknown, SheetIsNoForm, SheetMovedOn.
    """
    return _move(actor, numbers, StepKind.FETCHED, "census.fetch_sheets")


@action("census.lose_sheets")
def lose(actor: Actor, *, numbers: Sequence[str]) -> list[SheetStep]:
    """Sheets nobody can find any more. One that turns up is simply fetched. Raises as ``fetch``."""
    return _move(actor, numbers, StepKind.LOST, "census.lose_sheets")


@action("census.spoil_sheets")
def spoil(actor: Actor, *, numbers: Sequence[str]) -> list[SheetStep]:
    """Sheets that never reach a door: torn, misprinted, left over. Raises as ``fetch``."""
    return _move(actor, numbers, StepKind.VOID, "census.spoil_sheets")


@action("census.enter_sheet")
def enter(
    actor: Actor,
    *,
    number: str,
    door_id: uuid.UUID | None = None,
    people: Sequence[PersonSaid] = (),
    result: str = Result.FORM_RETURNED,
    note: str = "",
    attempt_id: uuid.UUID | None = None,
) -> Attempt:
    """What stands on a form is typed in: the attempt at its door through paper, and the sheet's step, in one.

    ``result`` is form_returned, partial, or refused for a form that came back empty (AAPOR 2.113). The same
    ``attempt_id`` again changes nothing. Raises SheetUnknown, SheetIsNoForm, SheetDoorMissing, SheetForAnotherDoor,
    SheetMovedOn, and what ``record_attempt`` raises.
    """
    sheet = _locked(actor, number, "census.enter_sheet")
    if sheet.kind != SheetKind.FORM:
        raise SheetIsNoForm(number=number_of(sheet.serial))
    if (done := _attempt_of(sheet, StepKind.ENTERED, attempt_id)) is None:
        _refuse_unless(sheet, sheet.state not in {StepKind.ENTERED, StepKind.VOID})
    door = _door_of(actor, sheet, door_id)
    attempt = record_attempt(
        actor,
        door_id=door.pk,
        result=result,
        channel=Channel.PAPER,
        note=note,
        people=people,
        attempt_id=attempt_id,
        source_id=sheet.pk,
    )
    if done is None:
        write_step(actor, sheet, StepKind.ENTERED, door=door, attempt=attempt)
    ledger.record(path=door.path, subject=sheet, after={"number": number_of(sheet.serial), "step": "entered"})
    return attempt


@action("census.take_back_sheet_step")
def take_back(actor: Actor, *, step_id: uuid.UUID) -> SheetStepVoid:
    """Take back that sheets were fetched, lost or spoilt. What was recorded at a door is taken back as the attempt.

    Raises NotFound, StepNotYours, StepTakenBack.
    """
    step = step_for(actor, step_id, needs="census.take_back_sheet_step")
    if step.by_person_id != actor.person_id and not actor.may(VOID_OTHERS, step.path):
        raise StepNotYours
    sheet = Sheet.objects.select_for_update().get(pk=step.sheet_id)
    latest = SheetStep.objects.filter(sheet=sheet, void=None).order_by("-happened_at", "-id").first()
    if latest is None or latest.pk != step.pk or step.attempt_id or step.kind == StepKind.PRINTED:
        raise StepTakenBack
    void = SheetStepVoid.about(step, by=actor, step=step)
    ledger.record(path=step.path, subject=sheet, before={"step": step.kind}, after={"number": number_of(sheet.serial)})
    void.save(force_insert=True)
    keep(sheet)
    return void


def _move(actor: Actor, numbers: Sequence[str], kind: StepKind, needs: str) -> list[SheetStep]:
    sheets = {sheet.serial: sheet for sheet in _locked_all(actor, numbers, needs)}
    steps = []
    for sheet in sheets.values():
        if kind == StepKind.FETCHED and sheet.kind != SheetKind.FORM:
            raise SheetIsNoForm(number=number_of(sheet.serial))
        _refuse_unless(sheet, sheet.state not in {kind, StepKind.ENTERED, StepKind.ANSWERED, StepKind.VOID})
        ledger.record(
            path=sheet.path,
            subject=sheet,
            before={"step": sheet.state},
            after={"number": number_of(sheet.serial), "step": kind.value},
        )
        steps.append(write_step(actor, sheet, kind))
    return steps


def _locked(actor: Actor, number: str, needs: str) -> Sheet:
    return _locked_all(actor, [number], needs)[0]


def _locked_all(actor: Actor, numbers: Sequence[str], needs: str) -> list[Sheet]:
    """The sheets of numbers, for the running action alone, locked in the order of their numbers."""
    read = {number: read_number(number) for number in numbers if number.strip()}
    found = sheets_for(actor, {serial for serial in read.values() if serial}, needs=needs, lock=True)
    known = {sheet.serial for sheet in found}
    if unknown := [number for number, serial in read.items() if serial not in known]:
        raise SheetUnknown(number=unknown[0].strip()[:40])
    if not found:
        raise SheetUnknown(number="")
    return found


def _door_of(actor: Actor, sheet: Sheet, door_id: uuid.UUID | None) -> Door:
    """The door a sheet is for: where it is known, another one is refused."""
    known = sheet.printed_for or sheet.door
    if known is not None and door_id in {None, known.pk}:
        return known
    if door_id is None:
        raise SheetDoorMissing(number=number_of(sheet.serial))
    if known is not None:
        raise SheetForAnotherDoor(number=number_of(sheet.serial), door=known.label)
    return door_for(actor, door_id, needs="census.record_attempt")


def _attempt_of(sheet: Sheet, kind: StepKind, attempt_id: uuid.UUID | None) -> SheetStep | None:
    """The step that this very command made before, if it did."""
    return SheetStep.objects.filter(sheet=sheet, kind=kind, attempt_id=attempt_id).first() if attempt_id else None


def _refuse_unless(sheet: Sheet, fits: bool) -> None:  # reads as a sentence
    if not fits:
        raise SheetMovedOn(number=number_of(sheet.serial), state=str(StepKind(sheet.state).label))


def _take_serials(emergency_id: uuid.UUID, count: int) -> int:
    """The last of ``count`` serial numbers that nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO census_sheetserial AS serial (emergency_id, last) VALUES (%s, %s)"
            " ON CONFLICT (emergency_id) DO UPDATE SET last = serial.last + excluded.last RETURNING last",
            [emergency_id, count],
        )
        (last,) = cursor.fetchone()
    return int(last)


def _write_printed(actor: Actor, batch: SheetBatch, doors: Sequence[Door | None]) -> None:
    """The sheets of a batch and their first steps, in two statements."""
    sheets = [
        {
            "id": uuid7(),
            "path": door.path if door else batch.path,
            "emergency_id": batch.emergency_id,
            "campaign_id": batch.campaign_id,
            "batch_id": batch.pk,
            "kind": batch.kind,
            "serial": serial,
            "printed_for_id": door.pk if door else None,
            "door_id": door.pk if door else None,
            "state": StepKind.PRINTED.value,
            "since": batch.happened_at,
            "due_at": None,
            "holder_id": actor.person_id,
        }
        for serial, door in enumerate(doors, start=batch.first)
    ]
    bulk.insert(Sheet, sheets)
    bulk.insert(
        SheetStep,
        [
            {
                "id": uuid7(),
                "path": sheet["path"],
                "happened_at": batch.happened_at,
                "happened_precision": batch.happened_precision,
                "recorded_at": batch.recorded_at,
                "by_person_id": actor.person_id,
                "by_device_id": actor.device_id,
                "emergency_id": batch.emergency_id,
                "campaign_id": batch.campaign_id,
                "sheet_id": sheet["id"],
                "kind": StepKind.PRINTED.value,
                "door_id": None,
                "attempt_id": None,
            }
            for sheet in sheets
        ],
    )


def _whose(actor: Actor, campaign: Campaign) -> dict[str, uuid.UUID | None]:
    return {
        "emergency_id": campaign.emergency_id,
        "campaign_id": campaign.pk,
        "by_person_id": actor.person_id,
        "by_device_id": actor.device_id,
    }
