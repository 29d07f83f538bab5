"""Setting a second factor up: a key for the phone, proved by a code; codes to print; and beginning anew."""

import base64
import time

from allauth.account import app_settings
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.http import HttpRequest

from firstline.accounts.login import record_event
from firstline.accounts.models import Login
from firstline.accounts.second_factor.codes import spent, step_of
from firstline.accounts.second_factor.forms import count_attempt, taken
from firstline.kernel import crypto
from firstline.kernel.errors import FirstlineError
from firstline.kernel.keys import organisation_key

# allauth would keep it in clear in the session, which lies in the database.
_PENDING = "second_factor_pending"


def pending_secret(request: HttpRequest, login: Login) -> str:
    """The key that is being set up in this session, the same at every look at the page."""
    kept = request.session.get(_PENDING, "")
    try:
        return crypto.unseal(base64.b64decode(kept), row=_row(login)).decode()
    except (ValueError, FirstlineError):
        secret = str(generate_totp_secret())
        sealed = crypto.seal(secret.encode(), key_id=organisation_key(), row=_row(login))
        request.session[_PENDING] = base64.b64encode(sealed).decode()
        return secret


def password_is_fresh(request: HttpRequest, login: Login) -> bool:
    """Whether the password was typed in this session a moment ago: at the login, or again since.

    Whoever finds a page open must not be able to make their own phone the second factor of somebody else.
    """
    typed = [one["at"] for one in get_authentication_records(request, login) if one.get("method") == "password"]
    return bool(typed) and time.time() - max(typed) < app_settings.REAUTHENTICATION_TIMEOUT


def confirm(request: HttpRequest, login: Login, code: str) -> bool:
    """Set it up when the phone's code is right; then this session has given its second factor.

    Raises ValidationError after too many wrong ones.
    """
    forget_wrong_ones = count_attempt(login)
    secret = pending_secret(request, login)
    if (step := step_of(secret, code)) is None:
        return False
    with transaction.atomic():
        Login.objects.select_for_update(no_key=True).get(pk=login.pk)
        if phone_of(login) is not None:
            return False  # set up in another window a moment ago
        phone = set_up(login, secret, step)
        record_event("accounts.set_up_second_factor", login)
    forget_wrong_ones()
    del request.session[_PENDING]
    record_authentication(request, login, "mfa", id=phone.pk, type=phone.type)
    # Whoever knew the session while it could do nothing does not know it now.
    request.session.cycle_key()
    return True


def set_up(login: Login, secret: str, step: int = 0) -> Authenticator:
    """Write down a key and codes to print for somebody who has none. The code of ``step`` is spent."""
    phone = TOTP.activate(login, secret).instance
    phone.data = spent(phone.data, step)
    phone.save(update_fields=["data"])
    RecoveryCodes.activate(login)
    return phone


def codes_to_print(login: Login) -> list[str]:
    """The printed codes, the first time somebody asks; after that none, for nobody needs to read them twice."""
    codes = _recovery_codes(login)
    if codes is None or codes.did_view:
        return []
    codes.mark_as_viewed()
    return list(codes.generate_codes())


def codes_left(login: Login) -> int:
    """How many printed codes were not used."""
    codes = _recovery_codes(login)
    return len(codes.get_unused_codes()) if codes else 0


def print_anew(login: Login, code: str) -> bool:
    """New printed codes against a code; the old ones open nothing any more. Raises ValidationError."""
    with transaction.atomic():
        if not taken(login, code):
            return False
        Authenticator.objects.filter(user=login, type=Authenticator.Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(login)
        record_event("accounts.print_codes_anew", login)
    return True


def begin_anew(request: HttpRequest, login: Login, code: str) -> bool:
    """Forget the phone against a code of it, or a printed one, so that another is set up. Raises ValidationError."""
    with transaction.atomic():
        if not taken(login, code):
            return False
        Authenticator.objects.filter(user=login).delete()
        record_event("accounts.renew_second_factor", login)
    # From now on this session owes its second factor again.
    records = [record for record in get_authentication_records(request, login) if record.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    return True


def phone_of(login: Login) -> Authenticator | None:
    """What the phone's codes are judged by; None: nothing is set up."""
    found: Authenticator | None = Authenticator.objects.filter(user=login, type=Authenticator.Type.TOTP).first()
    return found


def _recovery_codes(login: Login) -> RecoveryCodes | None:
    found = Authenticator.objects.filter(user=login, type=Authenticator.Type.RECOVERY_CODES).first()
    return found.wrap() if found else None


def _row(login: Login) -> str:
    return f"{_PENDING}:{login.pk}"
