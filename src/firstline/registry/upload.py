"""What a form brought: files in memory, never in a temporary file, and the compound that was chosen.

A server has little memory and several people who press at once, so a page takes smaller files than the command line,
and takes them apart one after the other.
"""

import contextlib
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from firstline import tables
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request
from firstline.registry.errors import ListsBusy, UploadMissing, UploadTooLarge

MEGABYTE = 1024 * 1024
# Room for the largest compound; more cells, or more in them, are the worker's business, since what they say is read in
# this process and holds it while that takes (seconds, up to here). What is larger still is the command line's.
LIMITS = tables.Limits(
    bytes=settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
    unpacked=60 * MEGABYTE,
    rows=20_000,
    columns=256,
    cells=100_000,
    text=4 * MEGABYTE,
)
# Nobody's file is named longer than a file system allows; what is longer is cut, not refused.
_LONGEST_NAME = 255

_turn = threading.BoundedSemaphore()
# Most lists are read within a second; whoever waits longer holds a thread that the doors need.
_PATIENCE_SECONDS = 5


def limit_mb() -> int:
    """How large the files of one form may be together."""
    return int(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) // MEGABYTE


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came."""

    name: str
    content: bytes


def uploads_of(request: Request) -> list[Upload]:
    """The files of a posted form, and the text pasted into it as one more, each once.

    Raises UploadMissing, UploadTooLarge.
    """
    files = request.FILES.getlist("file")
    pasted = request.POST.get("pasted", "").strip()
    if not files:
        # Too large for memory: the upload handler passed them by, and they touched no disk.
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise UploadTooLarge(limit=limit_mb())
        if not pasted:
            raise UploadMissing
    found = [Upload(((file.name or "").strip() or "?")[-_LONGEST_NAME:], file.read()) for file in files]
    if pasted:
        # A name that everybody reads is in the installation's language, not in that of whoever pastes.
        with translation.override(settings.LANGUAGE_CODE):
            name = gettext("Pasted text")
        found.append(Upload(f"{name}.txt", pasted.encode()))
    return list(dict.fromkeys(found))


def id_of(text: str) -> uuid.UUID | None:
    """An id out of a form; None for an empty field. Raises NotFound for what is no id."""
    if (found := read_id(text)) is None and text:
        raise NotFound
    return found


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for whoever is reading a list in this process, but not for long. Raises ListsBusy."""
    if not _turn.acquire(timeout=_PATIENCE_SECONDS):
        raise ListsBusy
    try:
        yield
    finally:
        _turn.release()
