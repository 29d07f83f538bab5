"""``make bench``, the boards: a county of 100,000 doors, and the same county among fifteen with 200,000 open gaps.

    python -m benchmarks.boards [--doors 100000] [--grown 1500000] [--runs 100]

Gaps are written by one statement: every compound has as many as it takes. A board is measured rendered anew each time,
as for the first viewer after a change; beside it stands what it costs to hear that nothing changed, which is what
every viewer asks twice a minute.
"""

import argparse
import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from benchmarks.servers import ROOT, Server

_GAPS_A_DOOR = 200_000 / 1_500_000
_POLLS_A_MINUTE = 2
_MOST_CPU = 5.0
_SMALL, _LARGE = 80, 120


def main() -> None:
    """Make the installations the first time, measure, print."""
    arguments = argparse.ArgumentParser(prog="benchmarks.boards", description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--grown", type=int, default=1_500_000, help="0: not")
    arguments.add_argument("--runs", type=int, default=100)
    chosen = arguments.parse_args()
    for doors, limit in ((chosen.doors, _SMALL), (chosen.grown, _LARGE)):
        if not doors:
            continue
        environment = {
            "FIRSTLINE_VAR": str(ROOT / "var" / f"bench-{doors}"),
            "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
            "FIRSTLINE_LOG_LEVEL": "WARNING",
        }
        spawn = multiprocessing.get_context("spawn")
        with Server(doors) as server, ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
            print(server.described(), flush=True)
            for line in ours.submit(_measured, doors, limit, chosen.runs).result():
                print(line, flush=True)


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    logging.disable(logging.INFO)


def _measured(doors: int, limit: int, runs: int) -> list[str]:
    from django.test import Client
    from django.urls import reverse

    from benchmarks.measure import timed
    from benchmarks.world import COUNTY
    from firstline.accounts.models import Login
    from firstline.gaps.boards import kept

    standing = _open_gaps(round(doors * _GAPS_A_DOOR))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Login.objects.get(username="officer"))

    def anew(name: str, **asked: str) -> None:
        kept.forget()
        answer = client.get(reverse(name), asked)
        if answer.status_code != 200:
            raise SystemExit(f"{name} answered {answer.status_code}")

    lines = [f"{standing:,} open gaps\n{'':<44}{'cpu':>8}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}"]
    for title, asked in (
        ("board of a county", {"at": COUNTY}),
        ("  by person", {"at": COUNTY, "by": "person"}),
        ("  by kind", {"at": COUNTY, "by": "kind"}),
        ("  of a community", {"at": f"{COUNTY}003001"}),
    ):
        took = timed(lambda asked=asked: anew("gaps:board", **asked), runs=runs)
        lines.append(f"{title:<44}{took.cpu:>8.1f}{took.p50:>8.1f}{took.p95:>8.1f}{limit:>8}{took.p95 / limit:>9.2f}")
    tag = client.get(reverse("gaps:board_part"), {"at": COUNTY})["ETag"]
    poll = timed(
        lambda: client.get(reverse("gaps:board_part"), {"at": COUNTY}, headers={"If-None-Match": tag}), runs=runs
    )
    minute = poll.cpu * _POLLS_A_MINUTE
    lines.append(f"{'nothing changed':<44}{poll.cpu:>8.1f}{poll.p50:>8.1f}{poll.p95:>8.1f}")
    lines.append(f"{'cpu a viewer and minute':<44}{minute:>8.1f}{'':>16}{_MOST_CPU:>8}{minute / _MOST_CPU:>9.2f}")
    return lines


def _open_gaps(wanted: int) -> int:
    """Let so many gaps be open, strewn over compounds, kinds, levels and the last six days; how many there are."""
    from django.db import connection

    from firstline.gaps.models import Gap
    from firstline.kernel import gap_sources

    kinds = list(gap_sources.kinds())
    if not Gap.objects.exists():
        with connection.cursor() as cursor:
            cursor.execute(_GAPS, [kinds, wanted])
            cursor.execute(_STATES)
    return Gap.objects.filter(closed_at=None).count()


_GAPS = """
INSERT INTO gaps_gap (id, kind, path, severity, count, since, opened_at, found_at, first_tier, tier, climbs_at,
                      disputed)
SELECT gen_random_uuid(), kind, path, (20 + 70 * random())::smallint, 1 + (9 * random())::integer, opened_at,
       opened_at, opened_at, 1, CASE WHEN random() < 0.02 THEN 3 WHEN random() < 0.2 THEN 2 ELSE 1 END, NULL, false
  FROM (SELECT one.kind, path, now() - random() * interval '6 days' AS opened_at
          FROM places_place, unnest(%s::text[]) AS one (kind) WHERE places_place.kind = 'compound'
         ORDER BY random() LIMIT %s) AS strewn (kind, path, opened_at)
"""

_STATES = """
INSERT INTO gaps_countystate (path, swept_at, changed_at)
SELECT path, now() + interval '1 day', now() FROM places_place WHERE kind = 'county' ON CONFLICT (path) DO NOTHING
"""


if __name__ == "__main__":
    main()
