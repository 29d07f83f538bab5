"""A zip package, opened with suspicion: sizes may lie, parts may hide behind each other, and all may unfold.

Every part that is read is unpacked here, counted, and checked against its own sum.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator, Sequence

from .errors import ArchiveBomb, Damaged
from .limits import MEGABYTE, Limits

_CHUNK = 1024 * 1024


@contextlib.contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The package; whatever goes wrong with it or with XML inside is Damaged. Raises ArchiveBomb too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _weigh(package.infolist(), limits)
            yield package
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError) as problem:
        raise Damaged from problem
    except Exception as problem:
        if type(problem).__module__ in ("zlib", "lzma"):
            raise Damaged from problem
        raise


def _weigh(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise ArchiveBomb(limit=limits.unpacked // MEGABYTE)
    if len({path_of(entry.filename) for entry in entries}) != len(entries):
        raise Damaged  # two parts of one name: which one is read depends on the reader


def unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Reading to the end checks the size and checksum, so a directory that lies is an error, not a flood."""
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def path_of(name: str) -> str:
    """Some programs write backslashes or other capitals, and readers find the part all the same."""
    return name.replace("\\", "/").lstrip("/").lower()
