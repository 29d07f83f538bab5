"""One command carried out by itself, in a savepoint, its id claimed first where its fact does not bear it."""

from collections.abc import Callable
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction

from firstline.accounts.models import Device
from firstline.kernel import bulk
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError, Forbidden, NotFound
from firstline.kernel.offline import CommandIdTaken, Done, OutsideGrant, Received, Result, facts_among
from firstline.sync.errors import CommandFailed
from firstline.sync.intake.judging import Judged
from firstline.sync.intake.keeping import claim_of, same_claim
from firstline.sync.models import Receipt

log = structlog.get_logger("firstline.sync")
Run = Callable[[Actor, Received[Any]], Done]


def carried_out(device: Device, one: Judged, take: Run | None = None) -> Result:
    """One command by itself, in a savepoint: what came of it, or why it cannot be. Raises what concerns the server.

    ``take`` carries it out instead, where a person decided that it holds whatever stands.
    """
    command, received, actor = one.command, one.received, one.actor
    assert command is not None and received is not None and actor is not None  # noqa: S101  # judged to be possible
    try:
        with transaction.atomic():
            if command.known is None and (again := _receipt(device, one)) is not None:
                return again
            return (take or command.carry_out)(actor, received)
    except NotFound as problem:
        return problem if command.place_of(received.body) is None else OutsideGrant()
    except FirstlineError as problem:
        raise_ours(problem)
        return OutsideGrant() if type(problem) is Forbidden else problem
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        # A fault of ours must not hold up all that comes behind it: it is kept, and somebody can try it again.
        log.exception("command_failed", kind=command.kind, device=str(device.pk), exc_info=problem)
        return CommandFailed()


def _receipt(device: Device, one: Judged) -> Result | None:
    """Claim the id, before anything is done under it; what it was, where somebody had it first."""
    row = {"id": one.id, "device_id": device.pk, "claim": claim_of(one.text)}
    if bulk.insert(Receipt, [row]):
        if facts_among([one.id]):
            # Of another kind, which bears its id itself: the claim made here goes with the savepoint.
            raise CommandIdTaken
        return None
    claim = Receipt.objects.values_list("claim", flat=True).get(pk=one.id)
    return Done(device.path, repeated=True) if same_claim(bytes(claim), one.text) else CommandIdTaken()


def raise_ours(problem: Exception) -> None:
    """A full disk or a missing key is no fault of a command: nothing is taken, and the device comes again."""
    if isinstance(problem, FirstlineError) and problem.status >= 500:
        raise problem
