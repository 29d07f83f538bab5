"""Declaring buildings in one line, and taking a declaration back while nothing leans on its doors."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import ProtectedError, QuerySet

from firstline.kernel import changes, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import uuid7
from firstline.places.errors import DoorsInUse, LineChanged, LineNotUnderstood
from firstline.places.frames import Ensured, ensure_doors
from firstline.places.leaving import settle
from firstline.places.models import Compound, Door, Frame, FrameFact, FrameVoid
from firstline.places.plans import plan_of
from firstline.places.selectors import compound_for
from firstline.places.signals import doors_leaving


@dataclass(frozen=True, slots=True)
class Declaration:
    """A building line that was taken: its id (by which it is taken back) and what it added."""

    id: uuid.UUID
    ensured: Ensured


@action("places.declare_buildings")
def declare_buildings(actor: Actor, *, compound_id: uuid.UUID, line: str, token: str | None = None) -> Declaration:
    """Add the doors that a building line speaks of; those known already stay as they are.

    ``token`` is that of the plan somebody looked at (``plans.plan_of``); without it nobody looked. Raises NotFound,
    LineNotUnderstood when any part of the line says no doors, LineChanged when the plan is another by now.
    """
    compound = compound_for(actor, compound_id, needs="places.declare_buildings")
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    plan = plan_of(compound, line)
    if plan.problems:
        raise LineNotUnderstood(part=plan.problems[0].text or plan.line)
    if token is not None and token != plan.token:
        raise LineChanged
    declaration_id = uuid7()
    ensured = ensure_doors(
        compound,
        plan.proposals(),
        how=Frame.DECLARED,
        by=actor,
        source_id=declaration_id,
        plans={house.label: house.plan for house in plan.houses},
    )
    ledger.record(
        path=compound.place.path,
        subject=compound,
        after={
            "line": plan.line,
            "doors": len(ensured.new),
            "known": ensured.known,
            "declaration": str(declaration_id),
        },
    )
    return Declaration(declaration_id, ensured)


@action("places.withdraw_declaration")
def withdraw_declaration(actor: Actor, *, declaration_id: uuid.UUID) -> Compound:
    """Take a building line back with every door it added, while nothing leans on them; the facts stay, voided.

    Raises NotFound, and DoorsInUse when a door was visited, mentioned or listed since, or its building walked.
    """
    first = _standing(declaration_id).first()
    if first is None:
        raise NotFound
    compound = compound_for(actor, first.building.compound_id, needs="places.withdraw_declaration")
    Compound.objects.select_for_update(no_key=True).get(pk=compound.pk)
    # Read again under the lock: of two people taking it back, the second finds nothing any more.
    facts = list(_standing(declaration_id))
    if not facts:
        raise NotFound
    moment, buildings = first.recorded_at, [fact.building_id for fact in facts]
    later = FrameFact.objects.filter(building__in=buildings, recorded_at__gt=moment, void=None)
    if later.exclude(how=Frame.DECLARED).exists():
        raise DoorsInUse
    FrameVoid.objects.bulk_create(
        FrameVoid(frame_fact=fact, path=fact.path, by_person_id=actor.person_id, by_device_id=actor.device_id)
        for fact in facts
    )
    removed = _remove(buildings, moment)
    ledger.record(
        path=compound.place.path, subject=compound, before={"declaration": str(declaration_id), "doors": removed}
    )
    return compound


def _standing(declaration_id: uuid.UUID) -> QuerySet[FrameFact]:
    facts = FrameFact.objects.filter(source_id=declaration_id, how=Frame.DECLARED, void=None)
    return facts.select_related("building").order_by("path")


def _remove(buildings: Sequence[uuid.UUID], moment: datetime) -> int:
    """Delete the doors that a declaration added, and the buildings it leaves without any; the number of doors."""
    # All doors of one declaration carry its moment, and under the compound's lock no other call has the same.
    doors = Door.objects.filter(building__in=buildings, created_at=moment)
    gone = list(doors.values_list("path", "id"))
    doors_leaving.send(Door, door_ids=[door_id for _path, door_id in gone])
    changes.part_with(gone)
    try:
        doors.delete()
        settle(buildings)
    except ProtectedError as problem:
        raise DoorsInUse from problem
    return len(gone)
