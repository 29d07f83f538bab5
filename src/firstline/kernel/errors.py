"""The one family of errors: a stable code, an HTTP status, named data, and a sentence that says what to do.

Codes are a contract with the field client and other programs: ``contracts/error-codes.json`` lists them.
"""

from typing import Any, ClassVar

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from psycopg.errors import DiskFull


class FirstlineError(Exception):
    """Something a person can be told. Subclasses give ``code``, ``status`` and ``message``.

    ``message`` may name its data as ``%(name)s``; it is translated when it is shown, not when it is raised.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    message: ClassVar[str | Promise] = _("Something went wrong. Nothing was changed; please try again.")

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.code, data)

    def __str__(self) -> str:
        return str(self.message) % self.data if self.data else str(self.message)


class NotFound(FirstlineError):
    """No such row, or not in the asker's area: the answer is the same, so an address tells nothing."""

    code = "not_found"
    status = 404
    message = _("There is nothing here, or it is not in your area. Go back, or search by door or name.")


class Forbidden(FirstlineError):
    """The person has no grant for this act anywhere, or not at this place."""

    code = "forbidden"
    status = 403
    message = _("Your role does not include this. Ask your director if you need it.")


class LoginEnded(FirstlineError):
    """Nobody is logged in any more, in the middle of a page."""

    code = "login_ended"
    status = 403
    message = _("Your login has ended, so nothing was recorded. Log in in another window; what you typed stays here.")


class SessionLocked(FirstlineError):
    """Nobody touched the page for a while, or somebody locked it: the password is asked for again."""

    code = "session_locked"
    status = 423
    message = _("This page is locked. Type your password to go on; what you typed stays here.")


class SecondFactorDue(FirstlineError):
    """Whoever sees more than one community gives a code from their phone; this session did not."""

    code = "second_factor_due"
    status = 403
    message = _(
        "Nothing was recorded: your role needs a code from your phone besides the password. "
        "Open the first page; it leads there."
    )


class PageTooOld(FirstlineError):
    """The form's token is not of this login: somebody logged in since the page was loaded, or another site sent it."""

    code = "page_too_old"
    status = 403
    message = _(
        "This page was older than your login, so nothing was recorded. See who is logged in, then send it again."
    )


class Invalid(FirstlineError):
    """What was typed cannot be taken; ``field`` names where, ``problem`` says what to change."""

    code = "invalid"
    status = 422
    message = _("%(problem)s")


class Conflict(FirstlineError):
    """Somebody else changed this meanwhile."""

    code = "conflict"
    status = 409
    message = _("Somebody changed this a moment ago. Look at it again, then repeat what you wanted to do.")


class KeyMissing(FirstlineError):
    """A data key is not in the key folder: nothing sealed under it can be read, and nothing is guessed."""

    code = "key_missing"
    status = 503
    message = _(
        "A key file is missing (%(key)s), so sealed data cannot be opened. Nothing is lost: "
        "ask the operator to put the key back from the key backup, then start again."
    )


class KeyDestroyed(FirstlineError):
    """The key was destroyed on purpose, by two people: what it sealed is gone for good. ``date`` is ISO 8601."""

    code = "key_destroyed"
    status = 410
    message = _(
        "This cannot be read any more: its key was destroyed on %(date)s, when the time for keeping it was over. "
        "Nothing has to be done; the ledger says who decided it."
    )

    @property
    def instead(self) -> str:
        """What stands where a name, a note or a number stood."""
        return gettext("destroyed on %(date)s") % self.data


class KeyDiffers(FirstlineError):
    """Two different keys bear one name: one of them belongs to other data."""

    code = "key_differs"
    status = 409
    message = _(
        "Another key stands under the name %(key)s already. These keys belong to other data; nothing was changed."
    )


class SealBroken(FirstlineError):
    """A sealed row does not open under its key: it was altered, or moved to another row."""

    code = "seal_broken"
    status = 500
    message = _("A sealed record does not open; it may have been altered. Tell the operator its number: %(row)s.")


class DatabaseGone(FirstlineError):
    """The database does not answer."""

    code = "database_gone"
    status = 503
    message = _("The database does not answer. What was recorded is safe; wait a minute and try again.")


class StorageFull(FirstlineError):
    """The database's disk is full: what was under way was undone, what was stored before stands."""

    code = "storage_full"
    status = 507
    message = _(
        "The disk of the server is full, so this was not stored. What was stored before is safe. "
        "Ask the operator to make room, then do it once more."
    )


class FontMissing(FirstlineError):
    """The Chinese font is not installed on the server: a sheet would show boxes instead of characters."""

    code = "font_missing"
    status = 503
    message = _(
        "The server has no font “%(font)s”, so nothing can be printed. Ask the operator to install it "
        "(Debian: apt install fonts-noto-cjk), then try again. Nothing is lost."
    )


class WorkGivenUp(FirstlineError):
    """Work in the background failed, or was killed, as often as it is tried."""

    code = "work_given_up"
    status = 500
    message = _(
        "This was tried several times and did not work. Nothing of it counts, and nothing else was changed. "
        "Tell the operator, then try once more."
    )


def by_code(code: str) -> type[FirstlineError]:
    """The error of a code that was kept; the root of all for one that is no more."""
    found = [FirstlineError]
    for error in found:
        if error.code == code:
            return error
        found += error.__subclasses__()
    return FirstlineError


def is_disk_full(problem: Exception) -> bool:
    """Whether the database could not write because there is no room, on its disk or for a temporary file."""
    return isinstance(problem.__cause__, DiskFull)


# Constraint name -> the error a person is told. Filled by each app's errors.py through `explains`.
_BY_CONSTRAINT: dict[str, FirstlineError] = {}


def explains(constraint: str, error: FirstlineError) -> None:
    """Say which error stands for a violated database constraint; the one table of design.md."""
    _BY_CONSTRAINT[constraint] = error


def from_integrity(problem: IntegrityError) -> FirstlineError | None:
    """The error for a violated named constraint, or None when nobody has explained that constraint."""
    diagnosis = getattr(problem.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return _BY_CONSTRAINT.get(name) if name else None
