"""What a backup says of itself, beside the data and beside the keys; checked before anything is restored."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from firstline.operations.errors import OperationError

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"


class KeySaid(msgspec.Struct):
    """A key on record when the backup was made. ``check`` (hexadecimal) tells its file from another."""

    id: str
    purpose: str
    check: str
    destroyed: bool = False


class DataManifest(msgspec.Struct):
    """Beside the dump: where and when it was made, and what must be found again after it is restored.

    ``position`` is the commit-safe one of the ledger (stack: xid8 as text) within ``generation``.
    """

    format: int
    backup: str
    made_at: datetime
    made_on: str
    program: str
    postgresql: int
    schema: str
    generation: int
    position: str
    migrations: list[str]
    counts: dict[str, int]
    keys: list[KeySaid]
    size: int
    sha256: str


class KeyManifest(msgspec.Struct):
    """Beside the keys: which backup they were made with, and a sum for each file."""

    format: int
    backup: str
    made_at: datetime
    made_on: str
    sums: dict[str, str]


Said = TypeVar("Said", DataManifest, KeyManifest)


def write(folder: Path, said: DataManifest | KeyManifest) -> None:
    """Write a manifest, synced to disk."""
    with (folder / NAME).open("xb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path, kind: type[Said]) -> Said:
    """Read a manifest. Raises OperationError when it is none, or of a program newer than this one."""
    what = kind.__name__.removesuffix("Manifest").lower()
    try:
        content = (folder / NAME).read_bytes()
        if (made := msgspec.json.decode(content, type=_Format).format) > FORMAT:
            raise OperationError(f"{folder} was made by a newer Firstline (format {made}); install that one first.")
        return msgspec.json.decode(content, type=kind)
    except FileNotFoundError:
        raise OperationError(f"{folder} is no backup ({what}): it has no {NAME}.") from None
    except (OSError, msgspec.DecodeError) as problem:
        raise OperationError(f"{folder / NAME} is no manifest ({what}: {problem}).") from None


class _Format(msgspec.Struct):
    format: int


def sum_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
