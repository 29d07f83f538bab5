"""The server's clock as codes see it, and an officer whose phone is set up."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from firstline.accounts.second_factor.setting_up import set_up
from firstline.accounts.second_factor.tests.sessions import MINE, FixedClock, Time
from firstline.testing.cast import Cast, Member


@pytest.fixture(autouse=True)
def ticking(monkeypatch: pytest.MonkeyPatch, db: None) -> Time:
    cache.clear()
    moment = Time()
    monkeypatch.setattr(totp, "time", FixedClock(moment))
    return moment


@pytest.fixture
def officer(cast: Cast) -> Member:
    """The county officer, whose phone has the key MINE."""
    set_up(cast.county_officer.login, MINE)
    return cast.county_officer
