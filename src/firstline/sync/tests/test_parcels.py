"""The outbox of one phone, carried by another: taken once whichever way it comes, and read by nobody on the way."""

import base64
import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from firstline.census.models import Attempt
from firstline.config.installation import ROOT
from firstline.kernel import crypto, scope
from firstline.kernel.keys import organisation_key
from firstline.sync import parcels
from firstline.sync.errors import ParcelBroken, TooLarge
from firstline.sync.signed import signs
from firstline.sync.tests.commands import attempt, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

URL = "/sync/v1/parcels"
VECTORS = json.loads(Path(ROOT / "contracts" / "vectors" / "parcels.json").read_text())["parcels"]


@dataclass
class Pair:
    """A phone without network, and one that carries for it."""

    maker: Phone
    carrier: Phone


@pytest.fixture
def pair(cast: Cast) -> Pair:
    return Pair(
        phone_of(cast.worker.person_id, cast.compound.place.path),
        phone_of(cast.worker_next.person_id, cast.compound_next.place.path),
    )


def sealed(phone: Phone, *commands: dict[str, Any], content: bytes | None = None) -> bytes:
    """A parcel as the phone's page makes it."""
    key_id = organisation_key()
    if content is None:
        content = json.dumps(
            {"protocol": 1, "device_id": str(phone.device_id), "made_at": 0, "waiting": 1, "commands": commands}
        ).encode()
    signature = phone.sign(parcels.signed_content(content))
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = parcels.point_of(ephemeral.public_key())
    key = parcels.shared_key(ephemeral, crypto.parcel_key(key_id).public_key(), point)
    inside = AESGCM(key).encrypt(parcels.NONCE, signature + gzip.compress(content), key_id.bytes)
    return parcels.MAGIC + key_id.bytes + point + inside


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_a_parcel_of_the_vectors_opens(vector: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    server = ec.derive_private_key(int(vector["server"]["private"], 16), ec.SECP256R1())

    def parcel_key(key_id: UUID) -> ec.EllipticCurvePrivateKey:
        assert key_id.hex == vector["server"]["id"]
        return server

    monkeypatch.setattr(crypto, "parcel_key", parcel_key)
    opened = parcels.open_parcel(base64.b64decode(vector["parcel"]))
    assert opened.content.decode() == vector["content"]
    assert opened.signature.hex() == vector["signature"]
    public = base64.b64decode(vector["device"]["public"])
    assert signs(public, opened.signature, parcels.signed_content(opened.content))


def test_what_another_carries_is_taken_as_the_makers(cast: Cast, pair: Pair) -> None:
    first, second = attempt(cast.door.pk), attempt(cast.door_of(cast.compound, "2-1-101").pk)
    answered = pair.carrier.post(URL, sealed(pair.maker, first, second))
    assert (answered.status_code, answered.json()["taken"]) == (200, 2)
    with scope.enter(cast.director):
        assert {one.by_device_id for one in Attempt.objects.all()} == {pair.maker.device_id}
    assert send(pair.maker, first, second).statuses == ["duplicate", "duplicate"]
    assert pair.carrier.post(URL, sealed(pair.maker, first, second)).json()["taken"] == 2
    with scope.enter(cast.director):
        assert Attempt.objects.count() == 2


def test_five_hundred_are_taken_in_parts(cast: Cast, pair: Pair) -> None:
    doors = list(cast.building.doors.all())
    made = [attempt(doors[number % len(doors)].pk) for number in range(500)]
    assert pair.carrier.post(URL, sealed(pair.maker, *made)).json()["taken"] == 500
    with scope.enter(cast.director):
        assert Attempt.objects.count() == 500


@pytest.mark.parametrize("at", [0, 10, 40, 100, -1])
def test_a_parcel_that_was_altered_is_broken(cast: Cast, pair: Pair, at: int) -> None:
    parcel = bytearray(sealed(pair.maker, attempt(cast.door.pk)))
    parcel[at] ^= 1
    answered = pair.carrier.post(URL, bytes(parcel))
    assert (answered.status_code, answered.json()["code"]) == (422, "parcel_broken")
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()


@pytest.mark.parametrize("length", [0, 3, 50, 84, 86, 200])
def test_a_parcel_that_was_cut_short_is_broken(cast: Cast, pair: Pair, length: int) -> None:
    with pytest.raises(ParcelBroken):
        parcels.take_parcel(sealed(pair.maker, attempt(cast.door.pk))[:length])


def test_a_parcel_in_somebody_elses_name_is_broken(cast: Cast, pair: Pair) -> None:
    stolen = Phone(device_id=pair.maker.device_id)
    with pytest.raises(ParcelBroken):
        parcels.take_parcel(sealed(stolen, attempt(cast.door.pk)))


def test_what_unfolds_without_end_is_refused(cast: Cast, pair: Pair) -> None:
    with pytest.raises(TooLarge):
        parcels.take_parcel(sealed(pair.maker, content=b"[" + b"0," * 9_000_000 + b"0]"))
    with pytest.raises(ParcelBroken):
        parcels.take_parcel(sealed(pair.maker, content=os.urandom(100)))
