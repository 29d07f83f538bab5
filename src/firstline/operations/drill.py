"""`firstline drill-restore`: a backup nobody has restored is a hope. Restores one beside, compares, removes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from firstline.kernel.actors import console
from firstline.operations.access import Installation
from firstline.operations.backup import Made, back_up
from firstline.operations.errors import OperationError
from firstline.response.actions import copy_destroyed
from firstline.response.models import KeyCopy


def drill(installation: Installation, below: Path | None) -> Iterator[str]:
    """Back up, restore into an embedded database of its own, verify; says what was done and how long it took."""
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="firstline-drill-", dir=below))
    folder.chmod(0o711)  # the database may have to run as another user, who must get through, and see nothing
    made: Made | None = None
    try:
        for name in ("data", "keys"):
            (folder / name).mkdir(mode=0o700)
        made = back_up(installation, data_to=folder / "data", keys_to=folder / "keys", together=True)
        backed_up = time.monotonic()
        yield f"Backed up {sum(made.said.counts.values())} rows in {backed_up - began:.1f} s."
        yield from _restored(folder, made)
        yield f"Restored and verified in {time.monotonic() - backed_up:.1f} s, {time.monotonic() - began:.1f} s in all."
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if made is not None:
            for copy in KeyCopy.objects.filter(backup_id=made.said.backup):
                copy_destroyed(console(), copy_id=copy.pk)


def _restored(folder: Path, made: Made) -> Iterator[str]:
    """As an operator would, on a machine that knows nothing of this one."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLINE_", "DATABASE_"))}
    environment = bare | {"FIRSTLINE_VAR": str(folder / "var")}
    restore = ["restore", "--data-from", str(made.data), "--keys-from", str(made.keys)]
    done = _firstline(restore, environment)
    try:
        if done.returncode != 0:
            raise OperationError(f"The drill failed: {done.stderr.strip()[-800:]}")
        yield from done.stdout.strip().splitlines()
    finally:
        _firstline(["reset", "--yes", "--real-data"], environment)


def _firstline(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "firstline.config.cli", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
