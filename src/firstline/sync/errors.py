"""What a device can be told about its request as a whole."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError


class DeviceUnknown(FirstlineError):
    """No such device, or a signature that is not its own; said alike. The device keeps its queue."""

    code = "device_unknown"
    status = 401
    message = _("This phone is not known here. What it holds stays on it; let your supervisor enrol it again.")


class ClockDiffers(FirstlineError):
    """The moment a request says it was sent is more than ten minutes off. ``server_time`` is in milliseconds."""

    code = "clock_differs"
    status = 401
    message = _("The clock of this phone differs. It is measured anew and sent again by itself.")


class DeviceRevoked(FirstlineError):
    """The device was revoked: it may hand in what it holds, and is given nothing."""

    code = "device_revoked"
    status = 403
    message = _("This phone was revoked. What it holds is still taken; ask your supervisor.")


class GrantsEnded(FirstlineError):
    """Nothing that the device was given is in force any more, or its person has no role there."""

    code = "grant_ended"
    status = 403
    message = _("The time this phone was given for is over. What it holds is still taken; ask your supervisor.")


class HatMissing(FirstlineError):
    """The device is not for what it asks."""

    code = "hat_missing"
    status = 403
    message = _("This phone was not given for that. Ask your supervisor.")


class TooLarge(FirstlineError):
    """A request is larger, deeper or longer than any client needs to send."""

    code = "too_large"
    status = 413
    message = _("This is too much at once. Nothing of it was taken; send it in smaller parts.")


class ClientTooOld(FirstlineError):
    """The server reads this protocol no longer to clients; it still takes their commands. ``least`` is a version."""

    code = "client_too_old"
    status = 426
    message = _("This phone's page is too old. What it holds is still taken; open it once with a network to renew it.")


class CommandInvalid(FirstlineError):
    """A command whose body is not what its kind says."""

    code = "command_invalid"
    status = 422
    message = _("This record is damaged and cannot be carried out as it is. It is kept.")


class CommandUnknown(FirstlineError):
    """A kind or version of command that this server does not know: from a newer client, so somebody meant something."""

    code = "command_unknown"
    status = 422
    message = _("The server does not know yet what this is. It is kept until somebody decides.")


class CommandFailed(FirstlineError):
    """A fault of ours while one command was carried out: kept, so that nothing behind it is held up."""

    code = "command_failed"
    status = 422
    message = _("Something went wrong with this one. It is kept; your supervisor can try it again.")


class PredecessorMissing(FirstlineError):
    """What this command builds upon has not come yet."""

    code = "predecessor_missing"
    status = 409
    message = _("Something that belongs before it has not arrived yet. It is kept, and done when that comes.")


class SetAside(FirstlineError):
    """A supervisor decided that a command is not to be carried out."""

    code = "set_aside"
    status = 409
    message = _("Your supervisor set this aside.")


class ParcelBroken(FirstlineError):
    """A parcel that was altered, cut short, or sealed for another server."""

    code = "parcel_broken"
    status = 422
    message = _("This parcel is damaged, or meant for another server. Hand it over once more.")


class DecidedAlready(Conflict):
    """Somebody decided about this already, or it was carried out by itself."""

    code = "decided_already"
    message = _("This was decided already. Nothing was changed.")


class ReasonMissing(FirstlineError):
    """Setting something aside without saying why."""

    code = "reason_missing"
    status = 422
    message = _("Say in a few words why this is set aside.")
