"""What is refused about windows counted at night."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, explains


class LitCountInvalid(FirstlineError):
    """A count that no building has, or doors that are none of its."""

    code = "lit_count_invalid"
    status = 422
    message = _("Count the lit windows of each stairwell: a number from 0 to %(most)s.")


class LitCountIdTaken(Conflict):
    """The same id came with another count."""

    code = "lit_count_id_taken"
    message = _("This page was already used to record something else. Open the building again, then count.")


explains("census_litcount_pkey", LitCountIdTaken())
