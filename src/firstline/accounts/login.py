"""How people log in: allauth, narrowed to a login name and a password, with every login and failure on record."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of_person, login_with_grants, names_of
from firstline.kernel import clock, crypto, ports
from firstline.kernel.actors import Actor
from firstline.kernel.keys import organisation_key
from firstline.places.selectors import county_paths

# Somebody who is not logged in; stands in the ledger where an actor would.
NOBODY = Actor(uuid.UUID(int=0), "nobody")


class LoginBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Checks names and passwords as allauth does, and knows a session's login together with its grants."""

    def get_user(self, user_id: uuid.UUID) -> Login | None:
        login = login_with_grants(user_id)
        return login if login is not None and self.user_can_authenticate(login) else None


class LoginAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up: a login is made for a person by somebody who may. There is no e-mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Login name or password is wrong. Check both, then try again."),
        "incorrect_password": _("This is not your present password. Type it again."),
        "enter_current_password": _("This is not your present password. Type it again."),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, then try again. "
            "If you have forgotten the password, ask whoever gave you the login."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        # Only addresses within this site: what stands behind ?next= may have been written by anybody.
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        # To the first page, which says that it is changed; not to the same three empty fields again.
        return str(self.get_login_redirect_url(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Login | None:
        login: Login | None = super().authenticate(request, **credentials)
        if login is not None and not login.is_active:
            # Told apart from a wrong password, a closed login would be a known one.
            self.authentication_failed(request, **credentials)
            return None
        return login

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record_failure(str(credentials.get("username", "")))

    def login(self, request: HttpRequest, user: Login) -> None:
        before = user.last_login
        super().login(request, user)
        if user.factor_reset_at is not None and (before is None or before < user.factor_reset_at):
            messages.warning(request, _told_of_reset(user))

    def post_login(self, request: HttpRequest, user: Login, **kwargs: Any) -> HttpResponse:
        record_event("accounts.log_in", user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def set_password(self, user: Login, password: str) -> None:
        super().set_password(user, password)
        record_event("accounts.change_password", user)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **more: Any
    ) -> None:
        # Of allauth's messages one tells people something they do not see for themselves.
        if message_template == "account/messages/password_changed.txt":
            messages.success(
                request, _("The password is changed. Wherever else you were logged in, you no longer are.")
            )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth keeps a plain hash of what was typed as name; people type passwords there too.
        typed = str(credentials.get("username", "")).strip().lower()
        return salted_hmac("firstline.login_attempts", typed, algorithm="sha256").hexdigest()


def record_event(action: str, login: Login) -> None:
    """Put an event of somebody's own login on record."""
    person = login.person
    entry = ports.Entry(
        action=action,
        actor=actor_of_person(person.pk),
        path=person.home_path,
        subject=ports.Subject(Login._meta.label_lower, login.pk),
        before=None,
        after=None,
        key_id=None,
        look=False,
        at=clock.now(),
    )
    ports.write_ledger([entry])


def _told_of_reset(login: Login) -> str:
    by, at = login.factor_reset_by_id, login.factor_reset_at
    said = {
        "who": names_of([by]).get(by, "") if by else "",
        "when": date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else "",
    }
    return (
        gettext(
            "%(who)s reset your second factor on %(when)s. "
            "If you did not ask for that, ring them now, and tell the level above."
        )
        % said
    )


def record_failure(typed: str) -> None:
    """Put a failed login on record without what was typed: it may be a password in the wrong field.

    A keyed token of it stands there instead, so that many failures at one name can be told from failures at many.
    For a known name the entry lies where its person belongs; for one that nobody has, at every county of this
    installation: whoever tries names tries them on all of them.
    """
    name = typed.strip().lower()
    subject = ports.Subject(
        Login._meta.label_lower, uuid.UUID(bytes=crypto.token("login", name, key_id=organisation_key()))
    )
    known = Login.objects.filter(username=name).values_list("person__home_path", flat=True).first()
    ports.write_ledger([_failure(subject, path) for path in ([known] if known else county_paths() or [""])])


def record_wrong_code(login: Login) -> None:
    """Put a wrong second factor on record, of somebody who knew the password of ``login``."""
    subject = ports.Subject(Login._meta.label_lower, login.pk)
    ports.write_ledger([_failure(subject, login.person.home_path, action="accounts.fail_second_factor")])


def _failure(subject: ports.Subject, path: str, *, action: str = "accounts.fail_to_log_in") -> ports.Entry:
    return ports.Entry(
        action=action,
        actor=NOBODY,
        path=path,
        subject=subject,
        before=None,
        after=None,
        key_id=None,
        look=False,
        at=clock.now(),
    )
