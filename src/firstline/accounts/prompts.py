"""Asking for a password at the console: without showing it, and twice."""

import getpass

from django.utils.translation import gettext as _

from firstline.accounts.errors import PasswordRefused


def new_password() -> str:
    """What was typed both times. Raises PasswordRefused when the two differ."""
    password = getpass.getpass(_("Password: "))
    if password != getpass.getpass(_("Password again: ")):
        raise PasswordRefused(problem=_("The two passwords differ. Nothing was changed."))
    return password
