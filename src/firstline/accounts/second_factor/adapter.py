"""What allauth's second factor is told by us: how its secrets are sealed, and its words."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from firstline.kernel import crypto
from firstline.kernel.keys import organisation_key

_BOUND_TO = "mfa_authenticator"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets lie under the organisation's key: a stolen database makes no codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is wrong, or was used before. Wait for the next one on the phone, then type that. "
            "If none is taken, set the phone's clock."
        ),
    }

    def encrypt(self, text: str) -> str:
        envelope = crypto.seal(text.encode(), key_id=organisation_key(), row=_BOUND_TO)
        return base64.b64encode(envelope).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(base64.b64decode(encrypted_text), row=_BOUND_TO).decode()
