"""Printed sheets: data stay data, the code on paper reads back, a missing font is said."""

import io
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import zxingcpp
from PIL import Image

from firstline.kernel import printing
from firstline.kernel.errors import FontMissing

_SHEET = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 100mm, height: 100mm, margin: 10mm)
#set text(font: "Noto Sans CJK SC")
#data.name
#image(bytes(data.qr), format: "svg", width: 40mm)
"""
ADDRESS = "https://firstline.example/r/7KM4XQ2P/"


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "sheet.typ").write_text(_SHEET)
    printing._found.cache_clear()
    with patch.object(printing, "get_app_template_dirs", return_value=(tmp_path,)):
        yield "app/sheet.typ"
    printing._found.cache_clear()


def picture(template: str, name: str) -> bytes:
    (page,) = printing.png_pages(template, {"name": name, "qr": printing.qr_svg(ADDRESS)}, ppi=100)
    return page


def test_a_sheet_is_a_pdf(sheet: str) -> None:
    assert printing.pdf(sheet, {"name": "枫林苑", "qr": printing.qr_svg(ADDRESS)}).startswith(b"%PDF-")


def test_the_code_on_the_sheet_reads_back(sheet: str) -> None:
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture(sheet, "枫林苑"))))

    assert code.text == ADDRESS


def test_what_people_wrote_is_no_command(sheet: str) -> None:
    """Were it read as Typst, the file it names would be missing, and nothing would be printed."""
    assert picture(sheet, '#read("/etc/passwd") $x$ \\ "').startswith(b"\x89PNG")


def test_a_missing_font_is_said(sheet: str) -> None:
    with patch.object(printing, "FONT", "No Such Font"), pytest.raises(FontMissing) as refused:
        printing.pdf(sheet, {"name": "枫林苑", "qr": ""})

    assert refused.value.data == {"font": "No Such Font"}
