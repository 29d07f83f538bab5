"""What a form brought: files in memory, never in a temporary file, and the compound that was chosen."""

import uuid
from dataclasses import dataclass

from django.conf import settings

from firstline.kernel.errors import NotFound
from firstline.kernel.pages import Request
from firstline.registry.errors import UploadMissing, UploadTooLarge

MEGABYTE = 1024 * 1024
# Nobody's file is named longer than a file system allows; what is longer is cut, not refused.
_LONGEST_NAME = 255


def limit_mb() -> int:
    """How large the files of one form may be together."""
    return int(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) // MEGABYTE


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came."""

    name: str
    content: bytes


def uploads_of(request: Request) -> list[Upload]:
    """The files of a posted form, each once. Raises UploadMissing, UploadTooLarge."""
    files = request.FILES.getlist("file")
    if not files:
        # Too large for memory: the upload handler passed them by, and they touched no disk.
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise UploadTooLarge(limit=limit_mb())
        raise UploadMissing
    found = [Upload(((file.name or "").strip() or "?")[-_LONGEST_NAME:], file.read()) for file in files]
    return list(dict.fromkeys(found))


def id_of(text: str) -> uuid.UUID | None:
    """An id out of a form; None for an empty field. Raises NotFound for what is no id."""
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as problem:
        raise NotFound from problem
