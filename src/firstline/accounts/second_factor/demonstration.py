"""The demonstration's people have a key that everybody knows, and the page of codes shows the present code.

Both need the folder that only a demonstration has, and the code is shown for that one key alone: of a key made by
somebody's own phone the server never shows anything.
"""

from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings

from firstline.accounts.models import Login
from firstline.accounts.second_factor.codes import next_code
from firstline.accounts.second_factor.setting_up import phone_of, set_up

SECRET = "FIRSTLINEDEMONSTRATION2A2AABCDEF"  # noqa: S105  # no secret: it is written here


def is_demonstration() -> bool:
    """Whether this installation holds invented people only."""
    return Path(settings.FIRSTLINE_DEMONSTRATION).exists()


def set_up_known(login: Login) -> Authenticator:
    """Give somebody of the demonstration the key that everybody knows. RuntimeError anywhere else."""
    if not is_demonstration():
        raise RuntimeError("a known second factor is for demonstrations only")
    return set_up(login, SECRET)


def code_to_show(login: Login) -> str:
    """The code that would be taken now, where the key is the known one in a demonstration; else nothing."""
    if not is_demonstration() or (phone := phone_of(login)) is None or decrypt(phone.data["secret"]) != SECRET:
        return ""
    return next_code(phone)
