"""`firstline worker` beside the server: it works, is followed when it dies, waits for another, and leaves nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from firstline.config.installation import SUFFIX, suite_cluster
from firstline.config.testing.served import free_port, serving
from firstline.config.tests.test_serving import left_running, var
from firstline.database.embedded import Cluster
from firstline.database.roles import APPLICATION

__all__ = ["var"]

# Refused at once, since nobody has this id: the least a worker can do, and it shows.
REFUSED = {"person": "01890000-0000-7000-8000-000000000001", "subject": "01890000-0000-7000-8000-000000000002"}


@pytest.fixture
def served(var: Path) -> Iterator[tuple[Path, "subprocess.Popen[str]", "psycopg.Connection[tuple[object, ...]]"]]:
    """A whole installation that serves, and a look at its queue."""
    with serving(var, free_port()) as server:
        assert server.stdout
        assert any("answers at" in line for line in server.stdout)
        dsn = Cluster(var / f"pg{SUFFIX}", suite_cluster().binaries).dsn(APPLICATION)
        with psycopg.connect(dsn, autocommit=True) as queue:
            yield var, server, queue


def _ask(queue: "psycopg.Connection[tuple[object, ...]]", status: str = "todo") -> None:
    queue.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('default', %s, %s, %s)",
        ("registry.bring_in", json.dumps(REFUSED), status),
    )


def _until(seen: Callable[[], object]) -> None:
    """Wait for what will come; the test's own time limit says when it has not."""
    deadline = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _failed(queue: "psycopg.Connection[tuple[object, ...]]") -> int:
    row = queue.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'").fetchone()
    assert row
    return int(str(row[0]))


def _worker_of(server: "subprocess.Popen[str]") -> int | None:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    named = [int(child) for child in children if "worker" in Path(f"/proc/{child}/cmdline").read_text().split("\0")]
    return named[0] if named else None


@pytest.mark.fault
def test_a_killed_worker_is_followed_and_its_job_taken_up(
    served: tuple[Path, "subprocess.Popen[str]", "psycopg.Connection[tuple[object, ...]]"],
) -> None:
    var, server, queue = served
    _ask(queue)
    _until(lambda: _failed(queue) == 1)
    first = _worker_of(server)
    assert first
    os.kill(first, signal.SIGKILL)
    _ask(queue, "doing")  # as the killed one would have left it
    _until(lambda: _failed(queue) == 2)
    assert _worker_of(server) not in {None, first}
    server.send_signal(signal.SIGINT)
    server.communicate(timeout=60)
    assert server.returncode == 0
    assert left_running(var, 1) == []


@pytest.mark.fault
def test_a_second_worker_waits_and_leaves_when_asked(
    served: tuple[Path, "subprocess.Popen[str]", "psycopg.Connection[tuple[object, ...]]"],
) -> None:
    var, _server, queue = served
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FIRSTLINE_", "DATABASE_"))}
    environment = bare | {"FIRSTLINE_VAR": str(var), "FIRSTLINE_PG": str(suite_cluster().binaries.major)}
    command = [sys.executable, "-m", "firstline.config.cli", "worker"]
    holders = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    _until(lambda: queue.execute(holders).fetchone() == (1,))
    asks = (
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_try_advisory_lock%'"
        " AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')"
    )
    with subprocess.Popen(command, env=environment) as second:
        _until(lambda: queue.execute(asks).fetchone() == (1,))
        assert queue.execute(holders).fetchone() == (1,)
        second.terminate()
        assert second.wait(60) == 0
