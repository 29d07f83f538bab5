"""A copy as xlsx or csv, made while it is sent: nothing of it is ever on a disk, nor the whole of it in memory.

openpyxl makes the workbook with all but its rows, and would keep those in a temporary file, in clear. So they are
written by hand where one marked row stands in its sheet (ECMA-376, 18.3.1.73: rows of inline strings), and the head,
which names somebody, takes the place of numbered marks.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from firstline.audit.actions import Copy
from firstline.audit.copies.rows import Row, columns, head_of, rows_of

FORMS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
_WIDTHS = (24, 20, 8, 40, 70, 34)
_SHEET = "xl/worksheets/sheet1.xml"
_HERE = "rows go here"


def written(copy: Copy, form: str) -> Iterator[bytes]:
    """The file of a form, part by part."""
    return _xlsx(copy) if form == "xlsx" else _csv(copy)


class _Outlet(io.RawIOBase):
    """Keeps what was written until it is taken; it cannot go back, so zipfile writes sizes behind each part."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part) -> int:  # type: ignore[no-untyped-def]  # whatever is bytes
        self._parts.append(bytes(part))
        return len(part)

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def _csv(copy: Copy) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([line] for line in head_of(copy))
    writer.writerow([])
    writer.writerow(columns())
    # The mark tells a spreadsheet that this is UTF-8.
    yield b"\xef\xbb\xbf" + text.getvalue().encode()
    for batch in rows_of(copy):
        text = io.StringIO()
        csv.writer(text).writerows(batch)
        yield text.getvalue().encode()


def _xlsx(copy: Copy) -> Iterator[bytes]:
    around = zipfile.ZipFile(_workbook(copy))
    before, after, number, styles = _cut(around.read(_SHEET).decode())
    for at, line in enumerate(head_of(copy)):
        before = before.replace(_mark(at), escape(line))
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as made:
        for name in around.namelist():
            if name != _SHEET:
                made.writestr(name, around.read(name))
        with made.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(before.encode())
            for batch in rows_of(copy):
                sheet.write("".join(_row(number + at, row, styles) for at, row in enumerate(batch)).encode())
                number += len(batch)
                yield outlet.take()
            sheet.write(after.encode())
    yield outlet.take()


def _workbook(copy: Copy) -> io.BytesIO:
    """Everything but the rows: head, widths, what is printed on each page, and the properties of the file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one
    head = head_of(copy)
    for number in range(len(head)):
        sheet.append([_mark(number)])
    sheet.append([])
    sheet.append(columns())
    sheet.append([_HERE] * len(_WIDTHS))
    top = len(head) + 2
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[top]:
        cell.font = Font(bold=True)
    for cell in sheet[top + 1]:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=f"{copy.id}   &P / &N"))
    said = book.properties
    said.creator, said.title, said.identifier = copy.by.label, head[0], str(copy.id)
    said.description = "\n".join(head[1:])
    # Without a zone of its own, as the format wants it.
    said.created = said.modified = timezone.localtime(copy.at).replace(tzinfo=None)
    content = io.BytesIO()
    book.save(content)
    return content


def _mark(number: int) -> str:
    return f"line {number} of the head goes here"


def _cut(xml: str) -> tuple[str, str, int, list[str]]:
    """The sheet before and after its marked row, that row's number, and the style of each of its cells."""
    begins = xml.rindex("<row ")
    ends = xml.index("</row>", begins) + len("</row>")
    marked = xml[begins:ends]
    number = int(marked.split('r="', 1)[1].split('"', 1)[0])
    styles = [cell.split('s="', 1)[1].split('"', 1)[0] for cell in marked.split("<c ")[1:]]
    return xml[:begins], xml[ends:], number, styles


def _row(number: int, row: Row, styles: list[str]) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for letter, style, text in zip("ABCDEF", styles, row, strict=True)
    )
    return f'<row r="{number}">{cells}</row>'
