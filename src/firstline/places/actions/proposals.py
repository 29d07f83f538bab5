"""Doors that lists name in passing: kept as proposals with their evidence, believed by rule, or by somebody.

Nothing of whom the rows speak of comes here: a compound, a door, how many rows of which file.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from firstline.identifiers.door_label import Door as DoorRead
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import (
    Compound,
    Door,
    DoorEvidence,
    EvidenceSource,
    Frame,
    ProposalDecision,
    ProposalVerdict,
    ProposedDoor,
)
from firstline.places.pattern import Pattern, Support
from firstline.places.proposals import OpenProposal, doors_read, open_proposals
from firstline.places.selectors import compound_for


@dataclass(frozen=True, slots=True)
class DoorNamed:
    """A door that so many rows of a file name."""

    door: DoorRead
    rows: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What the rule made of a compound's proposals; ``holes`` are doors that nobody names but the pattern lacks."""

    accepted: int
    waiting: int
    holes: int


@action("places.propose_doors")
def propose_doors(
    actor: Actor, *, compound_id: uuid.UUID, source: EvidenceSource, source_id: uuid.UUID, named: Sequence[DoorNamed]
) -> int:
    """Keep the doors that a file names and nobody has on record; the number of those that are new with it.

    The same file again adds nothing. Doors that stand, or stood, need no proposal. Raises NotFound.
    """
    compound = compound_for(actor, compound_id, needs="places.propose_doors")
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    ids = {Door.id_for(compound.pk, one.door.label): one for one in named}
    standing = set(Door.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))
    wanted = {pk: one for pk, one in ids.items() if pk not in standing}
    known = set(ProposedDoor.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True))
    ProposedDoor.objects.bulk_create(_proposal(compound, pk, one) for pk, one in wanted.items() if pk not in known)
    said = set(
        DoorEvidence.objects.filter(source_id=source_id, proposal__in=list(wanted)).values_list("proposal", flat=True)
    )
    DoorEvidence.objects.bulk_create(
        DoorEvidence(
            path=compound.place.path,
            proposal_id=pk,
            source=source,
            source_id=source_id,
            rows=one.rows,
            by_person_id=actor.person_id,
            by_device_id=actor.device_id,
        )
        for pk, one in wanted.items()
        if pk not in said
    )
    after = {"source": source, "doors": len(ids), "known": len(standing), "new": len(wanted) - len(known)}
    ledger.record(path=compound.place.path, subject=compound, after=after)
    return len(wanted) - len(known)


@action("places.settle_proposals")
def settle_proposals(actor: Actor, *, compound_id: uuid.UUID) -> Settled:
    """Accept the proposals that two sources or the building's pattern speak for; propose what the pattern lacks.

    The others wait for a human. Raises NotFound.
    """
    compound = compound_for(actor, compound_id, needs="places.settle_proposals")
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    waiting = open_proposals(compound)
    believed = [one for one in waiting if one.support not in {Support.ALONE, Support.HOLE}]
    _accept(actor, compound, believed)
    holes = _propose_holes(actor, compound)
    done = Settled(len(believed), len(waiting) - len(believed), holes)
    after = {"accepted": done.accepted, "waiting": done.waiting, "holes": done.holes}
    ledger.record(path=compound.place.path, subject=compound, after=after)
    return done


@action("places.accept_proposals")
def accept_proposals(actor: Actor, *, compound_id: uuid.UUID, door_ids: Collection[uuid.UUID]) -> int:
    """Put proposed doors on record, because somebody says so; the number of those still open. Raises NotFound."""
    compound, chosen = _chosen(actor, compound_id, door_ids, "places.accept_proposals")
    _accept(actor, compound, chosen)
    ledger.record(path=compound.place.path, subject=compound, after={"accepted": len(chosen), "doors": _labels(chosen)})
    return len(chosen)


@action("places.refuse_proposals")
def refuse_proposals(actor: Actor, *, compound_id: uuid.UUID, door_ids: Collection[uuid.UUID]) -> int:
    """Say that there are no such doors; they are not proposed again, their evidence stays. Raises NotFound."""
    compound, chosen = _chosen(actor, compound_id, door_ids, "places.refuse_proposals")
    _decide(actor, chosen, ProposalVerdict.REFUSED)
    ledger.record(path=compound.place.path, subject=compound, after={"refused": len(chosen), "doors": _labels(chosen)})
    return len(chosen)


def _chosen(
    actor: Actor, compound_id: uuid.UUID, door_ids: Collection[uuid.UUID], needs: str
) -> tuple[Compound, list[OpenProposal]]:
    compound = compound_for(actor, compound_id, needs=needs)
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    wanted = set(door_ids)
    return compound, [one for one in open_proposals(compound) if one.id in wanted]


def _accept(actor: Actor, compound: Compound, chosen: Sequence[OpenProposal]) -> None:
    if not chosen:
        return
    ensure_doors(compound, [DoorProposal.of(one.door) for one in chosen], how=Frame.LISTED, by=actor, source_id=uuid7())
    _decide(actor, chosen, ProposalVerdict.ACCEPTED)


def _decide(actor: Actor, chosen: Sequence[OpenProposal], verdict: ProposalVerdict) -> None:
    ProposalDecision.objects.bulk_create(
        ProposalDecision(
            path=one.path,
            proposal_id=one.id,
            verdict=verdict,
            support=one.support,
            by_person_id=actor.person_id,
            by_device_id=actor.device_id,
        )
        for one in chosen
    )


def _propose_holes(actor: Actor, compound: Compound) -> int:
    """Doors that nobody names, where all around them are named: proposed with no row behind them."""
    standing, waiting = doors_read(compound), open_proposals(compound)
    holes = list(Pattern([*standing, *(one.door for one in waiting if not one.is_hearsay)]).holes())
    ids = {Door.id_for(compound.pk, door.label): DoorNamed(door, 0) for door in holes}
    # What was refused once is not proposed again, and what ended is no hole.
    taken = set(ProposedDoor.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))
    taken |= set(Door.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))
    new = {pk: one for pk, one in ids.items() if pk not in taken}
    ProposedDoor.objects.bulk_create(_proposal(compound, pk, one) for pk, one in new.items())
    source_id = uuid7()
    DoorEvidence.objects.bulk_create(
        DoorEvidence(
            path=compound.place.path,
            proposal_id=pk,
            source=EvidenceSource.PATTERN,
            source_id=source_id,
            rows=0,
            by_person_id=actor.person_id,
            by_device_id=actor.device_id,
        )
        for pk in new
    )
    return len(new)


def _proposal(compound: Compound, pk: uuid.UUID, one: DoorNamed) -> ProposedDoor:
    door = one.door
    return ProposedDoor(
        id=pk,
        compound=compound,
        path=compound.place.path,
        building=door.building,
        unit=door.unit,
        room=door.address or door.room,
        label=door.label,
    )


def _labels(chosen: Sequence[OpenProposal]) -> list[str]:
    return [one.label for one in chosen]
