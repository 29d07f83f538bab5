"""What people are told about messages and robots."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class RobotAddressRefused(FirstlineError):
    """A robot's address is not https, or its host is not on the list."""

    code = "robot_address_refused"
    status = 422
    message = _(
        "This address is not one of the chat's own. Copy it again from the group's settings; it begins with https://. "
        "Another program's host must first be put on the list by the operator."
    )
