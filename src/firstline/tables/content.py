"""What a file really is, by its bytes. A name says nothing: pictures are renamed, web pages are called .xls."""

from __future__ import annotations

import enum
import io
import zipfile

from .errors import Damaged, EmptyFile, FormatNotRead, NotATable, PasswordProtected, gettext_noop


class Content(enum.StrEnum):
    WORKBOOK = "workbook"  # xlsx, xlsm
    OPEN_DOCUMENT = "open_document"  # ods
    BINARY = "binary"  # xls, of all ages
    TEXT = "text"  # also web pages and XML, told apart once they are decoded


# Sheets of the oldest programs stand without a container: the record that begins a file, version 2 to 8.
_BARE_BINARY = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
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
    """Raises the typed error of everything that is no spreadsheet and no text."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile
    if data.startswith(b"PK"):
        return _of_package(data)
    if data.startswith(_OLE):
        return _of_container(data)
    if data.startswith(_BARE_BINARY):
        return Content.BINARY
    _refuse_foreign(data)
    return Content.TEXT


def _of_container(data: bytes) -> Content:
    # Names of streams; an encrypted xlsx is a container with this one (ECMA-376 part 2, [MS-OFFCRYPTO]).
    if _stream(data, "EncryptedPackage"):
        raise PasswordProtected
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return Content.BINARY
    if _stream(data, "WordDocument"):
        raise NotATable(found=gettext_noop("a text document"))
    if _stream(data, "PowerPoint Document"):
        raise NotATable(found=gettext_noop("a presentation"))
    if len(data) % 512:
        raise Damaged  # cut off before its directory
    raise NotATable(found=gettext_noop("a binary file"))


def _stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\x00\x00" in data


def _refuse_foreign(data: bytes) -> None:
    for magic, found in _FOREIGN:
        if data.startswith(magic):
            raise NotATable(found=found)
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp" or (data[:2] == b"BM" and b"\x00" in data[:32]):
        raise NotATable(found=_PICTURE)
    if data[:13].lower() == b"mime-version:":
        raise FormatNotRead(found="mht")


def _of_package(data: bytes) -> Content:
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
        return Content.OPEN_DOCUMENT
    if "xl/workbook.bin" in names:
        raise FormatNotRead(found="xlsb")
    if any(name.startswith("word/") for name in names) or b"opendocument" in kind:
        raise NotATable(found=gettext_noop("a text document"))
    if any(name.startswith("ppt/") for name in names):
        raise NotATable(found=gettext_noop("a presentation"))
    if not any(name.startswith("xl/") for name in names):
        raise NotATable(found=gettext_noop("a packed archive"))
    return Content.WORKBOOK
