"""An installation made for one command and removed after it: an evaluation touches nobody's data."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path


def in_an_installation_of_its_own(command: str, arguments: Sequence[str]) -> None:
    """Run ``firstline COMMAND ARGUMENTS --here`` in an installation that knows nothing of this one; its answer is ours.

    Raises SystemExit with the exit code of a command that fails.
    """
    folder = Path(tempfile.mkdtemp(prefix="firstline-evaluation-"))
    folder.chmod(0o711)  # the database may have to run as another user, who must get through, and see nothing
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLINE_", "DATABASE_"))}
    environment = bare | {"FIRSTLINE_VAR": str(folder / "var")}
    try:
        _firstline(["migrate"], environment, quiet=True)
        # The public form is a page, and pages name their files by a manifest.
        _firstline(["collectstatic", "--noinput"], environment, quiet=True)
        _firstline([command, *arguments, "--here"], environment)
    finally:
        _firstline(["reset", "--yes", "--real-data"], environment, quiet=True)
        shutil.rmtree(folder, ignore_errors=True)


def _firstline(arguments: Sequence[str], environment: dict[str, str], *, quiet: bool = False) -> None:
    command = [sys.executable, "-m", "firstline.config.cli", *arguments]
    done = subprocess.run(command, check=False, env=environment, capture_output=quiet)
    if done.returncode and not quiet:
        raise SystemExit(done.returncode)
