"""Which device sends a request: its own signature and no other, at its time, and only what its hat lists."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import ResolverMatch

from firstline.accounts.models import Device, DeviceGrant
from firstline.config.installation import ROOT
from firstline.kernel import clock
from firstline.sync.answering import answer
from firstline.sync.signed import SignedRequest, signed, signed_text, signs
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

READ, SENT = "sync:changes", "sync:commands"
PATH = "/sync/v1/something?cursor=%3D"
VECTORS: dict[str, Any] = json.loads(
    (ROOT / "contracts" / "vectors" / "signed-requests.json").read_text(encoding="utf-8")
)


@signed()
def who(request: SignedRequest) -> Any:
    return answer({"device": request.device.pk, "bytes": len(request.signed_body)})


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path, valid_from=clock.now() - timedelta(days=1))


def request_of(
    phone: Phone, route: str = READ, body: bytes = b"", changed: dict[str, str] | None = None
) -> HttpRequest:
    method = "POST" if body else "GET"
    headers = {**phone.headers(method, PATH, body), **(changed or {})}
    request = RequestFactory().generic(method, PATH, body, headers=headers)
    namespace, name = route.split(":")
    request.resolver_match = ResolverMatch(who, (), {}, name, [namespace], [namespace])
    return request


def said(request: HttpRequest) -> tuple[int, str]:
    response = who(request)
    return response.status_code, json.loads(response.content).get("code", "")


def test_the_device_that_signed_is_told_from_all_others(phone: Phone) -> None:
    response = who(request_of(phone, SENT, b"{}"))
    assert json.loads(response.content) == {"device": str(phone.device_id), "bytes": 2}


def test_reading_who_asks_takes_one_statement(phone: Phone, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert said(request_of(phone)) == (200, "")


@pytest.mark.parametrize("header", ["Firstline-Device", "Firstline-At", "Firstline-Signature"])
@pytest.mark.parametrize("value", ["", "x", "0" * 36, "9" * 40])
def test_a_header_that_is_no_header_of_a_device_is_refused(phone: Phone, header: str, value: str) -> None:
    assert said(request_of(phone, changed={header: value})) == (401, "device_unknown")


def test_anothers_device_number_does_not_help(cast: Cast, phone: Phone) -> None:
    other = phone_of(cast.worker_next.person_id, cast.compound_next.place.path)
    assert said(request_of(phone, changed={"Firstline-Device": str(other.device_id)})) == (401, "device_unknown")


def test_another_body_under_the_signature_is_refused(phone: Phone) -> None:
    request = request_of(phone, SENT, b"{}")
    forged = RequestFactory().generic("POST", PATH, b"[]", headers=dict(request.headers.items()))
    forged.resolver_match = request.resolver_match
    assert said(forged) == (401, "device_unknown")


@pytest.mark.parametrize(("minutes", "status"), [(-11, 401), (-9, 200), (9, 200), (11, 401)])
def test_a_clock_ten_minutes_off_is_told_the_servers_time(phone: Phone, minutes: int, status: int) -> None:
    phone.ahead_ms = minutes * 60_000
    response = who(request_of(phone))
    assert response.status_code == status
    if status == 401:
        found = json.loads(response.content)
        assert found["code"] == "clock_differs"
        assert abs(found["data"]["server_time"] - clock.now().timestamp() * 1000) < 60_000


def test_a_revoked_device_hands_in_and_reads_nothing(cast: Cast, phone: Phone) -> None:
    Device.objects.filter(pk=phone.device_id).update(revoked_at=clock.now(), revoked_by_id=cast.director.person_id)
    assert said(request_of(phone, SENT, b"{}")) == (200, "")
    assert said(request_of(phone)) == (403, "device_revoked")


def test_a_device_whose_grants_have_ended_hands_in_and_reads_nothing(phone: Phone) -> None:
    DeviceGrant.objects.filter(device_id=phone.device_id).update(valid_until=clock.now())
    assert said(request_of(phone, SENT, b"{}")) == (200, "")
    assert said(request_of(phone)) == (403, "grant_ended")


def test_somebody_who_has_no_role_there_any_more_reads_nothing(cast: Cast) -> None:
    phone = phone_of(cast.lapsed.person_id, cast.compound.place.path)
    assert said(request_of(phone)) == (403, "grant_ended")


def test_what_stands_in_no_list_is_answered_to_no_device(phone: Phone) -> None:
    assert said(request_of(phone, "sync:everything")) == (403, "hat_missing")


def test_a_body_announced_as_too_large_is_not_read(phone: Phone) -> None:
    request = request_of(phone, SENT, b"{}")
    request.META["CONTENT_LENGTH"] = str(5 * 1024 * 1024)
    assert said(request) == (413, "too_large")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: f"{case['method']} {case['path']}")
def test_what_is_signed_is_what_the_contract_says(case: dict[str, str]) -> None:
    text = signed_text(case["method"], case["path"], case["at"], case["body"].encode())
    key, signature = (base64.b64decode(one) for one in (VECTORS["public_key"], case["signature"]))
    assert text.decode() == case["text"]
    assert signs(key, signature, text)
    assert not signs(key, signature, text + b"\n")
    assert not signs(key, signature[::-1], text)


@pytest.mark.parametrize(("least", "says", "status"), [(2, None, 426), (2, "1", 426), (2, "2", 200), (1, None, 200)])
def test_a_client_too_old_reads_nothing_and_hands_in(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, least: int, says: str | None, status: int
) -> None:
    monkeypatch.setattr("firstline.sync.signed.LEAST_READ", least)
    changed = {"Firstline-Protocol": says} if says else {}
    response = who(request_of(phone, READ, changed=changed))
    assert response.status_code == status
    if status == 426:
        told = json.loads(response.content)
        assert (told["code"], told["data"]) == ("client_too_old", {"least": least})
    assert said(request_of(phone, SENT, b"{}", changed)) == (200, "")
