"""A throw-away installation that is really served: `firstline serve` as a process of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from firstline.config.installation import SUFFIX, suite_cluster
from firstline.database.embedded import Cluster


@contextlib.contextmanager
def throw_away() -> Iterator[Path]:
    """A folder for an installation: a short path, for its socket, that anybody may pass through."""
    with tempfile.TemporaryDirectory(prefix="fl-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def cluster_of(var: Path) -> Cluster:
    """The database of an installation."""
    return Cluster(var / f"pg{SUFFIX}", suite_cluster().binaries)


@contextlib.contextmanager
def kept_down(cluster: Cluster) -> Iterator[None]:
    """Stop an installation's database, and keep it down while the block runs.

    The server's worker dies with it and the one that follows starts it again, sooner or later: it waits for the lock.
    """
    with cluster.directory.with_name(f"{cluster.directory.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster.stop()
        yield


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var: Path, *, debug: bool = True) -> dict[str, str]:
    """Nothing of ours but what is said here. Debug serves static files as they lie, where none were collected."""
    ours = ("FIRSTLINE_", "DATABASE_", "DJANGO_")  # the suite runs with settings and a database of its own
    bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return bare | {
        "FIRSTLINE_VAR": str(var),
        "FIRSTLINE_DEBUG": str(debug).lower(),
        "FIRSTLINE_PG": str(suite_cluster().binaries.major),
    }


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "firstline.config.cli", *arguments]


@contextlib.contextmanager
def serving(
    var: Path, port: int, *, first: tuple[str, ...] = ("migrate",), debug: bool = True
) -> Iterator[subprocess.Popen[str]]:
    """The running server; what it says comes line by line. It is asked to stop at the end, if nobody did before."""
    named = [part for name in first for part in ("--first", name)]
    with subprocess.Popen(
        command("serve", *named, "--port", str(port)),
        env=environment(var, debug=debug),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            yield server
        finally:
            server.terminate()
