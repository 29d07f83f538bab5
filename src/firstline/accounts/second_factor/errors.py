"""What can be wrong when somebody's second factor is taken away."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class ResetNotYours(FirstlineError):
    """Whoever could reset a second factor and knows the password would be that person: only who gives their roles."""

    code = "second_factor_not_yours"
    status = 403
    message = _(
        "You cannot reset this second factor: not all of this person's roles are yours to give, "
        "or it is your own. Ask another officer, or the operator at the server."
    )


class NothingSetUp(FirstlineError):
    """There is no second factor to take away."""

    code = "second_factor_missing"
    status = 409
    message = _("No second factor is set up for this person. They set one up at their next login.")
