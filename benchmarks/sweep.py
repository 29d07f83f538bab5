"""``make bench``, gaps: a sweep of 200,000 due items, from finding them compared to the last person told.

    python -m benchmarks.sweep [--items 200000]

The items lie in a thousand communities of a county, each with a compound path of its own; a sweep opens them, finds
them unchanged, raises them after two days, and closes them. The limit is 15 s each. Beside the first stands what
nobody can be faster than: the same rows by one INSERT ... SELECT. What the sources' own queries cost is not in it: the
pages' benchmarks have that. Everything is taken back.
"""

import argparse
import logging
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks.servers import ROOT, Server

_DOORS = 3_600
_MOST = 15.0
_COMMUNITIES = 1_000

_ALONE = """
INSERT INTO gaps_gap (id, kind, path, severity, count, since, opened_at, found_at, first_tier, tier, disputed)
SELECT gen_random_uuid(), 'alone', to_char(number, 'FM000000000000'), 60, 1, now(), now(), now(), 1, 1, false
  FROM generate_series(1, %(items)s) AS number;
INSERT INTO gaps_gapevent (id, gap_id, path, what, at, tier, count)
SELECT gen_random_uuid(), id, path, 'opened', now(), 1, 1 FROM gaps_gap WHERE kind = 'alone';
"""


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(prog="benchmarks.sweep", description=__doc__)
    arguments.add_argument("--items", type=int, default=200_000)
    items = arguments.parse_args().items
    environment = {
        "FIRSTLINE_VAR": str(ROOT / "var" / f"bench-{_DOORS}"),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_LOG_LEVEL": "WARNING",
    }
    spawn = multiprocessing.get_context("spawn")
    with Server(_DOORS) as server, ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
        print(server.described(), flush=True)
        for line in ours.submit(_measured, items).result():
            print(line, flush=True)


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    logging.disable(logging.INFO)


def _measured(items: int) -> list[str]:
    from django.db import connection, transaction

    with transaction.atomic():
        with transaction.atomic(), connection.cursor() as cursor:
            begun = time.perf_counter()
            cursor.execute(_ALONE, {"items": items})
            alone = time.perf_counter() - begun
            transaction.set_rollback(True)
        took = _sweeps(items)
        transaction.set_rollback(True)
    return [
        f"\n{'':<54}{'':>10}{'limit':>10}{'x limit':>9}",
        *(f"{what:<54}{seconds:>10.2f}{_MOST:>10.2f}{seconds / _MOST:>9.2f}" for what, seconds in took),
        f"  the rows of the first by one INSERT ... SELECT {alone:.2f} s, a part of {took[0][1] / alone:.1f}",
    ]


def _sweeps(items: int) -> list[tuple[str, float]]:
    """What each of four sweeps takes, in seconds."""
    from datetime import timedelta
    from unittest.mock import patch

    from benchmarks.world import COUNTY
    from firstline.gaps.sweeping import sweep
    from firstline.kernel import clock, gap_sources
    from firstline.kernel.actors import console
    from firstline.kernel.gap_sources import Late

    now = clock.now()
    paths = [
        f"{COUNTY}{100 + community // 100:03d}{community % 100:03d}{compound:04d}"
        for compound in range(items // _COMMUNITIES)
        for community in range(_COMMUNITIES)
    ]
    late = [Late("steps_overdue", path, 2, now - timedelta(hours=1), now) for path in paths]
    runs: list[tuple[str, Any, Any]] = [
        (f"{items:,} due items for the first time, seconds", late, now),
        ("  once more, nothing changed", late, now + timedelta(seconds=20)),
        ("  two days later: all of them climb", late, now + timedelta(days=2)),
        ("  met by the facts: all of them close", [], now + timedelta(days=2, seconds=20)),
    ]
    found = []
    for what, due, moment in runs:
        with (
            patch.object(gap_sources, "late_everywhere", lambda due=due: due),
            patch.object(clock, "now", lambda moment=moment: moment),
        ):
            begun = time.perf_counter()
            sweep(console())
            found.append((what, time.perf_counter() - begun))
    return found


if __name__ == "__main__":
    main()
