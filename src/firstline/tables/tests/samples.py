"""Writes the files the tests read: workbooks by openpyxl, and packages bent on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

from openpyxl import Workbook

Rows = Iterable[Sequence[object]]


def xlsx(rows: Rows, *, name: str = "Sheet1", more: Mapping[str, Rows] | None = None) -> bytes:
    """A workbook with one sheet, and `more` sheets after it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, content in {name: rows, **(more or {})}.items():
        sheet = workbook.create_sheet(title)
        for row in content:
            sheet.append(list(row))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def bent(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """The package with each part put through `change`, and parts added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in added.items():
            new.writestr(name, content)
    return buffer.getvalue()


def with_cells(cells: bytes) -> bytes:
    """A workbook whose only sheet has this XML as its rows."""

    def change(part: str, content: bytes) -> bytes:
        if part != "xl/worksheets/sheet1.xml":
            return content
        start, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
        return content[:start] + b"<sheetData>" + cells + content[end:]

    return bent(xlsx([["x"]]), change)
