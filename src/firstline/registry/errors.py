"""What can be wrong with a list, and the constraints that say so."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import FirstlineError, explains
from firstline.tables import TableError


class ListUnreadable(FirstlineError):
    """The file is no table, or the table is no list of doors; ``cause`` is the reader's own code."""

    code = "list_file_unreadable"
    status = 422
    message = _("%(problem)s")
    # What the reader said, for those who keep it and say it later.
    origin: TableError | None = None

    @classmethod
    def because(cls, problem: TableError) -> "ListUnreadable":
        """The reader's words in the language of whoever asked; the reader itself knows no language."""
        # What a file was found to be is a word of ours; a sheet's name is not.
        data = {name: gettext(str(value)) if name == "found" else value for name, value in problem.data.items()}
        error = cls(cause=problem.code, problem=gettext(problem.message) % data)
        error.origin = problem
        return error


class UploadTooLarge(FirstlineError):
    """More than is taken into memory; nothing of it was kept."""

    code = "upload_too_large"
    status = 413
    message = _(
        "The file is larger than %(limit)s MB, so it was not taken. "
        "Remove pictures from it or split it, for example one file a building."
    )


class UploadMissing(FirstlineError):
    """The form came without a file."""

    code = "upload_missing"
    status = 422
    message = _("Choose a file first, or paste the text of a chat: the list as it came, xlsx, xls, ods or csv.")


class NothingTyped(FirstlineError):
    """A grid was filed with nothing in it."""

    code = "nothing_typed"
    status = 422
    message = _("Nothing is typed yet. Fill in one line at least: the door, and who lives there.")


class ListsBusy(FirstlineError):
    """Another list is being taken apart in the same process; two at once could take all its memory."""

    code = "lists_busy"
    status = 503
    message = _("Another list is being read just now, so yours was not taken. Wait a moment, then send it once more.")


class CompoundUnclear(FirstlineError):
    """Neither the file's name nor its title names one compound."""

    code = "list_compound_unclear"
    status = 422
    message = _(
        "Neither the file's name nor its title says which compound it is. Choose the compound, then the file once more."
    )


class ListUnderWay(FirstlineError):
    """The list is being worked on in the background."""

    code = "list_under_way"
    status = 409
    message = _("This list is being worked on. Wait until that is done; you can do something else meanwhile.")


class ListUnfinished(FirstlineError):
    """Some rows are not stored yet, so the list cannot count."""

    code = "list_unfinished"
    status = 409
    message = _("Reading this list in was interrupted. Press “Finish reading”, then accept it.")


class ListDecided(FirstlineError):
    """Somebody has accepted or discarded the list meanwhile."""

    code = "list_decided"
    status = 409
    message = _("This list has been accepted or discarded already. Open the lists to see by whom.")


class ListNotAccepted(FirstlineError):
    """Only what counts can be taken back."""

    code = "list_not_accepted"
    status = 409
    message = _("This list does not count, so there is nothing to take back. Open the lists to see what became of it.")


class ListUndone(FirstlineError):
    """The list was discarded or taken back, so its rows are settled."""

    code = "list_undone"
    status = 409
    message = _(
        "This list was discarded or taken back, so its rows stay as they are. Bring it in again if it is needed."
    )


class RowSettled(FirstlineError):
    """Somebody has put the row right meanwhile."""

    code = "row_settled"
    status = 409
    message = _(
        "One of these rows has been put right already. Look at the list again; take that back first to change it."
    )


class ReadingChanged(FirstlineError):
    """The program reads this file differently than when its rows began to be stored."""

    code = "list_reading_changed"
    status = 409
    message = _(
        "The program has been updated since this list began to be read, and reads it differently now. "
        "Discard it and bring in the same file again; nothing of it counts yet."
    )


explains("registry_filedecision_source_file_id_key", ListDecided())
explains("registry_filevoid_source_file_id_key", ListNotAccepted())
explains("row_put_right_once", RowSettled())
