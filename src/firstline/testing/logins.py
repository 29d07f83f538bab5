"""Sessions of people who are wholly logged in, without walking through the pages each time."""

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from firstline.accounts.models import Login


def log_in_whole(client: Client, login: Login) -> None:
    """Log in by password and second factor."""
    client.force_login(login)
    session = client.session
    session.update(both_factors(login))
    session.save()


def both_factors(login: Login) -> dict[str, Any]:
    """What a session says once both were given, as allauth writes it down."""
    now = time.time()
    return {
        AUTHENTICATION_METHODS_SESSION_KEY: [
            {"method": "password", "at": now, "username": login.username},
            {"method": "mfa", "at": now, "id": 0, "type": "totp"},
        ],
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(login.pk),
    }
