"""Why a list could not be read at all, though it is a table: code, named data, and what to do about it."""

from __future__ import annotations

from .codes import gettext_noop


class ReadingError(Exception):
    """Root of what `read_list` raises on purpose. `message` has %(name)s for each item of `data`."""

    code = "list_unreadable"
    message = gettext_noop("The list could not be read.")

    def __init__(self, **data: str | int) -> None:
        self.data = data
        super().__init__(self.message % data)


class NoHeader(ReadingError):
    code = "list_no_header"
    message = gettext_noop(
        "No row with headings was found. Put one row above the list that names its columns, "
        "for example: door, name, phone (门牌, 姓名, 电话)."
    )


class NoDoorColumn(ReadingError):
    code = "list_no_door_column"
    message = gettext_noop(
        "Row %(row)s has headings (%(headers)s), but none of them names the door. "
        "Name the column with the doors 门牌, or the columns 楼号, 单元 and 房号."
    )


class BlocksSideBySide(ReadingError):
    code = "list_side_by_side"
    message = gettext_noop(
        "Row %(row)s has the same headings twice (“%(header)s” in columns %(first)s and %(second)s): "
        "two lists stand side by side. "
        "Move the right one below the left one, under the same headings, and send the file again."
    )


class SheetPerBuilding(ReadingError):
    code = "list_several_sheets"
    message = gettext_noop(
        "%(count)s sheets hold a list (%(sheets)s). One sheet is read at a time: "
        "save each as a file of its own, or put the rows one below the other on one sheet."
    )


ALL: tuple[type[ReadingError], ...] = (NoHeader, NoDoorColumn, BlocksSideBySide, SheetPerBuilding)
