"""What choosing channels refuses."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class ChannelsUnknown(FirstlineError):
    """A channel that is none of those a compound is worked through, or one of them twice."""

    code = "channels_unknown"
    status = 422
    message = _("Choose each channel once, from those offered.")
