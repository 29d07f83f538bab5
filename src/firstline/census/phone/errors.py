"""What the call sheet refuses."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict


class CallTaken(Conflict):
    """Somebody else has the household before them at this moment."""

    code = "call_taken"
    message = _("Somebody else is calling there now. Take the next one.")
