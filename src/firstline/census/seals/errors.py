"""What is refused about seals."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, explains


class SealNumberInvalid(FirstlineError):
    """A seal without a number, or with one that is none."""

    code = "seal_number_invalid"
    status = 422
    message = _("Type the number printed on the seal: letters and digits, %(most)s at most.")


class SealNumberTaken(Conflict):
    """Two doors with one number: a broken seal would say nothing."""

    code = "seal_number_taken"
    message = _("A seal of this number is on another door. Look at the number again, or take the next seal.")


class DoorNotEmpty(Conflict):
    """A seal goes only on a door that nobody is known to live behind."""

    code = "door_not_empty"
    message = _("Somebody is registered here, so no seal is put on this door. Knock instead.")


explains("seal_number_once_a_campaign", SealNumberTaken())
