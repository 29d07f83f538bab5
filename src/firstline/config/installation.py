"""What must be known before Django is: where things lie and which database serves. Cheap to import."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from firstline.config.env import Environment, SettingsError
from firstline.database.binaries import SUPPORTED_MAJORS, WHEEL_MAJOR, find_binaries
from firstline.database.embedded import Cluster

ROOT = Path(__file__).resolve().parents[3]

# Read outside the settings module; known to it so that it does not refuse them.
OUTSIDE_SETTINGS = (
    "FIRSTLINE_BACKUP_DATABASE_URL",
    "FIRSTLINE_BACKUP_DATABASE_URL_FILE",
    "FIRSTLINE_OWNER_DATABASE_URL",
    "FIRSTLINE_OWNER_DATABASE_URL_FILE",
    "FIRSTLINE_TEST_DB",
    "FIRSTLINE_TEST_HOUR",
    "FIRSTLINE_THREADS",
    "FIRSTLINE_WORKERS",
    "FIRSTLINE_WORLD",
)

environment = Environment(known=OUTSIDE_SETTINGS)
VAR = environment.path("FIRSTLINE_VAR", ROOT / "var")
POSTGRES_MAJOR = int(environment.choice("FIRSTLINE_PG", str(WHEEL_MAJOR), map(str, SUPPORTED_MAJORS)))
# Beside the data of a demonstration, which may be thrown away; it holds the lists. Real data has no such folder.
DEMONSTRATION = VAR / "demonstration"
DATABASE_URL = environment.secret("DATABASE_URL")
SUFFIX = "" if POSTGRES_MAJOR == WHEEL_MAJOR else str(POSTGRES_MAJOR)


def embedded_cluster() -> Cluster | None:
    """The database this installation starts itself; None when DATABASE_URL names a server."""
    return None if DATABASE_URL else Cluster(VAR / f"pg{SUFFIX}", find_binaries(POSTGRES_MAJOR))


def suite_cluster() -> Cluster:
    """The throw-away database of the test suite, never the one that serves."""
    return Cluster(VAR / f"pg{SUFFIX}-test", find_binaries(POSTGRES_MAJOR), disposable=True)


def owner_database_url() -> str | None:
    return environment.secret("FIRSTLINE_OWNER_DATABASE_URL")


def backup_database_url() -> str | None:
    return environment.secret("FIRSTLINE_BACKUP_DATABASE_URL")


def secret_key() -> str:
    """Signs sessions. Given by the operator, or made once for an installation that keeps everything in `var`."""
    given = environment.secret("FIRSTLINE_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise SettingsError("FIRSTLINE_SECRET_KEY is too short; use at least 32 random characters.")
        return given
    if DATABASE_URL:
        raise SettingsError("FIRSTLINE_SECRET_KEY (or FIRSTLINE_SECRET_KEY_FILE) is required with DATABASE_URL.")
    return _kept_secret(VAR / "secret-key")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            # Two first starts at once must end with one key: link fails where rename would replace.
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text(encoding="ascii")
