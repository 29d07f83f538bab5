"""The supervisor's pages of phones: the silent first, a code that notices its phone, one page a phone."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse
from django.utils import translation

from firstline.accounts.devices import actions
from firstline.accounts.devices.devices_page import clock_words
from firstline.accounts.devices.enrolling import enrol
from firstline.accounts.devices.hats import Hat
from firstline.accounts.models import Device, DeviceGrant, Invitation
from firstline.config.testing.budget import Budget
from firstline.kernel import clock
from firstline.testing.cast import COMMUNITY, Cast, Member

LIST = "/devices/"


def new_key() -> bytes:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def phone_of(cast: Cast, person: Member, **known: Any) -> Device:
    invited = actions.invite_device(cast.director, person_id=person.person_id, path=COMMUNITY, hats=[Hat.DOORS])
    device = enrol(invited.code, public_key=new_key(), client="0.1.0", persistent=True)
    Device.objects.filter(pk=device.pk).update(**known)
    return Device.objects.get(pk=device.pk)


def shown(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def names(response: Any) -> list[str]:
    return [row.name for row in response.context["rows"]]


def test_what_may_be_lost_stands_first_then_the_silent(cast: Cast, statement_budget: Budget) -> None:
    long_ago = clock.now() - timedelta(days=3)
    phone_of(cast, cast.typist)
    phone_of(cast, cast.worker_next, last_contact_at=long_ago)
    phone_of(cast, cast.worker, last_contact_at=clock.now() - timedelta(days=2), waiting=12)
    client = cast.director.client()
    with statement_budget("accounts.devices"):
        response = client.get(LIST)
    assert names(response) == ["王海燕", "赵小军", "任晓梅"]
    assert [row.late for row in response.context["rows"]] == [True, True, False]
    assert (response.context["silent"], response.context["waiting"]) == (2, 12)


def test_what_is_no_longer_in_use_stands_apart(cast: Cast) -> None:
    gone, used = phone_of(cast, cast.worker), phone_of(cast, cast.typist)
    actions.revoke_device(cast.director, device_id=gone.pk)
    response = cast.director.client().get(LIST)
    assert names(response) == ["任晓梅"]
    assert [row.url for row in response.context["others"]] == [reverse("accounts:device", args=[gone.pk])]
    DeviceGrant.objects.filter(device=used).update(valid_until=clock.now())
    assert names(cast.director.client().get(LIST)) == []


def test_a_list_without_phones_says_what_to_do(cast: Cast) -> None:
    response = cast.director.client().get(LIST)
    assert reverse("accounts:invite_device") in response.content.decode()


def test_an_officer_of_another_county_sees_none(cast: Cast) -> None:
    device = phone_of(cast, cast.worker)
    assert names(cast.other_county_officer.client().get(LIST)) == []
    assert cast.other_county_officer.client().get(reverse("accounts:device", args=[device.pk])).status_code == 404


def test_a_code_is_shown_once_and_notices_its_phone(cast: Cast, statement_budget: Budget) -> None:
    client = cast.director.client()
    with statement_budget("accounts.invite_device"):
        assert client.get(reverse("accounts:invite_device")).status_code == 200
    said = {"person": str(cast.worker.person_id), "path": COMMUNITY, "hats": ["doors"], "until": "tonight"}
    response = client.post(reverse("accounts:invite_device"), said)
    link = response.context["link"]
    assert re.fullmatch(r"http://[^/]+/field/#enrol=1\.[0-9A-Z]{20}", link)
    assert response.context["qr"].startswith("data:image/svg+xml;base64,")
    assert "no-store" in response.headers["Cache-Control"]
    status = response.context["url"]
    with statement_budget("accounts.invitation"):
        waits = client.get(status)
    assert f'hx-get="{status}"' in waits.content.decode()
    code = link.rpartition(".")[2]
    device = enrol(code, public_key=new_key(), client="0.1.0", persistent=True)
    arrived = client.get(status).content.decode()
    assert reverse("accounts:device", args=[device.pk]) in arrived
    assert "hx-get" not in arrived


def test_a_code_that_is_too_old_says_so(cast: Cast) -> None:
    invited = actions.invite_device(cast.director, person_id=cast.worker.person_id, path=COMMUNITY, hats=[Hat.DOORS])
    Invitation.objects.update(expires_at=clock.now())
    shown_now = cast.director.client().get(reverse("accounts:invitation", args=[invited.invitation.pk]))
    assert "hx-get" not in shown_now.content.decode()
    assert reverse("accounts:invite_device") in shown_now.content.decode()


@pytest.mark.parametrize(
    "changed", [{"person": ""}, {"hats": []}, {"until": "x"}, {"borrowed": "1", "until": "open"}, {"label": "白俊丽"}]
)
def test_what_cannot_be_is_said_above_the_form_that_stays(cast: Cast, changed: dict[str, Any]) -> None:
    said = {"person": str(cast.typist.person_id), "path": COMMUNITY, "hats": ["duty"], "until": "shift", **changed}
    response = cast.director.client().post(reverse("accounts:invite_device"), said)
    assert response.status_code == 422
    assert response.context["mistake"]
    if "hats" not in changed:
        assert [hat["value"] for hat in response.context["hats"] if hat["chosen"]] == ["duty"]
    assert not Invitation.objects.exists()


def test_one_phone_says_what_is_known_of_it(cast: Cast, statement_budget: Budget) -> None:
    device = phone_of(cast, cast.worker, waiting=7, offset_ms=-3 * 3_600_000, storage_used=12_000_000, persistent=False)
    client = cast.director.client()
    with statement_budget("accounts.device"):
        response = client.get(reverse("accounts:device", args=[device.pk]))
    with translation.override("zh-hans"):
        assert clock_words(-3 * 3_600_000) in shown(response)
    assert response.context["row"].waiting == 7
    assert response.context["may_revoke"]
    assert not response.context["at_risk"]


@pytest.mark.parametrize(
    ("route", "data", "field"),
    [
        ("revoke_device", {}, "revoked_at"),
        ("wipe_device", {}, "wipe_asked_at"),
        ("settle_loss", {}, "loss_settled_at"),
    ],
)
def test_a_decision_is_one_press(cast: Cast, route: str, data: dict[str, str], field: str) -> None:
    device = phone_of(cast, cast.worker)
    address = reverse(f"accounts:{route}", args=[device.pk])
    response = cast.director.client().post(address, data, follow=True)
    assert response.redirect_chain[0][0] == reverse("accounts:device", args=[device.pk])
    assert getattr(Device.objects.get(), field) is not None


def test_a_phone_is_extended_and_moved_from_its_page(cast: Cast) -> None:
    device, client = phone_of(cast, cast.worker), cast.director.client()
    client.post(reverse("accounts:extend_device", args=[device.pk]), {"until": "shift"})
    client.post(reverse("accounts:move_device", args=[device.pk]), {"path": cast.compound.place.path})
    first, second = DeviceGrant.objects.order_by("valid_from", "id")
    assert first.valid_until is not None
    assert (second.path, second.valid_until is not None) == (cast.compound.place.path, True)
    assert Device.objects.get().path == cast.compound.place.path


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (None, "not measured"),
        (30_000, "on time"),
        (-59_000, "on time"),
        (180_000, "3 minutes behind"),
        (-7_200_000, "2 hours ahead"),
        (-86_400_000, "1 day ahead"),
    ],
)
def test_how_a_clock_stands_is_said_in_words(offset: int | None, words: str) -> None:
    with translation.override("en"):
        assert clock_words(offset) == words
