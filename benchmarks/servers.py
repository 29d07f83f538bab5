"""One installation to measure: a database of its own, and a process of its own that serves pages from it."""

import http.client
import logging
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

import psycopg

from benchmarks.measure import Line
from firstline.database import roles
from firstline.database.embedded import Cluster

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """An installation of so many doors while the ``with`` block runs; made the first time, kept afterwards.

    Not ``tried``: nobody has been at any door, and nobody is named there; a sweep is about to begin.

    A process each, because a process of Django knows one database and one folder of keys.
    """

    def __init__(self, doors: int, *, tried: bool = True) -> None:
        self._doors, self._tried = doors, tried
        self.var = ROOT / "var" / (f"bench-{doors}" if tried else f"bench-{doors}-untried")
        self._standing = ExitStack()

    def __enter__(self) -> "Server":
        environment = {"FIRSTLINE_VAR": str(self.var), "DJANGO_SETTINGS_MODULE": "firstline.config.settings"}
        self._standing.enter_context(Cluster(self.var / "pg").running())
        program = Path(sys.executable).with_name("firstline")
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([program, *command], check=True, stdout=subprocess.DEVNULL, env=os.environ | environment)
        self._process = self._standing.enter_context(
            ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), _begin, (environment, self._doors, self._tried)
            )
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._standing.__exit__(kind, problem, trace)

    def described(self) -> str:
        """What stands in it."""
        return self._process.submit(_described).result()

    def lines(self) -> int:
        """How many lines the table has."""
        return self._process.submit(_lines).result()

    def line(self, number: int, runs: int) -> Line:
        """Measure one line of the table."""
        return self._process.submit(_line, number, runs).result()


@contextmanager
def gunicorn(environment: dict[str, str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The server as it really runs, on ``port`` of this machine; the block begins when it answers."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:firstline.config.gunicorn"]
    server = subprocess.Popen(
        [*command, "-b", f"127.0.0.1:{port}", "firstline.config.wsgi"],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _attempt in range(300):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port)
                connection.request("GET", "/sync/v1/alive")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait()


def _begin(environment: dict[str, str], doors: int, tried: bool) -> None:
    """In the serving process: only from here on may anything of Django be imported."""
    os.environ.update(environment)
    import django

    django.setup()
    logging.disable(logging.INFO)
    from benchmarks import world
    from firstline.places.selectors import place_at

    if place_at("14") is None:
        print(f"Making {doors:,} doors ...", flush=True)
        world.make(doors, tried=tried)
        settle()


def settle() -> None:
    """What autovacuum does within a day: index-only scans and plans stand on it."""
    from firstline.config.installation import VAR

    with psycopg.connect(Cluster(VAR / "pg").dsn(roles.OWNER), autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")


def _described() -> str:
    from benchmarks import world

    return world.found().described


def _lines() -> int:
    from benchmarks import pages

    return len(pages.measures())


def _line(number: int, runs: int) -> Line:
    from benchmarks import pages

    return pages.measures()[number](runs)
