"""What can be wrong when a copy of the ledger is taken."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError


class CopyTooLong(FirstlineError):
    """More than anybody reads; asked for by mistake."""

    code = "copy_too_long"
    status = 422
    message = _("%(entries)d entries are chosen; a copy holds %(most)d at most. Choose fewer days or one place.")


class NoCopy(FirstlineError):
    """A file in which nothing points to a copy that was taken here."""

    code = "no_copy_of_ours"
    status = 404
    message = _(
        "No copy taken here fits this file: it names none, and of its %(rows)d rows of a ledger too few bear a mark. "
        "Two dozen rows with their moments are needed."
    )
