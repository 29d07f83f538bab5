"""The shapes of enrolment (section 2 of the protocol), and what slows guessing down."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.cache import cache

from firstline.accounts.devices.errors import EnrolmentCodeWrong, TooManyCodes
from firstline.accounts.devices.telling import GrantTold, PersonTold, grants_told, person_told
from firstline.accounts.models import Device
from firstline.kernel import crypto, paths
from firstline.kernel.keys import organisation_key
from firstline.places.selectors import names_at
from firstline.sync.answering import milliseconds

_WRONG = "sync.enrol.wrong"
_MOST_WRONG, _WITHIN_SECONDS = 10, 300


class Wanted(msgspec.Struct):
    """What a phone sends that wants to come in. ``public_key`` is an SPKI; bytes are base64 on the wire."""

    protocol: int
    code: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]
    public_key: Annotated[bytes, msgspec.Meta(max_length=400)]
    client: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]
    persistent: bool
    sent_at: int


class Wiped(msgspec.Struct):
    protocol: int


class ServerKey(msgspec.Struct):
    """For whom parcels are sealed."""

    id: uuid.UUID
    public: bytes


class Enrolled(msgspec.Struct):
    """The answer to a phone that has come in."""

    device_id: uuid.UUID
    server_time: int
    person: PersonTold
    server_key: ServerKey
    grants: list[GrantTold]
    origin_name: str


def enrolled(device: Device) -> Enrolled:
    """What a device is told when it has come in."""
    home = paths.community_of(device.path)
    return Enrolled(
        device.pk,
        milliseconds(),
        person_told(device),
        server_key(),
        grants_told(device),
        names_at([home]).get(home, ""),
    )


def server_key() -> ServerKey:
    """The key of parcels in use; one made for an earlier key of the organisation still opens."""
    key_id = organisation_key()
    public = crypto.parcel_key(key_id).public_key()
    return ServerKey(key_id, public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


@contextmanager
def counted() -> Iterator[None]:
    """Answer wrong codes with "come later" once ten came within five minutes. A right one is always taken.

    No thread waits: a slow answer would let few callers hold the whole server.
    """
    try:
        yield
    except EnrolmentCodeWrong as wrong:
        if _wrong_so_far() > _MOST_WRONG:
            raise TooManyCodes from wrong
        raise


def _wrong_so_far() -> int:
    cache.add(_WRONG, 0, _WITHIN_SECONDS)
    try:
        return int(cache.incr(_WRONG))
    except ValueError:
        # Its five minutes ran out in this very moment.
        return 1
