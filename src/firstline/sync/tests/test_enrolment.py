"""A phone comes in by its code, over the wire; what it says last is that it has wiped itself."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.core.cache import cache
from django.test import Client

from firstline.accounts.devices import actions
from firstline.accounts.devices.hats import Hat
from firstline.accounts.models import Device
from firstline.kernel import crypto
from firstline.kernel.keys import organisation_key
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import COMMUNITY, Cast

NO_CODE = "0" * 20


@pytest.fixture(autouse=True)
def no_wrong_codes_yet(db: None) -> None:
    cache.clear()


def code_for(cast: Cast) -> str:
    return actions.invite_device(cast.director, person_id=cast.worker.person_id, path=COMMUNITY, hats=[Hat.DOORS]).code


def asked(phone: Phone, code: str, **changed: Any) -> Any:
    said = {
        "protocol": 1,
        "code": code,
        "public_key": base64.b64encode(phone.public_key).decode(),
        "client": "0.1.0",
        "persistent": True,
        "sent_at": 1767225600000,
        **changed,
    }
    return Client(enforce_csrf_checks=True).post("/sync/v1/enrol", json.dumps(said), content_type="application/json")


def test_a_phone_is_told_who_it_is_for_what_it_may_and_for_whom_to_seal(cast: Cast) -> None:
    response = asked(Phone(), code_for(cast))
    found = response.json()
    device = Device.objects.get()
    assert response.status_code == 200
    assert found["device_id"] == str(device.pk)
    assert found["person"] == {"id": str(cast.worker.person_id), "name": "王海燕"}
    (grant,) = found["grants"]
    assert (grant["hats"], grant["path"], grant["place"], grant["until"]) == (["doors"], COMMUNITY, "丽景街社区", None)
    assert abs(grant["from"] - found["server_time"]) < 60_000
    assert found["origin_name"] == "丽景街社区"
    assert not response.cookies


def test_the_key_of_parcels_is_the_servers_own(cast: Cast) -> None:
    found = asked(Phone(), code_for(cast)).json()["server_key"]
    public = load_der_public_key(base64.b64decode(found["public"]))
    ours = crypto.parcel_key(organisation_key())
    assert found["id"] == str(organisation_key())
    assert isinstance(public, ec.EllipticCurvePublicKey)
    mine = ec.generate_private_key(ec.SECP256R1())
    assert mine.exchange(ec.ECDH(), public) == ours.exchange(ec.ECDH(), mine.public_key())


def test_a_phone_that_came_in_signs_its_requests(cast: Cast) -> None:
    phone = Phone()
    phone.device_id = asked(phone, code_for(cast)).json()["device_id"]
    assert phone.post("/sync/v1/wiped", {"protocol": 1}).status_code == 200
    assert Device.objects.get().wiped_at is not None


def test_wiping_is_said_by_the_device_itself(cast: Cast) -> None:
    known = phone_of(cast.worker.person_id, COMMUNITY)
    stranger = Phone(known.device_id)
    assert stranger.post("/sync/v1/wiped", {"protocol": 1}).status_code == 401
    assert Device.objects.get().wiped_at is None


def test_a_revoked_phone_may_say_that_it_is_wiped(cast: Cast) -> None:
    phone = phone_of(cast.worker.person_id, COMMUNITY)
    actions.revoke_device(cast.director, device_id=phone.device_id)
    assert phone.post("/sync/v1/wiped", {"protocol": 1}).status_code == 200


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"code": NO_CODE}, 404, "enrolment_code_wrong"),
        ({"code": "\0"}, 422, "invalid"),
        ({"persistent": False}, 422, "storage_not_persistent"),
        ({"public_key": ""}, 422, "device_key_unfit"),
        ({"public_key": "§"}, 422, "invalid"),
        ({"client": 5}, 422, "invalid"),
        ({"client": "x" * 20_000}, 413, "too_large"),
    ],
)
def test_what_is_refused_is_said_as_a_code(cast: Cast, changed: dict[str, Any], status: int, code: str) -> None:
    response = asked(Phone(), **{"code": code_for(cast), **changed})
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not Device.objects.exists()


def test_wrong_codes_are_slowed_down_and_a_right_one_never(cast: Cast) -> None:
    statuses = [asked(Phone(), NO_CODE).status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    assert asked(Phone(), NO_CODE).headers["Retry-After"]
    assert asked(Phone(), code_for(cast)).status_code == 200
