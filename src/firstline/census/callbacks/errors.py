"""What is refused about calls, each with a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError


class CallRefused(FirstlineError):
    """Something about a call that cannot be written down as it was given."""

    code = "call_refused"
    status = 422
    message = _("This call cannot be written down as it stands. Check it and try again.")


class CallNumberUnreadable(CallRefused):
    """What stands in the field of the number is no telephone number."""

    code = "call_number_unreadable"
    message = _("“%(number)s” is no telephone number. Paste it once more, or leave the field empty if it was hidden.")


class HolderUnknown(CallRefused):
    """The phone can be handed only to somebody who may take calls for the whole community."""

    code = "holder_unknown"
    message = _("This person cannot take calls for the whole community. Choose somebody from the list.")


class CallEnded(Conflict):
    """Nothing is left to do about this call."""

    code = "call_ended"
    message = _("Nothing is left to do about this call; somebody else was faster. Nothing was changed.")


class CallStepTakenBack(Conflict):
    """What was done about a call was taken back before."""

    code = "call_step_taken_back"
    message = _("This was already taken back; nothing more needs to be done.")


class CallStepNotYours(CallRefused):
    """Only who recorded it, or the director, takes it back."""

    code = "call_step_not_yours"
    status = 403
    message = _("Only the person who recorded this, or the director, can take it back. Ask one of them.")
