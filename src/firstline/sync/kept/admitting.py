"""Admitting what was kept: done by the person and phone it came from, under the grant of whoever admits it."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from firstline.accounts.devices.hats import PERMISSIONS, Hat
from firstline.accounts.devices.selectors import device_with_terms
from firstline.accounts.models import Device
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor, Grant
from firstline.kernel.errors import FirstlineError, KeyDestroyed
from firstline.kernel.offline import Done, Result
from firstline.sync.errors import CommandInvalid, CommandUnknown, DecidedAlready
from firstline.sync.intake.carrying import carried_out
from firstline.sync.intake.judging import Judged
from firstline.sync.intake.releasing import judged_again, release
from firstline.sync.kept.actions import settle
from firstline.sync.kept.selectors import DECIDE, locked
from firstline.sync.models import Kept, StepHow


@dataclass(frozen=True, slots=True)
class Admitted:
    """What came of commands that a person admitted: how many are facts now, and why the others are not."""

    done: int
    problems: list[FirstlineError]


def admit(actor: Actor, *, kept_ids: Collection[uuid.UUID], take: bool = False) -> Admitted:
    """Carry out what was kept, by the person and phone it came from, under the grant of whoever admits it.

    What cannot be carried out stays, with its reason. ``take`` is for edits that met: the phone's words hold. One
    transaction, outside of any scope, since two people act in it. Raises Forbidden, DecidedAlready.
    """
    actor.require(DECIDE)
    with transaction.atomic():
        with scope.enter(actor):
            if not (found := locked(actor, kept_ids)):
                raise DecidedAlready
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
            settle(actor, found=found, results=results, how=StepHow.TAKEN_MINE if take else StepHow.ADMITTED)
        accepted = {key for key, result in results.items() if isinstance(result, Done)}
    release(accepted, ())
    return Admitted(len(accepted), [one for one in results.values() if isinstance(one, FirstlineError)])


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
