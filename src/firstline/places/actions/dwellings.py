"""Dwellings that change: two flats knocked into one, one made two, a home of no compound.

Doors are never deleted or renamed. One that is no dwelling any more ends, keeps its history, and names what stands for
it; each dwelling is counted once.
"""

import uuid
from collections.abc import Collection, Sequence

from django.db.models import F

from firstline.kernel import changes, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.errors import DoorEnded, DoorsNotTogether, NotScattered
from firstline.places.frames import ensure_doors
from firstline.places.models import Building, Compound, Door, DoorSuccession, Frame, PlaceKind, SuccessionHow
from firstline.places.selectors import compound_for, door_for
from firstline.places.signals import doors_ended
from firstline.places.typed_doors import read_dwelling, read_home


@action("places.merge_doors")
def merge_doors(actor: Actor, *, door_ids: Collection[uuid.UUID], into: str) -> Door:
    """Two or more doors of one building have become one dwelling: ``into`` is its label or room, new or one of theirs.

    Those that are no dwelling any more end. Raises NotFound, DoorsNotTogether, DoorEnded, DoorNotUnderstood,
    DoorAmbiguous, DoorElsewhere.
    """
    doors = _held(actor, door_ids, "places.merge_doors")
    if len(doors) < 2 or len({door.building_id for door in doors}) > 1:
        raise DoorsNotTogether
    successor = _dwelling(actor, doors[0], into)
    ended = [door for door in doors if door.pk != successor.pk]
    _forward(actor, ended, [successor], SuccessionHow.MERGED)
    _end(ended)
    ledger.record(
        path=successor.path,
        subject=successor,
        before={"doors": [door.label for door in doors]},
        after={"label": successor.label},
    )
    return successor


@action("places.split_door")
def split_door(actor: Actor, *, door_id: uuid.UUID, into: Sequence[str]) -> list[Door]:
    """One door has become several dwellings: their labels or rooms. Where its own is among them it goes on.

    So 501 becomes 501 and 501/2 when a second household lives behind it, or 501A and 501B, and 501 ends. Raises
    NotFound, DoorsNotTogether, DoorEnded, DoorNotUnderstood, DoorAmbiguous, DoorElsewhere.
    """
    (door,) = _held(actor, [door_id], "places.split_door")
    successors = {made.pk: made for text in into if text.strip() for made in [_dwelling(actor, door, text)]}
    if len(successors) < 2:
        raise DoorsNotTogether
    others = [made for made in successors.values() if made.pk != door.pk]
    _forward(actor, [door], others, SuccessionHow.SPLIT)
    if door.pk not in successors:
        _end([door])
    ledger.record(
        path=door.path,
        subject=door,
        before={"label": door.label},
        after={"doors": [made.label for made in successors.values()]},
    )
    return list(successors.values())


@action("places.add_home")
def add_home(actor: Actor, *, compound_id: uuid.UUID, address: str) -> Door:
    """Add a home that belongs to no compound by its address, as people say it; one that is known is simply returned.

    Raises NotFound, NotScattered, DoorNotUnderstood.
    """
    compound = compound_for(actor, compound_id, needs="places.add_home")
    if compound.place.kind != PlaceKind.SCATTERED:
        raise NotScattered(place=compound.place.name)
    proposal = read_home(address)
    ensured = ensure_doors(compound, [proposal], how=Frame.DECLARED, by=actor)
    door = Door.objects.get(pk=Door.id_for(compound.pk, proposal.label))
    ledger.record(path=door.path, subject=door, after={"label": door.label, "new": bool(ensured.new)})
    return door


def _held(actor: Actor, door_ids: Collection[uuid.UUID], needs: str) -> list[Door]:
    """The doors, their compound's row locked, as they stand now: of two people at one door, the second is told."""
    reached = [door_for(actor, door_id, needs=needs) for door_id in dict.fromkeys(door_ids)]
    if not reached:
        raise NotFound
    for compound_id in sorted({door.building.compound_id for door in reached}):
        Compound.objects.select_for_update(no_key=True).get(pk=compound_id)
    related = Door.objects.select_related("building__place", "building__compound__place")
    doors = list(related.filter(pk__in=[door.pk for door in reached]).order_by("position", "path"))
    for door in doors:
        if door.ended_at is not None:
            raise DoorEnded(label=door.label)
    return doors


def _dwelling(actor: Actor, beside: Door, text: str) -> Door:
    """The door that a label or room means in the building of another; added when it is new."""
    building = beside.building
    proposal = read_dwelling(text, beside)
    ensure_doors(building.compound, [proposal], how=Frame.DECLARED, by=actor)
    door = Door.objects.get(building_id=building.pk, label=proposal.label)
    if door.ended_at is not None:
        raise DoorEnded(label=door.label)
    return door


def _forward(actor: Actor, old: Sequence[Door], new: Sequence[Door], how: SuccessionHow) -> None:
    DoorSuccession.objects.bulk_create(
        DoorSuccession(
            path=predecessor.path,
            predecessor=predecessor,
            successor=successor,
            how=how,
            by_person_id=actor.person_id,
            by_device_id=actor.device_id,
        )
        for predecessor in old
        for successor in new
    )
    changes.touch(door.path for door in (*old, *new))


def _end(doors: Sequence[Door]) -> None:
    if not doors:
        return
    Door.objects.filter(pk__in=[door.pk for door in doors]).update(ended_at=clock.now())
    Building.objects.filter(pk=doors[0].building_id).update(door_count=F("door_count") - len(doors))
    doors_ended.send(Door, doors=list(doors))
