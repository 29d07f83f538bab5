"""What a form brought: the file in memory, never in a temporary file, and the compound that was chosen."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from firstline.kernel.errors import NotFound
from firstline.kernel.pages import Request
from firstline.registry.errors import UploadMissing, UploadTooLarge

MEGABYTE = 1024 * 1024
# Nobody's file is named longer than a file system allows; what is longer is cut, not refused.
_LONGEST_NAME = 255


def limit_mb() -> int:
    """How large a file may be."""
    return int(settings.FILE_UPLOAD_MAX_MEMORY_SIZE) // MEGABYTE


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    compound_id: uuid.UUID | None

    @property
    def named(self) -> dict[str, Any]:
        """What whoever takes the file in is told of it."""
        return {"name": self.name, "content": self.content, "compound_id": self.compound_id}

    @classmethod
    def of(cls, request: Request) -> "Upload":
        """Read a posted form. Raises UploadMissing, UploadTooLarge, NotFound for a compound id that is none."""
        compound_id = _id(request.POST.get("compound", ""))
        file = request.FILES.get("file")
        if file is None:
            # Too large for memory: the upload handler passed it by, and it touched no disk.
            if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
                raise UploadTooLarge(limit=limit_mb())
            raise UploadMissing
        name = (file.name or "").strip() or "?"
        return cls(name[-_LONGEST_NAME:], file.read(), compound_id)


def _id(text: str) -> uuid.UUID | None:
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as problem:
        raise NotFound from problem
