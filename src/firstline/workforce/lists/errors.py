"""What can be wrong about lists of people."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains


class ListUnread(FirstlineError):
    """Nothing in the file reads like a list of people; ``name`` is the file's."""

    code = "people_list_unread"
    status = 422
    message = _("%(name)s is no table of people. It needs rows with names, phones and posts or places in columns.")


class ColumnsMissing(FirstlineError):
    """A list of people has names, and something they are named for."""

    code = "people_list_columns_missing"
    status = 422
    message = _("Say what the sheet is a list of, and in which column the names are.")


class ListFileRefused(FirstlineError):
    """The file is no table; ``problem`` says why."""

    code = "people_list_refused"
    status = 422
    message = _("%(problem)s")


class ListMissing(FirstlineError):
    """Neither a file nor pasted text."""

    code = "people_list_missing"
    status = 422
    message = _("Choose a file, or paste the list.")


class PeopleListOver(FirstlineError):
    """A list that was taken back or set aside is accepted anew first."""

    code = "people_list_over"
    status = 409
    message = _("Somebody has decided on this list meanwhile. Look at it again.")


class NothingReady(FirstlineError):
    """Every row waits for an answer, or is in already."""

    code = "people_list_nothing_ready"
    status = 422
    message = _("No row is ready. Answer what is asked below, then bring the list in.")


class MovedAlready(FirstlineError):
    """Somebody else moved them, or they left the team."""

    code = "team_member_moved"
    status = 409
    message = _("They are in another team already. Look at it again.")


explains("once_in_a_team", MovedAlready())
