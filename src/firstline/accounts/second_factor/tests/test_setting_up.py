"""Setting a second factor up; new printed codes, another phone."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.urls import reverse

from firstline.accounts.second_factor.setting_up import set_up
from firstline.accounts.second_factor.tests.sessions import (
    CODES,
    MINE,
    OWN,
    Time,
    acts,
    by_password,
    give,
    is_in,
    key_of,
)
from firstline.testing.cast import Cast, Member


def test_setting_up_opens_the_pages_and_shows_the_printed_codes_once(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    page: Any = client.get(f"{OWN}?next=/ledger/")
    assert page.status_code == 200
    secret = key_of(page)
    assert key_of(client.get(OWN)) == secret  # the same at every look
    before = client.cookies["sessionid"].value
    done = client.post(f"{OWN}?next=/ledger/", {"code": ticking.code(secret)})
    assert done.status_code == 302
    assert client.cookies["sessionid"].value != before
    codes: Any = client.get(done.headers["Location"])
    assert len(set(codes.context["codes"])) == 10
    assert codes.context["following"] == "/ledger/"
    again: Any = client.get(CODES)
    assert again.context["codes"] == []
    assert is_in(client)
    assert acts()[:2] == ["accounts.log_in", "accounts.set_up_second_factor"]


def test_a_wrong_code_sets_nothing_up(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    secret = key_of(client.get(OWN))
    wrong: Any = client.post(OWN, {"code": ticking.code(secret, ahead=9)})
    assert (wrong.status_code, key_of(wrong)) == (422, secret)
    assert wrong.context["mistake"]
    assert not Authenticator.objects.exists()
    assert not is_in(client)


def test_codes_are_no_way_round_setting_up(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    for address in (CODES, reverse("accounts:second_factors")):
        assert client.get(address).headers["Location"].startswith(OWN)
    for name in ("print_codes_anew", "new_phone"):
        assert client.post(reverse(f"accounts:{name}"), {"code": "123456"}).status_code == 403


def test_set_up_in_another_window_this_one_logs_in_anew(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    set_up(cast.county_officer.login, MINE)
    answer = client.get(f"{OWN}?next=/ledger/")
    assert answer.headers["Location"] == "/login/?next=%2Fledger%2F"
    assert "_auth_user_id" not in client.session


def test_it_leads_on_within_this_site_only(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    secret = key_of(client.get(OWN))
    done = client.post(f"{OWN}?next=https://evil.example/", {"code": ticking.code(secret)})
    page: Any = client.get(done.headers["Location"])
    assert page.context["following"] == "/"


def test_neither_database_nor_session_holds_the_key(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    secret = key_of(client.get(OWN))
    (session,) = Session.objects.all()
    assert secret not in str(session.get_decoded())
    client.post(OWN, {"code": ticking.code(secret)})
    kept = str(list(Authenticator.objects.values("data")))
    assert secret not in kept


def test_new_printed_codes_end_the_old_ones(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code())
    old = client.get(CODES).context["codes"]
    assert client.post(reverse("accounts:print_codes_anew"), {"code": "000000"}).status_code == 422
    ticking.step()
    assert client.post(reverse("accounts:print_codes_anew"), {"code": ticking.code()}).status_code == 303
    new = client.get(CODES).context["codes"]
    assert not set(old) & set(new)
    assert "accounts.print_codes_anew" in acts()


def test_another_phone_is_set_up_before_any_other_page(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code())
    assert client.post(reverse("accounts:new_phone"), {"code": ticking.code()}).status_code == 422  # used
    ticking.step()
    assert client.post(reverse("accounts:new_phone"), {"code": ticking.code()}).status_code == 303
    assert not is_in(client)
    secret = key_of(client.get(OWN))
    assert secret != MINE
    client.post(OWN, {"code": ticking.code(secret)})
    assert is_in(client)
    assert "accounts.renew_second_factor" in acts()
