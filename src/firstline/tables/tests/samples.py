"""Writes the files the tests read: workbooks by openpyxl and xlwt, and packages bent on purpose."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

import xlwt
from openpyxl import Workbook
from xlwt.CompoundDoc import XlsDoc

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


def xls(rows: Rows, *, name: str = "Sheet1", change: Callable[[xlwt.Worksheet], None] | None = None) -> bytes:
    """A binary workbook; `change` may do to its sheet what rows cannot say."""
    return contained(xls_stream(rows, name=name, change=change))


def xls_stream(rows: Rows, *, name: str = "Sheet1", change: Callable[[xlwt.Worksheet], None] | None = None) -> bytes:
    """The records of a binary workbook, without the container around them."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet(name)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value, *([day] if isinstance(value, datetime.date) else []))
    if change:
        change(sheet)
    data: bytes = workbook.get_biff_data()
    return data


def contained(stream: bytes) -> bytes:
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream)
    return buffer.getvalue()


def record(code: int, body: bytes) -> bytes:
    """One record of a binary workbook."""
    return struct.pack("<HH", code, len(body)) + body


def ods(rows: str, *, before: str = "", styles: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument spreadsheet whose only table has this XML as its rows."""
    known = {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing"}
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in known.items()
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {calc}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="Sheet1" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        for name, part in (more or {}).items():
            package.writestr(name, part)
    return buffer.getvalue()
