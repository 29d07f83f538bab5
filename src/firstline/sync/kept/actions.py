"""Deciding about kept commands: setting them aside, opening them again, admitting them under one's own grant."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from firstline.accounts.devices.hats import PERMISSIONS, Hat
from firstline.accounts.devices.selectors import device_with_terms
from firstline.accounts.models import Device
from firstline.kernel import clock, ledger, scope
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor, Grant
from firstline.kernel.errors import FirstlineError, KeyDestroyed, NotFound
from firstline.kernel.offline import Done, Result
from firstline.sync.errors import CommandInvalid, CommandUnknown, DecidedAlready, ReasonMissing
from firstline.sync.intake import keeping
from firstline.sync.intake.carrying import carried_out
from firstline.sync.intake.judging import Judged
from firstline.sync.intake.keeping import KEPT_FOR
from firstline.sync.intake.releasing import judged_again, release
from firstline.sync.kept.selectors import DECIDE, locked, set_aside_at
from firstline.sync.models import Kept, KeptState, StepHow

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Admitted:
    """What came of commands that a person admitted: how many are facts now, and why the others are not."""

    done: int
    problems: list[FirstlineError]


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


def admit(actor: Actor, *, kept_ids: Collection[uuid.UUID], take: bool = False) -> Admitted:
    """Carry out what was kept, by the person and phone it came from, under the grant of whoever admits it.

    What cannot be carried out stays, with its reason. ``take`` is for edits that met: the phone's words hold. One
    transaction, outside of any scope, since two people act in it. Raises NotFound, DecidedAlready.
    """
    accepted: set[uuid.UUID] = set()
    with transaction.atomic():
        with scope.enter(actor):
            found = _locked(actor, kept_ids)
            opened = [(one, _opened(one)) for one in found]
        results: dict[uuid.UUID, Result] = {}
        by_device: dict[uuid.UUID, list[tuple[Kept, Judged | None]]] = defaultdict(list)
        for one, judged in opened:
            by_device[one.device_id].append((one, judged))
        for device_id, theirs in by_device.items():
            device = device_with_terms(device_id)
            assert device is not None  # noqa: S101  # a foreign key holds it
            with scope.enter(_admitted(actor, device)):
                results |= _carried(actor, device, theirs, take=take)
        with scope.enter(actor):
            _settle(actor, found=found, results=results, how=StepHow.TAKEN_MINE if take else StepHow.ADMITTED)
        accepted = {key for key, result in results.items() if isinstance(result, Done)}
    release(accepted, ())
    return Admitted(len(accepted), [one for one in results.values() if isinstance(one, FirstlineError)])


@action(DECIDE)
def _settle(actor: Actor, *, found: Sequence[Kept], results: dict[uuid.UUID, Result], how: StepHow) -> None:
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
    found, at = _locked(actor, kept_ids), clock.now()
    for one in found:
        keeping.write_step(
            one, how=how, state=KeptState.SET_ASIDE, code="set_aside", reason=reason, by=actor.person_id, at=at
        )
    _on_record(actor, found, {"how": how.value, "commands": len(found)})
    return at


def _locked(actor: Actor, kept_ids: Collection[uuid.UUID]) -> list[Kept]:
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


def _opened(kept: Kept) -> Judged | None:
    device = device_with_terms(kept.device_id)
    try:
        return judged_again(device, kept, kept.open()) if device is not None else None
    except KeyDestroyed:
        return None


def _admitted(actor: Actor, device: Device) -> Actor:
    """The phone's person and the phone, with what its hats may, where the one who admits decides."""
    allowed = frozenset().union(*(PERMISSIONS[hat] for hat in Hat))
    since = min(clock.now(), device.enrolled_at)
    grants = tuple(Grant("admitted", one.lo, allowed, since) for one in actor.ranges(DECIDE))
    return Actor(device.person_id, f"device-{device.pk.hex[-8:]}", grants, device.pk)


def _carried(
    actor: Actor, device: Device, kept: Sequence[tuple[Kept, Judged | None]], *, take: bool
) -> dict[uuid.UUID, Result]:
    admitted, results = _admitted(actor, device), dict[uuid.UUID, Result]()
    for one, judged in kept:
        if judged is None or judged.received is None or judged.command is None:
            results[one.pk] = CommandUnknown() if one.code == CommandUnknown.code else CommandInvalid()
            continue
        judged.actor = admitted
        results[one.pk] = carried_out(device, judged, judged.command.take if take else None)
    return results
