"""Timing: the same thing many times, and what stands beside it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from django.db import connection


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many runs; ``cpu`` is what one took of this process and of its database session, on average."""

    p50: float
    p95: float
    cpu: float
    runs: int


@dataclass(frozen=True)
class Line:
    """One line of the table: ``limit`` in milliseconds for the p95, ``alone`` the page's statements by themselves."""

    name: str
    timing: Timing
    limit: float | None = None
    statements: int | None = None
    alone: Timing | None = None


def timed(work: Callable[[], object], *, runs: int, warm: int = 5) -> Timing:
    """Wall-clock time of ``work`` on the serving machine, and the CPU it took of it, warm runs left out."""
    for _run in range(warm):
        work()
    took = []
    before = computed()
    for _run in range(runs):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return Timing(median(took), quantiles(took, n=20)[-1], (computed() - before) * 1000 / runs, runs)


def computed() -> float:
    """Seconds this process and its session of the database have computed; on a busy machine the one steady figure."""
    connection.ensure_connection()
    session = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + int(session.read_text().split()[0]) / 1e9
