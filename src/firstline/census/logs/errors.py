"""What is refused about logs, each with a stable code and a sentence that says what to do next."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, explains


class NoLog(FirstlineError):
    """A file in which no column of results stands beside places and days."""

    code = "no_log"
    status = 422
    message = _(
        "No log can be seen in this file: it needs a column of results, one of days, and one of doors. Lists of owners"
        " are brought in under Lists."
    )


class LogUnreadable(FirstlineError):
    """A file that cannot be opened at all; ``reason`` says why, and what to do."""

    code = "log_unreadable"
    status = 422
    message = _("%(reason)s")


class LogUnfinished(Conflict):
    """Whoever stored the rows was interrupted."""

    code = "log_unfinished"
    message = _(
        "Not all rows of this log are stored yet. Bring the same file in once more: it goes on where it stopped."
    )


class LogDecided(Conflict):
    """The log was set aside or taken back, or counts already."""

    code = "log_decided"
    message = _("This log was decided already. Reload the page to see how it stands.")


class RowDecided(Conflict):
    """A row that does not wait for anybody any more."""

    code = "log_row_decided"
    message = _("Somebody put this row right already. Reload the page.")


explains("log_step_once", LogDecided())
explains("log_row_put_right_once", RowDecided())
