"""A batch of commands carried out: many at once where that goes, else one by one; what cannot be is kept.

All of it is one transaction in the device's own scope, so an answer means: durable. The fast way is for commands that
wait for nothing and whose app takes many at once; when it fails, all of it is undone, and begun again with each of them
by itself, in a savepoint.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError

from firstline.accounts.models import Device
from firstline.kernel import clock, scope
from firstline.kernel.errors import FirstlineError
from firstline.kernel.offline import CommandIdTaken, Result, Says, facts_among
from firstline.sync.errors import PredecessorMissing
from firstline.sync.intake import keeping, releasing
from firstline.sync.intake.carrying import carried_out, raise_ours
from firstline.sync.intake.envelopes import Answer, Broken, Envelope
from firstline.sync.intake.judging import Judge, Judged, reception
from firstline.sync.intake.keeping import KEPT_FOR, Seen, as_status, same_claim
from firstline.sync.models import KeptState

log = structlog.get_logger("firstline.sync")
Heard = Callable[[Sequence[Answer]], None]


def take(device: Device, commands: Sequence[Envelope | Broken], heard: Heard | None = None) -> list[Answer]:
    """Carry out or keep every command; one answer each, in order. Raises what concerns the server as a whole.

    ``heard`` notes, in the same transaction, what the device says of itself, once the answers are known.
    """
    try:
        taking, answers = _taken(device, commands, heard, at_once=True)
    except _NotAtOnceError:
        taking, answers = _taken(device, commands, heard, at_once=False)
    # Only now do others see it: whichever of two that wait for each other commits last finds the other one here.
    releasing.release(taking.in_force, taking.held)
    return answers


def _taken(
    device: Device, commands: Sequence[Envelope | Broken], heard: Heard | None, *, at_once: bool
) -> tuple["_Taking", list[Answer]]:
    with scope.enter(reception(device)):
        taking = _Taking(device, at_once=at_once)
        answers = taking.all(commands)
        if heard is not None:
            heard(answers)
    return taking, answers


class _NotAtOnceError(Exception):
    """Many at once could not be carried out: nothing of the batch stands, and each is to be tried by itself."""


class _Taking:
    """One batch on its way."""

    def __init__(self, device: Device, *, at_once: bool) -> None:
        self.device, self.now, self.at_once = device, clock.now(), at_once
        self.in_force: set[uuid.UUID] = set()
        self.held: set[uuid.UUID] = set()
        self._done: dict[uuid.UUID, Says] = {}
        self._answers: dict[int, Answer] = {}
        self._kept: list[keeping.Keeping] = []

    def all(self, commands: Sequence[Envelope | Broken]) -> list[Answer]:
        judged = Judge(self.device, self.now).judge(commands)
        self._leave_known(judged)
        self._refuse(judged)
        for group in self._fast(judged).values() if self.at_once else ():
            self._many(group)
        self._rest([one for one in judged if one.index not in self._answers])
        self._spare_facts()
        if self._kept:
            keeping.keep(reception(self.device), device=self.device, commands=self._kept)
        return [self._answers[index] for index in range(len(judged))]

    def _leave_known(self, judged: Sequence[Judged]) -> None:
        """What came before is answered as it stands now."""
        seen = keeping.seen([one.id for one in judged])
        for one in judged if seen else ():
            if (known := seen.get(one.id)) is not None:
                self._answer_known(one, known)

    def _answer_known(self, one: Judged, known: Seen) -> None:
        if not same_claim(known.claim, one.text):
            self._keep(one, CommandIdTaken())
            return
        answer = keeping.answer(one.id, known)
        if answer.status == "duplicate":
            self._repeated(one)
        else:
            self._answers[one.index] = answer

    def _spare_facts(self) -> None:
        """What is a fact stays one, whatever was granted since: the same again is a duplicate, and other words are kept
        beside it, under an id of their own. Nor are two different commands of this batch kept under one id."""
        kept, self._kept = self._kept, []
        if not kept:
            return
        facts = self._done | facts_among([one.judged.id for one in kept])
        first: dict[uuid.UUID, str] = {}
        for one in kept:
            judged, says = one.judged, facts.get(one.judged.id)
            if isinstance(one.problem, CommandIdTaken):
                self._kept.append(one)
            elif says is not None and says(judged.text):
                self._repeated(judged)
            elif says is not None or first.setdefault(judged.id, judged.text) != judged.text:
                self._keep(judged, CommandIdTaken())
            else:
                self._kept.append(one)

    def _repeated(self, one: Judged) -> None:
        self._answers[one.index] = Answer(one.id, "duplicate")
        # The server may have ended before it tried what waits for this.
        self.in_force.add(one.id)

    def _refuse(self, judged: Sequence[Judged]) -> None:
        for one in judged:
            if one.problem is not None and one.index not in self._answers:
                self._keep(one, one.problem)

    def _fast(self, judged: Sequence[Judged]) -> dict[tuple[object, int], list[Judged]]:
        """What can be taken at once: waiting for nothing, the first of its id, by kind and by whom."""
        groups: dict[tuple[object, int], list[Judged]] = defaultdict(list)
        first: set[uuid.UUID] = set()
        for one in judged:
            command = one.command
            if one.index in self._answers or command is None or command.carry_out_many is None or one.needs:
                continue
            if one.id not in first:
                first.add(one.id)
                groups[command.key, id(one.actor)].append(one)
        return groups

    def _many(self, group: Sequence[Judged]) -> None:
        command, actor = group[0].command, group[0].actor
        assert command is not None and actor is not None and command.carry_out_many is not None  # noqa: S101
        try:
            # No savepoint: where this fails, nothing of the batch is kept.
            with scope.as_one():
                results = command.carry_out_many(actor, [one.received for one in group if one.received is not None])
        except (OperationalError, InterfaceError):
            raise
        except (FirstlineError, DatabaseError) as problem:
            raise_ours(problem)
            log.info("one_by_one", kind=command.kind, commands=len(group), problem=type(problem).__name__)
            raise _NotAtOnceError from problem
        for one, result in zip(group, results, strict=True):
            self._settle(one, result)

    def _rest(self, left: list[Judged]) -> None:
        """What waits for others, over and over until nothing more can be done; what still waits then is held."""
        known = self._facts({need for one in left for need in one.needs})
        while left:
            ready = [one for one in left if one.needs <= known | self.in_force]
            if not ready:
                break
            for one in ready:
                self._single(one)
            left = [one for one in left if one.index not in self._answers]
        for one in left:
            self.held.add(one.id)
            self._keep(one, PredecessorMissing())

    def _facts(self, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
        return keeping.in_force(ids) if ids else set()

    def _single(self, one: Judged) -> None:
        self._settle(one, carried_out(self.device, one))

    def _settle(self, one: Judged, result: Result) -> None:
        if isinstance(result, FirstlineError):
            self._keep(one, result)
            return
        self.in_force.add(one.id)
        self._done[one.id] = one.text.__eq__
        if result.repeated:
            self._answers[one.index] = Answer(one.id, "duplicate")
        elif result.code:
            self._answers[one.index] = Answer(one.id, "flagged", result.code, data=dict(result.data))
        else:
            self._answers[one.index] = Answer(one.id, "accepted", data=dict(result.data))

    def _keep(self, one: Judged, problem: FirstlineError) -> None:
        state = KEPT_FOR.get(type(problem), KeptState.REFUSED)
        said = str(problem)
        self._kept.append(keeping.Keeping(one, state, problem, said))
        self._answers[one.index] = Answer(one.id, as_status(state), problem.code, said)
