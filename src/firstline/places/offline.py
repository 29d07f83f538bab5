"""What a device with the hat *doors* may hand in about places (``docs/protocol/sync.md`` sections 6 and 13)."""

import uuid
from typing import Annotated

import msgspec

from firstline.kernel.actors import Actor
from firstline.kernel.offline import Command, Done, Received, register
from firstline.places.actions import add_door_seen, edit_compound
from firstline.places.models import Building, Compound

HAT = "doors"
_Short = Annotated[str, msgspec.Meta(max_length=40)]
Said = Annotated[str, msgspec.Meta(max_length=200)] | bool | None


class DoorBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A door that is on no list, found on the spot; ``door_id`` follows from compound and label."""

    door_id: uuid.UUID
    building_id: uuid.UUID
    room: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    unit: _Short = ""
    floor: Annotated[int, msgspec.Meta(ge=-9, le=200)] | None = None


class CompoundBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """Fields of a compound as they were seen (``base``) and as they are now."""

    compound_id: uuid.UUID
    fields: dict[_Short, Said]
    base: dict[_Short, Said] = {}  # msgspec copies an empty default


def _add_door(actor: Actor, command: Received[DoorBody]) -> Done:
    body = command.body
    door = add_door_seen(
        actor,
        building_id=body.building_id,
        unit=body.unit,
        room=body.room,
        floor=body.floor,
        door_id=body.door_id,
    )
    return Done(door.path, code=command.moment.doubt)


def _describe(actor: Actor, command: Received[CompoundBody]) -> Done:
    body = command.body
    compound = edit_compound(actor, compound_id=body.compound_id, base=body.base, fields=body.fields)
    return Done(compound.place.path)


def _take(actor: Actor, command: Received[CompoundBody]) -> Done:
    compound = edit_compound(actor, compound_id=command.body.compound_id, base=None, fields=command.body.fields)
    return Done(compound.place.path)


def _place_of_building(building_id: uuid.UUID) -> str | None:
    return Building.objects.filter(pk=building_id).values_list("place__path", flat=True).first()


def _place_of_compound(compound_id: uuid.UUID) -> str | None:
    return Compound.objects.filter(pk=compound_id).values_list("place__path", flat=True).first()


register(
    Command(
        kind="places.add_door",
        version=1,
        body=DoorBody,
        hat=HAT,
        permission="places.add_door",
        carry_out=_add_door,
        place_of=lambda body: _place_of_building(body.building_id),
    ),
    Command(
        kind="places.describe_compound",
        version=1,
        body=CompoundBody,
        hat=HAT,
        permission="places.edit_compound",
        carry_out=_describe,
        place_of=lambda body: _place_of_compound(body.compound_id),
        take=_take,
    ),
)
