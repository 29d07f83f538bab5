"""`firstline serve` stops as one thing, at any moment: no server and no database is left behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstline.config.installation import SUFFIX, suite_cluster
from firstline.database.embedded import Cluster


@pytest.fixture
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fl-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(var: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    # Debug serves static files as they lie; nothing was collected into this throw-away installation.
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLINE_", "DATABASE_"))}
    environment = bare | {
        "FIRSTLINE_VAR": str(var),
        "FIRSTLINE_DEBUG": "true",
        "FIRSTLINE_PG": str(suite_cluster().binaries.major),
    }
    command = [sys.executable, "-m", "firstline.config.cli", "serve", "--first", "migrate", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            yield server
        finally:
            server.terminate()


def left_running(var: Path, port: int) -> list[str]:
    cluster = Cluster(var / f"pg{SUFFIX}", suite_cluster().binaries)
    running = ["database"] if cluster.is_ready else []
    with socket.socket() as probe:
        return running + (["server"] if probe.connect_ex(("127.0.0.1", port)) == 0 else [])


@pytest.mark.parametrize("moment", ["migrating", "serving"])
def test_a_stop_leaves_nothing_behind(var: Path, moment: str) -> None:
    port = free_port()
    with serving(var, port) as server:
        assert server.stdout
        seen = {"migrating": "Running migrations", "serving": "answers at"}[moment]
        assert any(seen in line for line in server.stdout)
        assert "database" in left_running(var, port)
        server.send_signal(signal.SIGINT)
        time.sleep(0.05)
        server.send_signal(signal.SIGINT)  # impatient
        rest, _nothing = server.communicate(timeout=60)
    assert (server.returncode, "Traceback" in rest) == (0, False)
    assert left_running(var, port) == []


def test_a_taken_port_is_said_before_anything_is_done(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with serving(var, port) as server:
            said, _nothing = server.communicate(timeout=60)
    assert server.returncode == 1
    assert f"firstline: cannot listen on 127.0.0.1:{port}" in said
    assert "migrations" not in said
