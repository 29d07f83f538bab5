"""What can be wrong about phones: their invitations, what they are given, and for how long."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class EnrolmentCodeWrong(FirstlineError):
    """Unknown, used or too old; said alike, so that a guess learns nothing."""

    code = "enrolment_code_wrong"
    status = 404
    message = _(
        "This code is not valid, or no longer. Ask your supervisor for a new one; each is good for ten minutes."
    )


class TooManyCodes(FirstlineError):
    """Wrong codes came too often, from wherever. A right one is taken all the same."""

    code = "too_many_codes"
    status = 429
    message = _("Too many wrong codes came in. Wait a minute, then scan the code once more.")


class StorageNotPersistent(FirstlineError):
    """The browser may clear what the phone holds, and the supervisor did not allow for that."""

    code = "storage_not_persistent"
    status = 422
    message = _(
        "This browser may clear what it keeps, so visits could be lost. Put the page on the home screen, "
        "or let your supervisor tick that it may be so. The code is still good."
    )


class NoRoleThere(FirstlineError):
    """A device is given no more than its person may: somebody without a role there gets none."""

    code = "device_no_role_there"
    status = 422
    message = _("%(name)s has no role at this place that a phone could be used for. Give the role first.")


class HatsMissing(FirstlineError):
    """A device is for something."""

    code = "device_hats_missing"
    status = 422
    message = _("Say what the phone is for: doors, duty, or both.")


class PersonNotYours(FirstlineError):
    """Nobody gives a phone to somebody whose roles are not theirs to give: it would act in that person's name."""

    code = "device_person_not_yours"
    status = 403
    message = _("You cannot give a phone to this person. Ask whoever gives them their role.")


class BorrowedTooLong(FirstlineError):
    """A phone that is lent out goes back at the end of a shift, and so does what it may."""

    code = "device_borrowed_too_long"
    status = 422
    message = _("A borrowed phone is given for one shift: until tonight, or for twelve hours.")


class EndsInThePast(FirstlineError):
    """A phone is given until some time to come."""

    code = "device_ends_in_the_past"
    status = 422
    message = _("That time is over already. Choose a later one.")


class LabelUnfit(FirstlineError):
    """The number on a phone is no place for a name: it is kept in clear."""

    code = "device_label_unfit"
    status = 422
    message = _("The number on the phone has at most 12 letters A to Z, digits or “-”.")


class DeviceOver(FirstlineError):
    """A revoked or wiped device is given nothing any more; what it holds can still be handed in."""

    code = "device_over"
    status = 409
    message = _("This phone was revoked or wiped. Enrol it anew if it is to be used again.")


class KeyUnfit(FirstlineError):
    """What a phone sent as its key is none, or another device's."""

    code = "device_key_unfit"
    status = 422
    message = _("This phone could not make its key. Close the page, open it again and scan the code once more.")
