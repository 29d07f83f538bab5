"""Photographs are written anew: smaller, upright, without what the camera wrote beside them."""

import io
import zlib

import pytest
from PIL import Image

from firstline.census.questions.pictures import LONGEST_SIDE, MOST_BYTES, PictureRefused, kept_picture

_ORIENTATION, _GPS, _MAKER = 0x0112, 0x8825, 0x010F


def photograph(size: tuple[int, int] = (2400, 1200), *, format: str = "JPEG", mode: str = "RGB") -> bytes:  # noqa: A002
    """A picture, left half red, as a phone held upright writes it: turned, with its place."""
    image = Image.new(mode, size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    exif[_MAKER] = "MARKED-MAKER"
    exif.get_ifd(_GPS).update({1: "N", 2: (37.0, 31.0, 8.0), 3: "E", 4: (111.0, 8.0, 9.0)})
    held = io.BytesIO()
    image.save(held, format, exif=exif)
    return held.getvalue()


def test_nothing_of_the_camera_is_kept() -> None:
    given = photograph()
    kept = kept_picture(given)

    assert b"MARKED-MAKER" in given and Image.open(io.BytesIO(given)).getexif().get_ifd(_GPS)
    with Image.open(io.BytesIO(kept)) as image:
        assert dict(image.getexif()) == {} and b"MARKED-MAKER" not in kept
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_stands_upright_and_fits() -> None:
    with Image.open(io.BytesIO(kept_picture(photograph()))) as image:
        assert image.size == (LONGEST_SIDE // 2, LONGEST_SIDE)
        top, bottom = image.getpixel((400, 100)), image.getpixel((400, 1500))
    # Turned by a quarter, what was the left half is the upper one.
    assert isinstance(top, tuple) and top[0] > 240 and top[1] < 20
    assert isinstance(bottom, tuple) and min(bottom) > 240


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA", "1"])
def test_a_png_of_any_mode_becomes_a_jpeg(mode: str) -> None:
    held = io.BytesIO()
    Image.new(mode, (40, 30)).save(held, "PNG")

    with Image.open(io.BytesIO(kept_picture(held.getvalue()))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 30))


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it has a hundred million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    side = (10_000).to_bytes(4, "big")
    header = chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 10_001)) + chunk(b"IEND", b"")


def gif() -> bytes:
    held = io.BytesIO()
    Image.new("P", (4, 4)).save(held, "GIF")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_picture"),
        (b"%PDF-1.7 not a picture", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (photograph()[:800], "not_a_picture"),
        (gif(), "not_a_picture"),
        (bomb(), "too_many_pixels"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "too_large"),
    ],
    ids=["empty", "pdf", "svg", "cut", "gif", "bomb", "large"],
)
def test_what_is_no_photograph_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        kept_picture(content)
    assert refused.value.reason == reason
