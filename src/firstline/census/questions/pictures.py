"""A photograph as it is kept: decoded and written anew as JPEG, at most 1600 pixels, with nothing but the picture.

What a camera writes beside it (place, owner, thumbnail) is gone, because nothing of the file is copied but its pixels.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_PIXELS, LONGEST_SIDE, QUALITY = 8 * MEGABYTE, 64_000_000, 1600, 82
FORMATS = ("JPEG", "PNG")


class PictureRefused(Exception):
    """No photograph that can be kept; ``reason`` is too_large, too_many_pixels or not_a_picture."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def kept_picture(content: bytes) -> bytes:
    """A JPEG or PNG as the JPEG that is kept. Raises PictureRefused."""
    if len(content) > MOST_BYTES:
        raise PictureRefused("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow warns of in strangers' files is refused or harmless
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                # The header tells how much would unfold, before anything does.
                if image.width * image.height > MOST_PIXELS:
                    raise PictureRefused("too_many_pixels")
                return _written(image)
    except Image.DecompressionBombError as problem:
        raise PictureRefused("too_many_pixels") from problem
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
        raise PictureRefused("not_a_picture") from problem


def _written(image: Image.Image) -> bytes:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    flat = Image.new("RGB", upright.size, "white")
    layered = upright.convert("RGBA") if upright.mode in {"RGBA", "LA", "P", "PA"} else None
    flat.paste(layered or upright.convert("RGB"), mask=layered)
    held = io.BytesIO()
    flat.save(held, "JPEG", quality=QUALITY, optimize=True)
    return held.getvalue()
