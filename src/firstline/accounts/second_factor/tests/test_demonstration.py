"""A demonstration shows the present code; nothing else ever does."""

import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.urls import reverse

from firstline.accounts.models import Login
from firstline.accounts.second_factor.codes import step_of
from firstline.accounts.second_factor.demonstration import SECRET, set_up_known
from firstline.accounts.second_factor.setting_up import set_up
from firstline.accounts.second_factor.tests.sessions import (
    MINE,
    OWN,
    Time,
    by_password,
    give,
    is_in,
)
from firstline.config.testing.budget import Budget
from firstline.kernel import clock
from firstline.testing.cast import Cast, Member


def test_a_demonstration_shows_the_present_code(
    cast: Cast, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, ticking: Time
) -> None:
    settings.FIRSTLINE_DEMONSTRATION = tmp_path
    monkeypatch.setattr(time, "time", lambda: ticking.now)
    set_up_known(cast.county_officer.login)
    for _time in range(2):  # the second at once: the code of the next step is shown
        client, answer = by_password(cast.county_officer)
        page: Any = client.get(answer.headers["Location"])
        assert give(client, page.context["shown_code"]).status_code == 302
        assert is_in(client)


def test_nothing_is_shown_of_a_key_of_ones_own(
    cast: Cast, officer: Member, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FIRSTLINE_DEMONSTRATION = tmp_path
    client, answer = by_password(officer)
    page: Any = client.get(answer.headers["Location"])
    assert page.context["shown_code"] == ""


def test_outside_a_demonstration_no_code_is_shown_and_none_is_known(
    cast: Cast, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FIRSTLINE_DEMONSTRATION = tmp_path / "none"
    with pytest.raises(RuntimeError):
        set_up_known(cast.county_officer.login)
    # Even if somebody had put the known key there.
    set_up(cast.county_officer.login, SECRET)
    client, answer = by_password(cast.county_officer)
    page: Any = client.get(answer.headers["Location"])
    assert page.context["shown_code"] == ""
    assert totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30)) not in page.content.decode()


def test_the_codes_are_those_of_rfc_6238(ticking: Time) -> None:
    """Appendix B, at 59 s and 1111111109 s; its eight digits end in these six."""
    ticking.now = 59
    assert step_of(MINE, "287082") == 1
    ticking.now = 1_111_111_109
    assert step_of(MINE, "081804") == 37_037_036


def test_sessions_end_with_a_reset_and_with_nothing_else(cast: Cast) -> None:
    login = cast.county_officer.login
    before = login.get_session_auth_hash()
    login.last_login = clock.now()
    assert login.get_session_auth_hash() == before
    login.factor_reset_at = clock.now()
    assert login.get_session_auth_hash() != before
    assert Login.objects.get(pk=login.pk).get_session_auth_hash() == before


def test_pages_keep_to_their_statements(cast: Cast, officer: Member, statement_budget: Budget) -> None:
    setting_up, _answer = by_password(cast.second_officer)
    inside = officer.client()
    with statement_budget("accounts.set_up"):
        assert setting_up.get(OWN).status_code == 200
    with statement_budget("accounts.second_factor"):
        assert inside.get(OWN).status_code == 200
    with statement_budget("accounts.second_factors"):
        assert inside.get(reverse("accounts:second_factors")).status_code == 200
