"""Why a file could not be read as a table: stable code, named data, a sentence that says what to do.

Pure classes without any web framework; the app maps `code` to a status and translates `message`.
"""


def gettext_noop(text: str) -> str:
    """Marks a source string for the translation catalogue; whoever shows it translates it."""
    return text


class TableError(Exception):
    """Root of everything `tables.read` raises on purpose. `message` has %(name)s for each item of `data`."""

    code = "table_unreadable"
    message = gettext_noop("The file could not be read as a table.")

    def __init__(self, **data: str | int) -> None:
        self.data = data
        super().__init__(self.message % data)


class EmptyFile(TableError):
    code = "table_empty"
    message = gettext_noop(
        "The file is empty. Check that the right file was chosen and that it was saved before sending."
    )


class FileTooLarge(TableError):
    code = "table_too_large"
    message = gettext_noop(
        "The file has %(megabytes)s MB; up to %(limit)s MB can be read. "
        "Remove pictures from it or split it, for example one file a building."
    )


class TooManyRows(TableError):
    code = "table_too_many_rows"
    message = gettext_noop(
        "Sheet “%(sheet)s” has %(rows)s rows; up to %(limit)s can be read. "
        "Split the list, or delete what stands far below its last row."
    )


class TooManyColumns(TableError):
    code = "table_too_many_columns"
    message = gettext_noop(
        "Sheet “%(sheet)s” reaches to column %(columns)s; up to %(limit)s can be read. "
        "Delete what stands far to the right of the list, then save again."
    )


class TooManyCells(TableError):
    code = "table_too_many_cells"
    message = gettext_noop(
        "The file unfolds to more than can be read at once (%(sheet)s). "
        "Delete what stands far below or beside the list, or split the list."
    )


class ArchiveBomb(TableError):
    code = "table_unpacks_too_large"
    message = gettext_noop(
        "Unpacked, the file would have more than %(limit)s MB. That is no list of doors. "
        "Copy the list alone into a new workbook and save that."
    )


class TooHeavy(TableError):
    code = "table_too_heavy"
    message = gettext_noop(
        "Reading this file takes more time or memory than any list of doors needs. "
        "Copy the list alone into a new workbook and save that."
    )


class PasswordProtected(TableError):
    code = "table_password"
    message = gettext_noop(
        "The file is protected by a password. "
        "Open it in the spreadsheet program, remove the password, save, and send it again."
    )


class Damaged(TableError):
    code = "table_damaged"
    message = gettext_noop(
        "The file is damaged or was cut off on its way. "
        "Ask for it again, or open it in the spreadsheet program and save it as xlsx."
    )


class NotATable(TableError):
    code = "table_not_a_table"
    message = gettext_noop(
        "This is not a spreadsheet but %(found)s, whatever its name says. Send the list as xlsx or csv."
    )


class FormatNotRead(TableError):
    code = "table_format_not_read"
    message = gettext_noop(
        "Files of the kind %(found)s are not read yet. Open the file in the spreadsheet program and save it as xlsx."
    )


class UnknownEncoding(TableError):
    code = "table_unknown_encoding"
    message = gettext_noop(
        "The text is in no encoding we know (UTF-8, UTF-16, GB18030). Save it as “CSV UTF-8” or as xlsx."
    )


ALL: tuple[type[TableError], ...] = (
    EmptyFile,
    FileTooLarge,
    TooManyRows,
    TooManyColumns,
    TooManyCells,
    ArchiveBomb,
    TooHeavy,
    PasswordProtected,
    Damaged,
    NotATable,
    FormatNotRead,
    UnknownEncoding,
)
