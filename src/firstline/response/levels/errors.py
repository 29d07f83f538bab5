"""What can be wrong about levels."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class LevelNotOther(FirstlineError):
    """Raised is to a graver level, lowered to a lighter one."""

    code = "level_not_other"
    status = 422
    message = _("At that moment “%(level)s” holds. Raise to a graver level, or lower to a lighter one.")


class LevelOutsideEmergency(FirstlineError):
    """An emergency has levels from its declaration to its end."""

    code = "level_outside_emergency"
    status = 422
    message = _("At that moment the emergency had not begun, or was over. Check the day and the hour.")


class LevelHolds(FirstlineError):
    """A change that was in force is not undone: what people did under it happened."""

    code = "level_holds"
    status = 409
    message = _("This change holds already and cannot be taken back. Raise or lower the level once more instead.")
