"""Commands that are kept: written with their sealed bodies, and found again when they come again."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from firstline.accounts.models import Device
from firstline.kernel import bulk, clock, crypto, ledger, prepared
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError, KeyDestroyed, by_code
from firstline.kernel.ids import derived
from firstline.kernel.keys import organisation_key
from firstline.kernel.offline import CommandIdTaken, EditsMeet, OutsideGrant, facts_among
from firstline.response.selectors import find_emergency
from firstline.sync.errors import CommandUnknown, DeviceRevoked, PredecessorMissing
from firstline.sync.intake.envelopes import Answer, Envelope, Status
from firstline.sync.intake.judging import KEEP, Judged
from firstline.sync.models import (
    OPEN,
    Awaited,
    Kept,
    KeptCommand,
    KeptState,
    KeptStep,
    Receipt,
    StepHow,
    StepReason,
)

# As what a command is kept, by why; whatever else went wrong is refused.
KEPT_FOR: dict[type[FirstlineError], KeptState] = {
    OutsideGrant: KeptState.QUARANTINED,
    CommandUnknown: KeptState.QUARANTINED,
    DeviceRevoked: KeptState.QUARANTINED,
    PredecessorMissing: KeptState.HELD,
    EditsMeet: KeptState.CONFLICT,
}
_LONGEST_KIND = 80


class Seen(NamedTuple):
    """A command that came before: its claim; where it stands if it was kept (None: it was carried out)."""

    claim: bytes
    state: str | None
    code: str | None


class Keeping(NamedTuple):
    """A command about to be kept, as what, and why."""

    judged: Judged
    state: KeptState
    problem: FirstlineError
    said: str


def claim_of(text: str) -> bytes:
    """A keyed hash of what a command says, and the id of the key: a plain hash of a short note can be guessed."""
    key_id = organisation_key()
    return key_id.bytes + crypto.token("command", text, key_id=key_id)


def same_claim(claim: bytes, text: str) -> bool:
    """Whether a command says what the one of this claim said. Where the key is gone, nobody can tell otherwise."""
    try:
        return claim[16:] == crypto.token("command", text, key_id=uuid.UUID(bytes=claim[:16]))
    except KeyDestroyed:
        return True


def seen(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Seen]:
    """Commands that were carried out under a receipt, or kept; one statement, in the device's own scope."""
    with prepared.cursor() as cursor:
        cursor.execute(_SEEN, {"ids": bulk.array(ids)})
        # A kept command that was carried out since has a receipt too; where it stands says the same.
        return {row[0]: Seen(bytes(row[1]), row[2], row[3]) for row in cursor.fetchall()}


def answer(command_id: uuid.UUID, known: Seen) -> Answer:
    """What a device is told of a command that it sends again."""
    if known.state is None or known.state == KeptState.CARRIED_OUT:
        return Answer(command_id, "duplicate")
    if known.state == KeptState.SET_ASIDE:
        return Answer(command_id, "refused", "set_aside", _words("set_aside"))
    code = known.code or ""
    return Answer(command_id, as_status(KeptState(known.state)), code, _words(code))


def as_status(state: KeptState) -> Status:
    """What a device is told of a command that is kept so; only what is open is told by its own name."""
    return cast("Status", state.value)


def in_force(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that are facts, whatever kind of command they came by; in the running scope."""
    return facts_among(ids).keys() | set(Receipt.objects.filter(pk__in=ids).values_list("pk", flat=True))


@action(KEEP)
def keep(actor: Actor, *, device: Device, commands: Sequence[Keeping]) -> None:
    """Keep commands that could not be carried out, sealed; what is kept already stays as it is. One entry for all."""
    rows = [_row(actor, device, one) for one in commands]
    ledger.record(path=device.path, subject=device, after=_counted(commands))
    bulk.insert(Kept, rows)
    bulk.insert(Awaited, [row for one in commands if one.state == KeptState.HELD for row in _awaited(device, one)])


def awaiting(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Kept commands that name one of these as their predecessor, each with its device."""
    if not ids:
        return {}
    with prepared.cursor() as cursor:
        cursor.execute(_AWAITING, [bulk.array(ids)])
        return dict(cursor.fetchall())


@action(KEEP)
def turn(actor: Actor, *, kept: Kept, how: StepHow, state: KeptState, code: str) -> None:
    """What became by itself of a kept command; the caller holds its row."""
    ledger.record(path=kept.path, subject=kept, before={"kept": kept.state}, after={"kept": state.value, "code": code})
    write_step(kept, how=how, state=state, code=code, by=actor.person_id)


def write_step(
    kept: Kept,
    *,
    how: StepHow,
    state: KeptState,
    by: uuid.UUID,
    code: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> KeptStep:
    """A step and where it leaves the command, inside the action that is its cause."""
    step = KeptStep(kept=kept, path=kept.path, how=how, state=state, code=code, at=at or clock.now(), by_person_id=by)
    step.seal(StepReason(reason), crypto.key_of(kept.sealed))
    step.save(force_insert=True)
    kept.state, kept.code, kept.since = state, code, step.at
    kept.save(update_fields=["state", "code", "since"])
    return step


def _row(actor: Actor, device: Device, one: Keeping) -> dict[str, object]:
    judged, envelope = one.judged, one.judged.envelope
    claim = claim_of(judged.text)
    pk = derived(judged.id, "other", claim[16:].hex()) if isinstance(one.problem, CommandIdTaken) else judged.id
    path = _path(actor, device, judged)
    contents = KeptCommand(
        raw=bytes(envelope.body) if isinstance(envelope, Envelope) else envelope.raw,
        recorded_at=envelope.recorded_at if isinstance(envelope, Envelope) else 0,
        offset=envelope.offset if isinstance(envelope, Envelope) else None,
        after=[str(need) for need in sorted(judged.needs)],
        said=one.said,
        fields={name: dict(met) for name, met in one.problem.fields.items()}
        if isinstance(one.problem, EditsMeet)
        else {},
    )
    return {
        "id": pk,
        "path": path,
        "device_id": device.pk,
        "person_id": device.person_id,
        "kind": envelope.kind.replace("\0", "")[:_LONGEST_KIND] if isinstance(envelope, Envelope) else "",
        "version": envelope.version if isinstance(envelope, Envelope) else 0,
        "seq": envelope.seq if isinstance(envelope, Envelope) else 0,
        "status": one.state.value,
        "first_code": one.problem.code,
        "made_at": judged.moment.happened_at,
        "claim": claim,
        "state": one.state.value,
        "code": one.problem.code,
        "since": clock.now(),
        "sealed": Kept.envelope(pk, contents, _key_at(path)),
    }


def _path(actor: Actor, device: Device, judged: Judged) -> str:
    """Where it was done, if that is known and one of the device's places; else the place it was given last."""
    if judged.command is not None and judged.received is not None:
        found = judged.command.place_of(judged.received.body)
        if found is not None and actor.may(KEEP, found):
            return found
    return device.path


def _key_at(path: str) -> uuid.UUID:
    emergency = find_emergency(path)
    return emergency.key_id if emergency is not None else organisation_key()


def _awaited(device: Device, one: Keeping) -> Iterable[dict[str, object]]:
    for need in one.judged.needs:
        yield {"kept_id": one.judged.id, "device_id": device.pk, "predecessor_id": need}


def _counted(commands: Sequence[Keeping]) -> dict[str, object]:
    return {state.value: count for state in OPEN if (count := sum(one.state == state for one in commands))}


def _words(code: str) -> str:
    message = str(by_code(code).message)
    return "" if "%(" in message else message


_AWAITING = f"SELECT kept_id, device_id FROM {Awaited._meta.db_table} WHERE predecessor_id = ANY(%s::uuid[])"  # noqa: S608
_SEEN = (
    f"SELECT id, claim, NULL AS state, NULL AS code FROM {Receipt._meta.db_table} WHERE id = ANY(%(ids)s::uuid[])"  # noqa: S608
    f" UNION ALL SELECT id, claim, state, code FROM {Kept._meta.db_table} WHERE id = ANY(%(ids)s::uuid[])"
)
