"""Where backups are put: two folders on two disks, each written under a temporary name and renamed when it is whole."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from firstline.operations.errors import OperationError

UNFINISHED = ".unfinished"
PREFIX = "firstline-"


def check_apart(data_to: Path, keys_to: Path, *, together: bool) -> None:
    """Refuse folders that are not there, and keys beside the data unless the operator said so."""
    for folder in (data_to, keys_to):
        if not folder.is_dir():
            raise OperationError(f"{folder} is not there; make it, or mount the disk it lies on.")
    if together:
        return
    data, keys = data_to.resolve(), keys_to.resolve()
    if data == keys or data in keys.parents or keys in data.parents:
        raise OperationError(
            "Data and keys would lie in one folder: whoever takes it reads everything. Name two folders on two disks "
            "(--data-to, --keys-to), or say --together and carry one of them away yourself."
        )
    if data.stat().st_dev == keys.stat().st_dev:
        raise OperationError(
            f"{data_to} and {keys_to} lie on one disk: whoever takes it reads everything. Name another disk for the "
            "keys, or say --together and carry one of them away yourself."
        )


@contextlib.contextmanager
def whole_or_nothing(parent: Path, name: str) -> Iterator[Path]:
    """A folder to write into; it gets its name when ``finish`` is called, and is removed when that never happens.

    A lock on it tells a folder in use from what a killed backup left behind.
    """
    unfinished = parent / f"{name}{UNFINISHED}"
    unfinished.mkdir(mode=0o700)
    handle = os.open(unfinished, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield unfinished
    finally:
        if unfinished.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
        os.close(handle)


def finish(unfinished: Path) -> Path:
    """Give a folder its name, once everything in it is on the disk."""
    final = unfinished.with_name(unfinished.name.removesuffix(UNFINISHED))
    sync(unfinished)
    unfinished.rename(final)
    sync(final.parent)
    return final


def clear_leftovers(parent: Path) -> list[str]:
    """Remove what killed backups left behind; the names of what was removed."""
    removed = []
    for leftover in sorted(parent.glob(f"{PREFIX}*{UNFINISHED}")):
        handle = os.open(leftover, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)
        shutil.rmtree(leftover)
        removed.append(leftover.name)
    return removed


def sync(folder: Path) -> None:
    """Bring a folder's list of names to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
