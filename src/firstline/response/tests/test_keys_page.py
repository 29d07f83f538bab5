"""The page of keys: what there is, what a step means before it is taken, and each step by one's own password."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firstline.accounts.desk_lock import MOST_WRONG
from firstline.kernel import clock
from firstline.response.actions import propose_destruction, register_copies
from firstline.response.models import DestructionProposal, Emergency, KeyCopy
from firstline.response.tests.keys import over
from firstline.testing.cast import PASSWORD, Cast


def step(client: Client) -> Any:
    return client.get(reverse("response:keys")).context["emergencies"][0]


def post(client: Client, name: str, emergency: Emergency, password: str = PASSWORD, **data: str) -> Any:
    return client.post(reverse(f"response:{name}", args=[emergency.pk]), {"password": password, **data})


def test_it_shows_keys_copies_and_who_made_them(cast: Cast) -> None:
    register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place="机要室保险柜")
    shown = step(cast.second_officer.client())
    assert shown.step == "in_force"
    assert [key.file for key in shown.keys] == [f"{cast.emergency.key_id}.key"]
    assert [(copy.place, copy.made_by, copy.gone_at) for copy in shown.copies] == [("机要室保险柜", "李卫国", None)]


def test_from_the_end_to_the_destruction(cast: Cast) -> None:
    first, second = cast.county_officer.client(), cast.second_officer.client()
    emergency = cast.emergency
    assert post(first, "end", emergency, keep_days="0").status_code == 303
    assert step(first).step == "due"
    assert post(first, "propose", emergency).status_code == 303
    assert (step(first).step, step(first).mine, step(second).mine) == ("proposed", True, False)
    assert post(first, "confirm", emergency).status_code == 403
    first.post(reverse("response:register_copy", args=[emergency.pk]), {"place": "U盘"})
    assert post(second, "confirm", emergency).status_code == 303
    shown = step(first)
    assert (shown.step, shown.first_by, shown.second_by, shown.left) == ("destroyed", "李卫国", "张爱民", 1)
    second.post(reverse("response:copy_destroyed", args=[KeyCopy.objects.get().pk]))
    shown = step(first)
    assert (shown.left, shown.copies[0].gone_by) == (0, "张爱民")


def test_kept_until_its_day(cast: Cast) -> None:
    client = cast.county_officer.client()
    post(client, "end", cast.emergency, keep_days="30")
    shown = step(client)
    assert shown.step == "kept"
    assert shown.kept_until > clock.now()


@pytest.mark.parametrize("name", ["end", "propose", "confirm"])
def test_a_wrong_password_does_nothing_and_is_said(cast: Cast, name: str) -> None:
    emergency = cast.emergency if name == "end" else over(cast)
    if name == "confirm":
        propose_destruction(cast.second_officer, emergency_id=emergency.pk)
    before = DestructionProposal.objects.count()
    answer = post(cast.county_officer.client(), name, emergency, "wrong-password", keep_days="0")
    assert answer.status_code == 422
    assert answer.context["emergencies"][0].mistake
    after = Emergency.objects.get(pk=emergency.pk)
    assert (after.ended_at is None) == (name == "end")
    assert after.key.destroyed_at is None
    assert DestructionProposal.objects.count() == before


def test_guessing_ends_the_session(cast: Cast) -> None:
    emergency = over(cast)
    client = cast.county_officer.client()
    answers = [post(client, "propose", emergency, "wrong").status_code for _ in range(MOST_WRONG)]
    assert answers == [422] * (MOST_WRONG - 1) + [403]
    assert post(client, "propose", emergency).status_code == 403
    assert client.get(reverse("response:keys")).status_code == 302
    assert not DestructionProposal.objects.exists()


@pytest.mark.parametrize("days", ["-1", "x", "9999999", "１２"])
def test_a_number_of_days_that_is_none_is_said(cast: Cast, days: str) -> None:
    answer = post(cast.county_officer.client(), "end", cast.emergency, keep_days=days)
    assert answer.status_code == 422
    assert Emergency.objects.get(pk=cast.emergency.pk).ended_at is None


def test_a_copy_without_a_place_is_said(cast: Cast) -> None:
    client = cast.county_officer.client()
    answer = client.post(reverse("response:register_copy", args=[cast.emergency.pk]), {"place": " "})
    assert answer.status_code == 422
    assert not KeyCopy.objects.exists()
