"""The one field of the page after the password: a code from the phone, or one of the printed ones."""

from collections.abc import Callable
from typing import cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from firstline.accounts.models import Login
from firstline.accounts.second_factor.codes import spend


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """allauth's form, but a code is taken once for as long as it counts."""

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        self.authenticator = taken(self.user, code)
        if self.authenticator is None:
            phone = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).get()
            self._emit_authentication_failed(phone)
            raise get_adapter().validation_error("incorrect_code")
        return code


def taken(login: Login, code: str) -> Authenticator | None:
    """The authenticator that takes this code, which is spent thereby; None: it is wrong, or was used.

    Raises ValidationError after five wrong ones in five minutes, whatever is typed then.
    """
    forget_wrong_ones = count_attempt(login)
    # The phone first: its codes are tried by one statement, printed ones one by one.
    for authenticator in Authenticator.objects.filter(user=login).order_by("-type"):
        on_phone = authenticator.type == Authenticator.Type.TOTP
        if spend(authenticator, code) if on_phone else authenticator.wrap().validate_code(code):
            forget_wrong_ones()
            return authenticator
    return None


def count_attempt(login: Login) -> Callable[[], None]:
    """Count one attempt; what is given back forgets them all. Raises ValidationError at the sixth in five minutes."""
    try:
        return cast("Callable[[], None]", check_rate_limit(login))
    except ValidationError as problem:
        raise ValidationError(_("Too many wrong codes. Wait five minutes, then type the newest one.")) from problem
