"""What was held is tried when what it waited for has come: at once, and each night whatever was overlooked."""

import uuid
from collections.abc import Collection, Mapping

import msgspec

from firstline.accounts.devices.selectors import device_with_terms
from firstline.accounts.models import Device
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError, KeyDestroyed
from firstline.kernel.offline import OutsideGrant
from firstline.sync.intake import keeping
from firstline.sync.intake.carrying import carried_out
from firstline.sync.intake.envelopes import Envelope
from firstline.sync.intake.judging import Judge, Judged, reception
from firstline.sync.intake.keeping import KEPT_FOR
from firstline.sync.models import Awaited, Kept, KeptCommand, KeptState, StepHow


def release(accepted: Collection[uuid.UUID], held: Collection[uuid.UUID]) -> None:
    """Try what was held for one of the accepted, and what was held just now, whose predecessor may have come since.

    Outside of any transaction, so that what it finds others find too.
    """
    waiting = keeping.awaiting(accepted)
    if held:
        waiting |= dict(Awaited.objects.filter(kept_id__in=held).values_list("kept_id", "device_id"))
    try_held(waiting)


def try_held(waiting: Mapping[uuid.UUID, uuid.UUID]) -> int:
    """Try held commands (id -> device), and what waits for those in turn; how many are no longer held."""
    left, moved = dict(waiting), 0
    while left:
        kept_id, device_id = left.popitem()
        device = device_with_terms(device_id)
        if device is not None and (state := _tried(device, kept_id)) is not None:
            moved += 1
            if state == KeptState.CARRIED_OUT:
                left |= keeping.awaiting([kept_id])
    return moved


def judged_again(device: Device, kept: Kept, contents: KeptCommand) -> Judged:
    """A kept command as it was handed in, judged anew by the grants of its time."""
    envelope = Envelope(
        id=kept.pk,
        kind=kept.kind,
        version=kept.version,
        seq=kept.seq,
        recorded_at=contents.recorded_at,
        body=msgspec.Raw(contents.raw),
        offset=contents.offset,
        after=tuple(uuid.UUID(need) for need in contents.after),
    )
    (judged,) = Judge(device, kept.received_at).judge([envelope])
    return judged


def _tried(device: Device, kept_id: uuid.UUID) -> KeptState | None:
    # Also where the device was never given anything: what it waits for may have been admitted there.
    with scope.enter(console()):
        needs = set(Awaited.objects.filter(kept_id=kept_id).values_list("predecessor_id", flat=True))
        if not needs <= keeping.in_force(needs):
            return None
    with scope.enter(reception(device)):
        found = Kept.objects.select_for_update(of=("self",)).filter(pk=kept_id, state=KeptState.HELD).first()
        if found is None:
            return None
        try:
            judged = judged_again(device, found, found.open())
        except KeyDestroyed:
            return None
        within = judged.needs <= keeping.in_force(judged.needs)
        result = judged.problem or (carried_out(device, judged) if within else OutsideGrant())
        how, state, code = StepHow.CARRIED_OUT, KeptState.CARRIED_OUT, ""
        if isinstance(result, FirstlineError):
            how, state, code = StepHow.TURNED, KEPT_FOR.get(type(result), KeptState.REFUSED), result.code
        keeping.turn(reception(device), kept=found, how=how, state=state, code=code)
        return state
