"""What a device is told of itself: its person, and what it was given where and until when."""

import uuid
from datetime import datetime

import msgspec

from firstline.accounts.devices.selectors import grants_of
from firstline.accounts.models import Device
from firstline.accounts.selectors import details_of
from firstline.kernel import clock
from firstline.places.selectors import names_at


class PersonTold(msgspec.Struct):
    id: uuid.UUID
    name: str


class GrantTold(msgspec.Struct, rename={"since": "from"}):
    """Moments in milliseconds since 1970 UTC; ``until`` None: until it is ended."""

    hats: list[str]
    path: str
    place: str
    since: int
    until: int | None


def person_told(device: Device) -> PersonTold:
    """Whose device it is."""
    return PersonTold(device.person_id, details_of(device.person).name)


def grants_told(device: Device, at: datetime | None = None) -> list[GrantTold]:
    """What is in force at a moment (default: now), with the places by their names."""
    given = grants_of(device, at or clock.now())
    names = names_at({one.path for one in given})
    return [
        GrantTold(
            [hat.value for hat in one.hats],
            one.path,
            names.get(one.path, ""),
            _milliseconds(one.valid_from),
            _milliseconds(one.valid_until) if one.valid_until else None,
        )
        for one in given
    ]


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
