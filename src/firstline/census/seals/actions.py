"""Writing seals: put one on an empty door, look at it again."""

import re
import uuid

from firstline.census.actions import record_attempt
from firstline.census.campaigns import campaign_at
from firstline.census.models import Attempt
from firstline.census.models.seals import Seal
from firstline.census.results import Outcome, Result
from firstline.census.seals import selectors
from firstline.census.seals.errors import DoorNotEmpty, SealNumberInvalid
from firstline.identifiers.width import halve
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, uuid7
from firstline.places.selectors import door_for

LONGEST = 20
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]*")


@action("census.set_seal")
def set_seal(actor: Actor, *, door_id: uuid.UUID, number: str, attempt_id: uuid.UUID | None = None) -> Seal:
    """Record that a numbered seal was put on an empty door: an attempt, which keeps the door vacant as of now.

    The same ``attempt_id`` again changes nothing. Raises NotFound, SealNumberInvalid, SealNumberTaken, DoorNotEmpty,
    and as ``record_attempt``.
    """
    door = door_for(actor, door_id, needs=selectors.SET)
    written = halve(number).strip().upper()
    if not _NUMBER.fullmatch(written) or len(written) > LONGEST:
        raise SealNumberInvalid(most=LONGEST)
    campaign, visit = campaign_at(door.path), attempt_id or uuid7()
    before = Seal.objects.filter(pk=derived(visit, "seal")).first()
    if before is not None:
        ledger.repeated(path=door.path)
        return before
    if selectors.outcome_at(campaign, door) in {Outcome.REGISTERED, Outcome.PARTIAL}:
        raise DoorNotEmpty
    attempt = record_attempt(actor, door_id=door.pk, result=Result.SEAL_SET, attempt_id=visit)
    seal = Seal.about(attempt, by=actor, id=derived(visit, "seal"), door=door, number=written, attempt_id=attempt.pk)
    seal.save(force_insert=True)
    ledger.record(path=door.path, subject=seal, after={"number": written})
    return seal


@action("census.check_seal")
def check_seal(actor: Actor, *, seal_id: uuid.UUID, intact: bool, attempt_id: uuid.UUID | None = None) -> Attempt:
    """Record how a seal was found. Broken, it takes the vacancy back: somebody is to go there tonight.

    Raises NotFound, and as ``record_attempt``.
    """
    seal = selectors.seal_for(actor, seal_id)
    result = Result.SEAL_INTACT if intact else Result.SEAL_BROKEN
    attempt = record_attempt(actor, door_id=seal.door_id, result=result, attempt_id=attempt_id)
    ledger.record(path=seal.path, subject=seal, after={"result": result.value})
    return attempt
