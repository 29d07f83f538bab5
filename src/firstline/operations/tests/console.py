"""An installation of its own, used as an operator uses it: commands at a console, folders on a disk."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from firstline.config.installation import SUFFIX, suite_cluster
from firstline.database.embedded import Cluster
from firstline.database.roles import BACKUP

DIVISIONS = ("14=山西省", "1411=吕梁市", "141102=离石区")
DECLARED = ("--place", "141102", "--name", "疫情", "--level", "1", "--legal-basis", "传染病防治法")


@dataclass(frozen=True)
class Console:
    """One installation below ``var``; its database runs only while a command or ``cluster.running()`` needs it."""

    var: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        """What a command said, and its exit code."""
        command = [sys.executable, "-m", "firstline.config.cli", *arguments]
        return subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=120, env=self.variables(), **options
        )

    def done(self, *arguments: str) -> str:
        """What a command printed that must not fail."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """The one line in which a command says why it does nothing."""
        done = self.run(*arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        return done.stderr

    def variables(self) -> dict[str, str]:
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLINE_", "DATABASE_"))}
        return bare | {
            "FIRSTLINE_VAR": str(self.var),
            "FIRSTLINE_PG": str(self.cluster.binaries.major),
            "FIRSTLINE_LOG_LEVEL": "ERROR",
            **self.environment,
        }

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.var / f"pg{SUFFIX}", suite_cluster().binaries)

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """As the role that reads everything."""
        with self.cluster.running(), psycopg.connect(self.cluster.dsn(BACKUP)) as connection:
            return connection.execute(statement.encode()).fetchall()

    def key_names(self) -> list[str]:
        return sorted(file.name for file in self.keys.glob("*"))


def set_up(var: Path) -> Console:
    """Places and an emergency: two keys, a ledger, sealed rows."""
    console = Console(var)
    console.done("migrate")
    console.done("enter-places", *DIVISIONS)
    console.done("declare", *DECLARED)
    return console


@dataclass(frozen=True)
class Backup:
    """The two folders of one backup."""

    data: Path
    keys: Path

    @property
    def from_here(self) -> tuple[str, ...]:
        return ("--data-from", str(self.data), "--keys-from", str(self.keys))


def backed_up(console: Console, below: Path) -> Backup:
    for name in ("data", "keys"):
        (below / name).mkdir(parents=True, exist_ok=True)
    console.done("backup", str(below), "--together")
    (data,), (keys,) = (below / "data").iterdir(), (below / "keys").iterdir()
    return Backup(data, keys)
