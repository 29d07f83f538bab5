"""Writing calls: the number and who has it, calls taken and missed, called back, written down at a door, taken back."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from firstline.census.actions import VOID_OTHERS, record_attempt
from firstline.census.callbacks.errors import (
    CallEnded,
    CallNumberUnreadable,
    CallStepNotYours,
    CallStepTakenBack,
    HolderUnknown,
)
from firstline.census.callbacks.selectors import Call, call_for, calls_of, may_hold, step_for
from firstline.census.callbacks.standing import Standing
from firstline.census.callbacks.telephones import read_phone, tokens_of
from firstline.census.callbacks.voiding import void_step
from firstline.census.campaigns import campaign_at
from firstline.census.errors import HappenedInFuture, NoteTooLong
from firstline.census.giving import CLOCK_SLACK
from firstline.census.models import (
    Attempt,
    Callback,
    CallbackStep,
    CallbackStepVoid,
    CallContents,
    CallStepKind,
    CommunityNumber,
    NumberHolder,
)
from firstline.census.paper.keeping import answer_notices
from firstline.census.paper.selectors import notices_at
from firstline.census.results import Channel
from firstline.kernel import clock, crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree
from firstline.places.selectors import community_at
from firstline.registry.person_line import PersonSaid
from firstline.registry.tokens import TokenKind
from firstline.response.selectors import emergency_at

_LONGEST_NOTE = 2_000


@action("census.set_number")
def set_number(actor: Actor, *, path: str, number: str) -> CommunityNumber:
    """Say which number stands on the community's notices. It may be somebody's own: it will be public.

    Raises NotFound, CallNumberUnreadable.
    """
    place = community_at(actor, path, needs="census.set_number")
    if not (digits := read_phone(number)):
        raise CallNumberUnreadable(number=number.strip()[:40])
    fact = CommunityNumber(path=place.path, number=_written(number, digits), **_who(actor))
    ledger.record(path=place.path, subject=fact, after={"number": fact.number})
    fact.save(force_insert=True)
    return fact


@action("census.hand_over_number")
def hand_over(actor: Actor, *, path: str, person_id: uuid.UUID) -> NumberHolder:
    """From now on somebody else has the community's phone. Whoever hands it back does the same.

    Raises NotFound, HolderUnknown.
    """
    place = community_at(actor, path, needs="census.hand_over_number")
    if person_id not in may_hold(place.path):
        raise HolderUnknown
    fact = NumberHolder(path=place.path, person_id=person_id, **_who(actor))
    ledger.record(path=place.path, subject=fact, after={"holder": str(person_id)})
    fact.save(force_insert=True)
    return fact


@action("census.log_call")
def log_call(
    actor: Actor,
    *,
    path: str,
    number: str = "",
    taken: bool,
    note: str = "",
    happened_at: datetime | None = None,
    callback_id: uuid.UUID | None = None,
) -> Callback:
    """A call came to the community's number. No door is changed by it. An empty ``number`` was hidden.

    When it was taken, earlier missed calls of the same number need not be returned any more. The same ``callback_id``
    again changes nothing. Raises NotFound, CallNumberUnreadable, NoteTooLong, HappenedInFuture, EmergencyMissing.
    """
    place = community_at(actor, path, needs="census.log_call")
    emergency, campaign, now = emergency_at(place.path), campaign_at(place.path), clock.now()
    digits = read_phone(number)
    if number.strip() and not digits:
        raise CallNumberUnreadable(number=number.strip()[:40])
    if len(note) > _LONGEST_NOTE:
        raise NoteTooLong(length=len(note), most=_LONGEST_NOTE)
    if happened_at and happened_at > now + CLOCK_SLACK:
        raise HappenedInFuture(happened_at=f"{happened_at:%Y-%m-%d %H:%M}")
    if callback_id and (known := Callback.objects.filter(pk=callback_id).first()):
        ledger.repeated(path=place.path)
        return known
    call = Callback(
        id=callback_id or uuid7(),
        path=place.path,
        emergency_id=emergency.pk,
        campaign_id=campaign.pk,
        taken=taken,
        happened_at=happened_at or now,
        number_token=crypto.token(TokenKind.PHONE, digits, key_id=emergency.key_id) if digits else b"",
        **_who(actor),
    )
    call.seal(CallContents(digits, note), emergency.key_id)
    earlier = calls_of(tokens_of(digits, place.path), subtree(place.path)) if taken and digits else []
    ledger.record(path=place.path, subject=call, after={"taken": taken})
    call.save(force_insert=True)
    for one in earlier:
        if one.standing == Standing.TO_CALL_BACK and one.callback.happened_at <= call.happened_at:
            _step(actor, one.callback, CallStepKind.CALLED_AGAIN)
    return call


@action("census.call_back")
def call_back(actor: Actor, *, callback_id: uuid.UUID, reached: bool) -> CallbackStep:
    """Somebody called a missed number back. When nobody answered, it stays to be done, and no door is changed.

    Raises NotFound, CallEnded.
    """
    call = _open_call(actor, callback_id, "census.call_back")
    step = _step(actor, call.callback, CallStepKind.REACHED if reached else CallStepKind.NOT_REACHED)
    ledger.record(path=step.path, subject=call.callback, after={"step": step.kind})
    return step


@action("census.complete_call")
def complete(
    actor: Actor,
    *,
    callback_id: uuid.UUID,
    door_id: uuid.UUID,
    result: str,
    people: Sequence[PersonSaid] = (),
    note: str = "",
    again_at: datetime | None = None,
    attempt_id: uuid.UUID | None = None,
) -> Attempt:
    """What was said in a call is written down at its door; the notices there are answered.

    The same ``attempt_id`` again changes nothing. Raises NotFound, CallEnded, and what ``record_attempt`` raises.
    """
    call = call_for(actor, callback_id, needs="census.complete_call")
    repeated = attempt_id is not None and any(step.attempt_id == attempt_id for step in call.steps)
    if not repeated:
        call = _open_call(actor, callback_id, "census.complete_call")
    attempt = record_attempt(
        actor,
        door_id=door_id,
        result=result,
        channel=Channel.CALLBACK,
        people=people,
        note=note,
        again_at=again_at,
        attempt_id=attempt_id,
        source_id=call.callback.pk,
    )
    if not repeated:
        _step(actor, call.callback, CallStepKind.COMPLETED, attempt)
        answer_notices(actor, notices_at(attempt.door_id, attempt.campaign_id), attempt)
    ledger.record(path=call.callback.path, subject=call.callback, after={"step": "completed", "result": result})
    return attempt


@action("census.close_call")
def close(actor: Actor, *, callback_id: uuid.UUID, mistake: bool = False) -> CallbackStep:
    """Nothing more is to be done about a call: it was about something else, or it was logged by mistake.

    Raises NotFound, CallEnded.
    """
    call = _open_call(actor, callback_id, "census.close_call")
    step = _step(actor, call.callback, CallStepKind.MISTAKE if mistake else CallStepKind.CLOSED)
    ledger.record(path=step.path, subject=call.callback, after={"step": step.kind})
    return step


@action("census.take_back_call_step")
def take_back(actor: Actor, *, step_id: uuid.UUID) -> CallbackStepVoid:
    """Take back what was done about a call; it stands as before. What was written at a door is taken back there.

    Raises NotFound, CallStepNotYours, CallStepTakenBack.
    """
    step = step_for(actor, step_id, needs="census.take_back_call_step")
    if step.by_person_id != actor.person_id and not actor.may(VOID_OTHERS, step.path):
        raise CallStepNotYours
    if hasattr(step, "void") or step.attempt_id:
        raise CallStepTakenBack
    ledger.record(path=step.path, subject=step.callback, before={"step": step.kind})
    return void_step(actor, step)


def _open_call(actor: Actor, callback_id: uuid.UUID, needs: str) -> Call:
    """A call about which something is left to do, for the running action alone."""
    # Calls and their steps are only ever inserted, so there is no row to lock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"census call {callback_id}"])
    call = call_for(actor, callback_id, needs=needs)
    if call.standing == Standing.DONE:
        raise CallEnded
    return call


def _step(actor: Actor, call: Callback, kind: CallStepKind, attempt: Attempt | None = None) -> CallbackStep:
    step = CallbackStep.about(call, by=actor, callback=call, kind=kind)
    if attempt:
        step.door_id, step.attempt_id = attempt.door_id, attempt.pk
    step.save(force_insert=True)
    return step


def _written(number: str, digits: str) -> str:
    """The number as it was written, when that is digits with spaces or hyphens between; else its digits."""
    words = number.strip()
    return words if set(words) <= set("0123456789 -") else digits


def _who(actor: Actor) -> dict[str, uuid.UUID | None]:
    return {"by_person_id": actor.person_id, "by_device_id": actor.device_id}
