"""Deciding about kept commands: setting them aside, opening them again, admitting them under one's own grant."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.offline import Done, Result
from firstline.sync.errors import DecidedAlready, ReasonMissing
from firstline.sync.intake import keeping
from firstline.sync.intake.keeping import KEPT_FOR
from firstline.sync.kept.selectors import DECIDE, locked, set_aside_at
from firstline.sync.models import Kept, KeptState, StepHow

_LONGEST_REASON = 200


@action(DECIDE)
def set_aside(actor: Actor, *, kept_ids: Collection[uuid.UUID], reason: str) -> datetime:
    """None of these commands is to be carried out; they stay on record. When, which is what opens them again.

    Raises NotFound, DecidedAlready, ReasonMissing.
    """
    said = reason.strip()[:_LONGEST_REASON]
    if not said:
        raise ReasonMissing
    return _close(actor, kept_ids, StepHow.SET_ASIDE, said)


@action(DECIDE)
def leave_theirs(actor: Actor, *, kept_ids: Collection[uuid.UUID]) -> datetime:
    """Of edits that met, what stands is left as it is. Raises NotFound, DecidedAlready."""
    return _close(actor, kept_ids, StepHow.TAKEN_THEIRS, "")


@action(DECIDE)
def reopen(actor: Actor, *, device_id: uuid.UUID, at: datetime) -> int:
    """Take back that commands of a phone were set aside at that moment; how many wait again. Raises NotFound."""
    found = set_aside_at(actor, device_id=device_id, at=at)
    if not found:
        raise NotFound
    for one in found:
        steps = list(one.steps.order_by("-at", "-id").values_list("state", "code"))
        state, code = steps[1] if len(steps) > 1 else (one.status, one.first_code)
        keeping.write_step(one, how=StepHow.REOPENED, state=KeptState(state), code=code, by=actor.person_id)
    _on_record(actor, found, {"how": StepHow.REOPENED.value, "commands": len(found)})
    return len(found)


@action(DECIDE)
def settle(actor: Actor, *, found: Sequence[Kept], results: dict[uuid.UUID, Result], how: StepHow) -> None:
    """What became of commands that a person admitted; the caller holds them and carried them out."""
    done = 0
    for one in found:
        result = results[one.pk]
        if isinstance(result, Done):
            done += 1
            keeping.write_step(one, how=how, state=KeptState.CARRIED_OUT, by=actor.person_id)
        elif result.code != one.code:
            state = KEPT_FOR.get(type(result), KeptState.REFUSED)
            keeping.write_step(one, how=StepHow.TURNED, state=state, code=result.code, by=actor.person_id)
    _on_record(actor, found, {"how": how.value, "commands": len(found), KeptState.CARRIED_OUT.value: done})


def _close(actor: Actor, kept_ids: Collection[uuid.UUID], how: StepHow, reason: str) -> datetime:
    found, at = _open_ones(actor, kept_ids), clock.now()
    for one in found:
        keeping.write_step(
            one, how=how, state=KeptState.SET_ASIDE, code="set_aside", reason=reason, by=actor.person_id, at=at
        )
    _on_record(actor, found, {"how": how.value, "commands": len(found)})
    return at


def _open_ones(actor: Actor, kept_ids: Collection[uuid.UUID]) -> list[Kept]:
    if not kept_ids:
        raise NotFound
    found = locked(actor, kept_ids)
    if not found:
        raise DecidedAlready
    return found


def _on_record(actor: Actor, found: Sequence[Kept], after: dict[str, object]) -> None:
    """One entry a phone and place: three hundred commands of a lost one are one decision."""
    first: dict[tuple[uuid.UUID, str], Kept] = {}
    for one in found:
        first.setdefault((one.device_id, one.path), one)
    for one in first.values():
        ledger.record(path=one.path, subject=one.device, after=after)
