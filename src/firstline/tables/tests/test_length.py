"""Whether a file is long is told from outside, roughly, and never fails."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from firstline import tables


def _workbook(rows: int, sheets: int = 1) -> bytes:
    book = Workbook(write_only=True)
    for number in range(sheets):
        sheet = book.create_sheet(str(number))
        for row in range(rows):
            sheet.append([row, "王建国"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "long"),
    [
        (b"a,b\n" * 101, True),
        (b"a,b\n" * 100, False),
        (b"a,b\r" * 101, True),
        (("甲,乙\n" * 101).encode("utf-16"), True),
        (b"<table>" + b"<tr><td>1</td></tr>" * 101, True),
        (_workbook(101), True),
        (_workbook(100), False),
        (_workbook(51, sheets=2), True),
        (b"PK\x03\x04 cut off", False),
        (b"", False),
    ],
)
def test_a_hundred_rows(data: bytes, long: bool) -> None:
    assert tables.longer_than(data, 100) is long


@pytest.mark.parametrize("sheets", [1, 50])
def test_what_unfolds_without_end_is_not_followed_to_its_end(sheets: int) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(sheets):
            package.writestr(f"xl/worksheets/sheet{number}.xml", bytes(100_000_000 // sheets))
    assert len(kept.getvalue()) < 200_000
    assert tables.longer_than(kept.getvalue(), 100) is True
