"""Codes by time (RFC 6238): thirty seconds a step, six digits, one step early or late; each is taken once."""

import time
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

# What allauth keeps of a code in its cache is gone after one step; a code is good for three. So the step is kept.
_LAST = "last_step"


def step_of(secret: str, code: str, *, after: int = 0) -> int | None:
    """The step whose code this is, among those that count now and come after ``after``; None: of none of them."""
    for step in totp.yield_hotp_counters_from_time():
        if step > after and compare_user_code(actual=code, expected=_code(secret, step)):
            return int(step)
    return None


def spend(authenticator: Authenticator, code: str) -> bool:
    """Whether the code is right and was not used yet, nor one after it (RFC 6238, 5.2); from now on it was."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = step_of(decrypt(row.data["secret"]), code, after=row.data.get(_LAST, 0))
        if step is None:
            return False
        row.data[_LAST] = step
        row.save(update_fields=["data"])
        return True


def spent(data: dict[str, Any], step: int) -> dict[str, Any]:
    """An authenticator's data, once a step was used."""
    return data | {_LAST: step}


def next_code(authenticator: Authenticator) -> str:
    """A code that would be taken now: that of this step, or of the next one when this was used."""
    step = max(int(time.time()) // settings.MFA_TOTP_PERIOD, authenticator.data.get(_LAST, 0) + 1)
    return _code(decrypt(authenticator.data["secret"]), step)


def _code(secret: str, step: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, step)))
