"""What a file really is, by its bytes. A name says nothing: pictures are renamed, web pages are called .xls."""

from __future__ import annotations

import enum
import io
import zipfile

from .errors import Damaged, EmptyFile, FormatNotRead, NotATable, PasswordProtected, TableError, gettext_noop


class Content(enum.StrEnum):
    WORKBOOK = "workbook"  # xlsx, xlsm
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PICTURE = gettext_noop("a picture")
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"%PDF", gettext_noop("a PDF document")),
    (b"{\\rtf", gettext_noop("a text document")),
    (b"Rar!", gettext_noop("a packed archive")),
    (b"7z\xbc\xaf", gettext_noop("a packed archive")),
    (b"\x1f\x8b", gettext_noop("a packed archive")),
    (b"MZ", gettext_noop("a program")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"SQLite format 3", gettext_noop("a database")),
)


def content_of(data: bytes) -> Content:
    """Raises the typed error of everything that is no xlsx and no text."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile
    if data.startswith(b"PK"):
        _check_package(data)
        return Content.WORKBOOK
    if data.startswith(_OLE):
        raise _of_container(data)
    _refuse_foreign(data)
    return Content.TEXT


def _of_container(data: bytes) -> TableError:
    # An encrypted xlsx is an OLE container with a stream of this name (ECMA-376 part 2, [MS-OFFCRYPTO]).
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PasswordProtected()
    if "WordDocument".encode("utf-16-le") in data:
        return NotATable(found=gettext_noop("a text document"))
    return FormatNotRead(found="xls")


def _refuse_foreign(data: bytes) -> None:
    for magic, found in _FOREIGN:
        if data.startswith(magic):
            raise NotATable(found=found)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp" or (data[:2] == b"BM" and b"\x00" in data[:32]):
        raise NotATable(found=_PICTURE)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")) or b"<table" in head:
        raise FormatNotRead(found="html")
    if head.startswith(b"<?xml"):
        raise FormatNotRead(found="xml")


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            encrypted = any(entry.flag_bits & 0x1 for entry in package.infolist())
            kind = (
                package.read("mimetype")[:100]
                if "mimetype" in names and package.getinfo("mimetype").file_size < 100
                else b""
            )
    except Exception as problem:
        raise Damaged from problem
    if encrypted:
        raise PasswordProtected
    if b"opendocument.spreadsheet" in kind:
        raise FormatNotRead(found="ods")
    if "xl/workbook.bin" in names:
        raise FormatNotRead(found="xlsb")
    if any(name.startswith("word/") for name in names) or b"opendocument" in kind:
        raise NotATable(found=gettext_noop("a text document"))
    if any(name.startswith("ppt/") for name in names):
        raise NotATable(found=gettext_noop("a presentation"))
    if not any(name.startswith("xl/") for name in names):
        raise NotATable(found=gettext_noop("a packed archive"))
