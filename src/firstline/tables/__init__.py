"""Any spreadsheet or text into a grid of cells with what is known of them. Pure: no Django, no knowledge of doors.

`read` takes a path or the bytes; what counts is the content, never the name. Bounded in size, rows, columns and memory
(`Limits`); everything refused is a `TableError` with a stable code and a sentence that says what to do.
"""

from __future__ import annotations

from pathlib import Path

from .content import Content, content_of
from .errors import EmptyFile, FileTooLarge, TableError
from .grid import EMPTY, Area, Cell, Kind, Sheet
from .length import longer_than
from .limits import DEFAULT, MEGABYTE, Limits
from .text import read_text
from .workbook import read_workbook

__all__ = ["EMPTY", "Area", "Cell", "Kind", "Limits", "Sheet", "TableError", "longer_than", "read"]


def read(source: Path | str | bytes, *, limits: Limits = DEFAULT) -> list[Sheet]:
    """All sheets in the order of the file, empty ones included; at least one has something in it."""
    data = source if isinstance(source, bytes) else _bytes(Path(source), limits)
    if len(data) > limits.bytes:
        raise _too_large(len(data), limits)
    match content_of(data):
        case Content.WORKBOOK:
            sheets = read_workbook(data, limits)
        case Content.TEXT:
            sheets = [read_text(data, limits)]
    if all(sheet.empty for sheet in sheets):
        raise EmptyFile
    return sheets


def _bytes(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        data = file.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise _too_large(path.stat().st_size, limits)
    return data


def _too_large(size: int, limits: Limits) -> FileTooLarge:
    return FileTooLarge(megabytes=-(-size // MEGABYTE), limit=limits.bytes // MEGABYTE)
