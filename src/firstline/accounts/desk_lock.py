"""Shared desks: a session that nobody touches is locked, and its person's password opens it again.

The server decides by its own clock at the next request; the desk's script only covers the screen earlier. What is kept
in the session are two moments and a count, nothing of the page.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from firstline.accounts.login import record_event, record_failure
from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of
from firstline.kernel import clock
from firstline.kernel.actors import KNOW_RESIDENTS
from firstline.kernel.errors import LoginEnded, SessionLocked

_SEEN, _LOCKED, _WRONG = "desk_seen", "desk_locked", "desk_wrong"
# Written down at most so often: a write for each request would cost more than the pages do.
_COARSE_SECONDS = 30
MOST_WRONG = 5


def refuse_locked(request: HttpRequest, *, in_use: bool = True) -> None:
    """Raise SessionLocked when the session is locked or was left alone for too long; else note that it is in use.

    Not ``in_use``: a script asks by itself, which is no sign of anybody sitting there.
    """
    session = request.session
    now = clock.now().timestamp()
    idle = now - session.get(_SEEN, now)
    if session.get(_LOCKED):
        raise SessionLocked
    if idle >= settings.FIRSTLINE_LOCK_MINUTES * 60 and locks_itself(request):
        session[_LOCKED] = True
        raise SessionLocked
    if in_use and (idle >= _COARSE_SECONDS or _SEEN not in session):
        session[_SEEN] = now


def locks_at(request: HttpRequest) -> datetime | None:
    """When the session will lock itself unless somebody uses it before; None: never, or nobody knows when."""
    if not locks_itself(request) or (seen := request.session.get(_SEEN)) is None:
        return None
    return datetime.fromtimestamp(seen + settings.FIRSTLINE_LOCK_MINUTES * 60, UTC)


def locks_itself(request: HttpRequest) -> bool:
    """Whether this person sees residents: then an unattended screen is closed without being asked."""
    return actor_of(request).may(KNOW_RESIDENTS)


def lock(request: HttpRequest) -> None:
    """Lock the session now."""
    request.session[_LOCKED] = True


def unlock(request: HttpRequest, password: str) -> bool:
    """Whether this was the password; then the session is open. Raises LoginEnded after too many wrong ones.

    Only the person whose session it is: somebody else logs in, and sees nothing of the first one's page.
    """
    login = request.user
    if not isinstance(login, Login):
        raise LoginEnded
    if is_own_password(request, password):
        request.session.pop(_LOCKED, None)
        request.session[_SEEN] = clock.now().timestamp()
        record_event("accounts.unlock", login)
        return True
    return False


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Whether the password is that of whoever is logged in. Too many wrong ones end the session: LoginEnded."""
    login = request.user
    if isinstance(login, Login) and login.is_active and login.check_password(password):
        request.session.pop(_WRONG, None)
        return True
    record_failure(login.get_username())
    request.session[_WRONG] = request.session.get(_WRONG, 0) + 1
    if request.session[_WRONG] >= MOST_WRONG:
        logout(request)
        raise LoginEnded
    return False


def _begin(sender: object, request: HttpRequest | None, **_signal: object) -> None:
    if request is not None:
        request.session[_SEEN] = clock.now().timestamp()


def watch_logins() -> None:
    """Called in ``ready()``: a session's time begins with its login."""
    user_logged_in.connect(_begin, dispatch_uid="accounts.desk_lock")
