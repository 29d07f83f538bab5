"""Any spreadsheet or text into a grid of cells with what is known of them. Pure: no Django, no knowledge of doors.

`read` takes a path or the bytes; what counts is the content, never the name. Bounded in size, rows, columns and memory
(`Limits`); everything refused is a `TableError` with a stable code and a sentence that says what to do.
"""

from __future__ import annotations

from pathlib import Path

from .collecting import without_collecting
from .content import Content, content_of
from .errors import EmptyFile, FileTooLarge, FormatNotRead, TableError
from .grid import EMPTY, Area, Cell, Kind, Sheet
from .length import longer_than
from .limits import DEFAULT, MEGABYTE, Limits
from .ods import read_ods
from .office_xml import read_office_xml
from .text import decode, read_text
from .web_page import read_web_page
from .workbook import read_workbook
from .xls import read_xls

__all__ = ["DEFAULT", "EMPTY", "Area", "Cell", "Kind", "Limits", "Sheet", "TableError", "longer_than", "read"]

_PAGES = ("<html", "<!doctype html", "<head", "<meta")


def read(source: Path | str | bytes, *, limits: Limits = DEFAULT) -> list[Sheet]:
    """All sheets in the order of the file, empty ones included; at least one has something in it."""
    data = source if isinstance(source, bytes) else _bytes(Path(source), limits)
    if len(data) > limits.bytes:
        raise _too_large(len(data), limits)
    with without_collecting():
        sheets = _sheets(data, limits)
    if all(sheet.empty for sheet in sheets):
        raise EmptyFile
    return sheets


def _sheets(data: bytes, limits: Limits) -> list[Sheet]:
    match content_of(data):
        case Content.WORKBOOK:
            return read_workbook(data, limits)
        case Content.OPEN_DOCUMENT:
            return read_ods(data, limits)
        case Content.BINARY:
            return read_xls(data, limits)
        case Content.TEXT:
            return _of_text(*decode(data), limits)


def _of_text(text: str, encoding: str, limits: Limits) -> list[Sheet]:
    head = text[:4096].lstrip().lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and head.startswith("<?xml"):
        return read_office_xml(text, limits)
    if "<table" in head or head.startswith(_PAGES):
        return [read_web_page(text, encoding, limits)]
    if head.startswith("<?xml"):
        raise FormatNotRead(found="xml")
    return [read_text(text, encoding, limits)]


def _bytes(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        data = file.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise _too_large(path.stat().st_size, limits)
    return data


def _too_large(size: int, limits: Limits) -> FileTooLarge:
    return FileTooLarge(megabytes=-(-size // MEGABYTE), limit=limits.bytes // MEGABYTE)
