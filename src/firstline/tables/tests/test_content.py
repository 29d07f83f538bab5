import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline import tables
from firstline.tables import errors


def package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\x00" * 64


@pytest.mark.parametrize(
    ("data", "error", "found"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, errors.NotATable, "a picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, errors.NotATable, "a picture"),
        (b"RIFF\x00\x00\x00\x00WEBP", errors.NotATable, "a picture"),
        (b"\x00\x00\x00\x18ftypheic", errors.NotATable, "a picture"),
        (b"%PDF-1.7 ...", errors.NotATable, "a PDF document"),
        (package(**{"word/document.xml": b""}), errors.NotATable, "a text document"),
        (package(**{"readme.txt": b""}), errors.NotATable, "a packed archive"),
        (b"PK\x03\x04 and nothing more", errors.Damaged, None),
        (stream("EncryptedPackage"), errors.PasswordProtected, None),
        (stream("Workbook"), errors.Damaged, None),
        (stream("WordDocument"), errors.NotATable, "a text document"),
        (stream("PowerPoint Document"), errors.NotATable, "a presentation"),
        (OLE, errors.NotATable, "a binary file"),
        (OLE + b"cut off", errors.Damaged, None),
        (package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), errors.Damaged, None),
        (package(mimetype=b"application/vnd.oasis.opendocument.text"), errors.NotATable, "a text document"),
        (package(**{"xl/workbook.bin": b""}), errors.FormatNotRead, "xlsb"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", errors.FormatNotRead, "mht"),
        (b'<?xml version="1.0"?><a/>', errors.FormatNotRead, "xml"),
        (b"\x01\x02\x03\x04 binary \x00\x01", errors.NotATable, "a binary file"),
    ],
)
def test_what_is_no_table_is_told_by_its_content(
    data: bytes, error: type[errors.TableError], found: str | None
) -> None:
    with pytest.raises(error) as caught:
        tables.read(data)
    assert caught.value.data.get("found") == found
    assert "%(" not in str(caught.value)


def test_a_path_is_read_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"  # the name says nothing
    path.write_text("房号,姓名\n1-101,张三\n", encoding="gb18030")
    assert tables.read(path) == tables.read(path.read_bytes())


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"a,b\n"]))
def test_any_bytes_give_sheets_or_a_typed_error(data: bytes, prefix: bytes) -> None:
    with contextlib.suppress(tables.TableError):
        assert tables.read(prefix + data)


def test_codes_are_stable_and_unique() -> None:
    assert len({error.code for error in errors.ALL}) == len(errors.ALL)
