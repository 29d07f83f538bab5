"""The code after the password: taken once, one step early or late, and on record when it is wrong."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from firstline.accounts.second_factor.setting_up import set_up
from firstline.accounts.second_factor.tests.sessions import (
    MINE,
    OWN,
    Time,
    acts,
    by_password,
    give,
    is_in,
    key_of,
    recorded,
)
from firstline.testing.cast import PASSWORD, Cast, Member


def test_password_and_code_open_the_pages(officer: Member, ticking: Time) -> None:
    client, answer = by_password(officer)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert not is_in(client)
    assert give(client, ticking.code()).headers["Location"] == "/"
    assert is_in(client)
    assert acts()[0] == "accounts.log_in"


def test_it_goes_on_where_somebody_was_going(officer: Member, ticking: Time) -> None:
    client = Client()
    client.post("/login/", {"login": officer.label, "password": PASSWORD, "next": "/ledger/?kind=looks"})
    assert give(client, ticking.code()).headers["Location"] == "/ledger/?kind=looks"


@pytest.mark.parametrize(("ahead", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_one_step_off_is_taken(officer: Member, ticking: Time, ahead: int, taken: bool) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code(ahead=ahead))
    assert is_in(client) is taken


def test_a_code_is_taken_once_for_as_long_as_it_counts(officer: Member, ticking: Time) -> None:
    code = ticking.code()
    first, _answer = by_password(officer)
    give(first, code)
    assert is_in(first)
    for _time in range(2):
        again, _answer = by_password(officer)
        assert give(again, code).status_code == 200
        assert not is_in(again)
        ticking.step()


def test_an_older_code_is_not_taken_after_a_newer_one(officer: Member, ticking: Time) -> None:
    first, _answer = by_password(officer)
    give(first, ticking.code(ahead=1))
    second, _answer = by_password(officer)
    give(second, ticking.code())
    assert not is_in(second)


def test_the_code_that_set_it_up_does_not_log_in(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    code = ticking.code(key_of(client.get(OWN)))
    client.post(OWN, {"code": code})
    other, _answer = by_password(cast.county_officer)
    give(other, code)
    assert not is_in(other)


def test_five_wrong_codes_are_on_record_and_then_none_is_tried(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    answers: list[Any] = [give(client, f"00000{number}") for number in range(6)]
    (first,), (last,) = (answer.context["form"].errors["code"] for answer in (answers[0], answers[-1]))
    assert first != last
    right: Any = give(client, ticking.code())
    assert right.status_code == 200
    assert not is_in(client)
    wrong = [entry for entry in recorded() if entry.action == "accounts.fail_second_factor"]
    assert len(wrong) == 5
    assert {entry.actor_label for entry in wrong} == {"nobody"}


def test_a_code_without_the_password_opens_nothing(officer: Member, ticking: Time) -> None:
    client = Client()
    assert give(client, ticking.code()).headers["Location"] == "/login/"


def test_a_printed_code_is_good_once_and_on_record(officer: Member, ticking: Time) -> None:
    printed = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().generate_codes()[3]
    client, _answer = by_password(officer)
    give(client, printed)
    assert is_in(client)
    assert "accounts.use_printed_code" in acts()
    again, _answer = by_password(officer)
    give(again, printed)
    assert not is_in(again)


def test_whoever_saw_more_once_is_still_asked(cast: Cast, ticking: Time) -> None:
    set_up(cast.director.login, MINE)
    client, _answer = by_password(cast.director)
    assert not is_in(client)
    give(client, ticking.code())
    assert is_in(client)


def test_the_desk_lock_asks_for_the_password_alone(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code())
    client.post(reverse("accounts:lock"))
    assert client.get("/ledger/").status_code == 423
    client.post(reverse("accounts:unlock"), {"password": PASSWORD})
    assert is_in(client)
