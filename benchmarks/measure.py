"""Timing: the same thing many times, and what stands beside it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many runs."""

    p50: float
    p95: float
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
    """Wall-clock time of ``work`` on the serving machine (its CPU and the database's), warm runs left out."""
    for _run in range(warm):
        work()
    took = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return Timing(median(took), quantiles(took, n=20)[-1], runs)
