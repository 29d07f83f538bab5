"""Sheets to print: a Typst template and its data become a PDF; and QR codes to stand on them.

A template lies beside its app's pages (``census/online/poster.typ``) and begins with

    #let data = json(bytes(sys.inputs.data))

so what people wrote is a value in it and never source text: no name can become a command.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
import zxingcpp
from django.template.utils import get_app_template_dirs

from firstline.kernel.errors import FontMissing

# What the templates name in `#set text(font: ...)`; it holds every Chinese character a name may have.
FONT = "Noto Sans CJK SC"


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """The PDF of a template (``app/name.typ``) with data that JSON can hold. Raises FontMissing."""
    return b"".join(_compiled(template, data, "pdf"))


def png_pages(template: str, data: dict[str, Any], *, ppi: float = 144) -> list[bytes]:
    """The same sheet as pictures, one a page: for the screen, and for tests that read it back. Raises FontMissing."""
    return _compiled(template, data, "png", ppi=ppi)


def qr_svg(text: str, *, level: str = "M") -> str:
    """A QR code as SVG, a module a unit, without the quiet zone of four modules that paper around it must give.

    ``level`` is the error correction of ISO/IEC 18004: L 7 %, M 15 %, Q 25 %, H 30 % of the code may be lost. In a
    template: ``image(bytes(data.qr), format: "svg", width: 6cm)``.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    return str(code.to_svg(add_quiet_zones=False))


def _compiled(
    template: str, data: dict[str, Any], form: Literal["pdf", "png"], *, ppi: float | None = None
) -> list[bytes]:
    fonts, families = _fonts()
    if FONT not in families:
        raise FontMissing(font=FONT)
    source = _found(template)
    made: bytes | list[bytes] = typst.compile(
        source,
        root=source.parents[template.count("/")],
        font_paths=fonts,
        format=form,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ppi=ppi,
    )
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> tuple[typst.Fonts, frozenset[str]]:
    """Looking through the machine's fonts takes a second; they are looked up once a process."""
    fonts = typst.Fonts()
    return fonts, frozenset(fonts.families())


@cache
def _found(template: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        if (path := folder / template).is_file():
            return path
    raise FileNotFoundError(template)
