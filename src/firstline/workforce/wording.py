"""How the ledger says what was done about duty."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.workforce.models import Step

wording.register(
    acts={
        "workforce.sign_in": _("signed in for duty"),
        "workforce.sign_out": _("signed out"),
        "workforce.sign_for": _("signed somebody in or out"),
    },
    fields={"step": _("What")},
    values={"step": dict(Step.choices)},
)
