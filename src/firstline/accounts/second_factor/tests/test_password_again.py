"""A second factor is set up only by whoever typed the password a moment ago: a page left open is not enough."""

from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client

from firstline.accounts.second_factor.tests.sessions import OWN, Time, acts, by_password, key_of
from firstline.testing.cast import PASSWORD, Cast

AGAIN = "/password/again/"


@pytest.fixture
def left_open(cast: Cast) -> Client:
    """The session of a grid worker, who owes no second factor, an hour after the login."""
    client, _answer = by_password(cast.worker)
    session = client.session
    methods = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [one | {"at": one["at"] - 3600} for one in methods]
    session.save()
    return client


def test_set_up_later_it_asks_for_the_password_and_goes_on(left_open: Client, ticking: Time) -> None:
    sent = left_open.get(f"{OWN}?next=/duty/")
    assert sent.headers["Location"].startswith(AGAIN)
    asked: Any = left_open.get(sent.headers["Location"])
    assert "再输一次密码" in asked.text
    back = left_open.post(sent.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"].startswith(OWN)
    page: Any = left_open.get(back.headers["Location"])
    assert page.status_code == 200
    left_open.post(f"{OWN}?next=/duty/", {"code": ticking.code(key_of(page))})
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1


def test_without_it_nothing_is_set_up_and_no_key_is_shown(left_open: Client) -> None:
    answer = left_open.post(OWN, {"code": "123456"})
    assert answer.headers["Location"].startswith(AGAIN)
    assert not Authenticator.objects.exists()
    wrong = left_open.post(f"{AGAIN}?next={OWN}", {"password": "wrong"})
    assert wrong.status_code == 200
    assert 'aria-invalid="true"' in wrong.text
    assert left_open.get(OWN).headers["Location"].startswith(AGAIN)
    assert acts().count("accounts.fail_to_log_in") == 1


def test_right_after_the_login_it_is_not_asked_again(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    assert client.get(OWN).status_code == 200


def test_whoever_is_not_logged_in_is_sent_to_the_login() -> None:
    assert Client().get(AGAIN).headers["Location"].startswith("/login/")
