"""`firstline serve` stops as one thing, at any moment: no server and no database is left behind."""

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from firstline.config.testing.served import cluster_of, free_port, serving, throw_away


@pytest.fixture
def var() -> Iterator[Path]:
    with throw_away() as folder:
        yield folder


def left_running(var: Path, port: int) -> list[str]:
    running = ["database"] if cluster_of(var).is_ready else []
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
