"""``make bench``, gaps: a sweep of 200,000 due items, from finding them compared to the last person told.

    python -m benchmarks.sweep [--items 200000]

Twenty kinds lie at each of 10,000 compounds in a thousand communities of a county. A director answers for each
community, two grid workers for five of its compounds each, ten townships and the county have somebody too. A sweep
opens them all, finds them unchanged, raises them after two days, and closes them; each is measured with what the
database otherwise checks when it commits. The limit is 15 s each. Beside them stands what nobody can be faster than:
the rows of the first by one INSERT ... SELECT. What the sources' own queries cost is not in it: the pages' benchmarks
have that. Everything is taken back.
"""

import argparse
import logging
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from resource import RUSAGE_SELF, getrusage
from typing import Any, NamedTuple

from benchmarks.servers import ROOT, Server

_DOORS = 3_600
_MOST = 15.0
_KINDS = 20
_COMMUNITIES, _TOWNSHIPS = 1_000, 10
_WORKERS = 2

_ALONE = """
INSERT INTO gaps_gap (id, kind, path, severity, count, since, opened_at, found_at, first_tier, tier, climbs_at,
                      disputed)
SELECT gen_random_uuid(), 'alone', to_char(number, 'FM000000000000'), 60, 1, now(), now(), now(), 1, 1, now(), false
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


class _Took(NamedTuple):
    """Seconds by the clock, and of the processor: this process with its session of the database."""

    seconds: float
    cpu: float


def _measured(items: int) -> list[str]:
    from django.db import connection, transaction

    people, late = _people(), _late(items)
    with transaction.atomic():
        with transaction.atomic(), connection.cursor() as cursor:
            alone = _taken(lambda: cursor.execute(_ALONE, {"items": items}))
            transaction.set_rollback(True)
        before = getrusage(RUSAGE_SELF).ru_maxrss
        took = _sweeps(late)
        grown, messages = getrusage(RUSAGE_SELF).ru_maxrss - before, _messages()
        transaction.set_rollback(True)
    first = took[0][1]
    table = [
        f"{what:<54}{one.seconds:>10.2f}{_MOST:>10.2f}{one.seconds / _MOST:>9.2f}{one.cpu:>9.2f}" for what, one in took
    ]
    return [
        f"\n{'':<54}{'seconds':>10}{'limit':>10}{'x limit':>9}{'cpu':>9}",
        *table,
        f"{'  the rows of the first by one bare INSERT ... SELECT':<54}{alone.seconds:>10.2f}{'':>19}{alone.cpu:>9.2f}",
        f"  of which the first is {first.seconds / alone.seconds:.1f} times, {first.cpu / alone.cpu:.1f} in cpu",
        f"  {people:,} people answer, {messages:,} messages; the process grew by {grown / 1024:.0f} MiB at its most",
    ]


def _taken(work: Callable[[], object]) -> _Took:
    from django.db import connection

    from benchmarks.measure import computed

    begun, cpu = time.perf_counter(), computed()
    work()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return _Took(time.perf_counter() - begun, computed() - cpu)


def _communities() -> list[str]:
    from benchmarks.world import COUNTY

    return [f"{COUNTY}{100 + number % _TOWNSHIPS:03d}{number // _TOWNSHIPS + 1:03d}" for number in range(_COMMUNITIES)]


def _people() -> int:
    """Who answers at the places of the benchmark, made the first time and kept; how many they are."""
    from benchmarks.servers import settle
    from benchmarks.world import COUNTY
    from firstline.accounts.models import Person, PersonDetails, RoleGrant
    from firstline.accounts.roles import Role
    from firstline.kernel.keys import organisation_key

    stand: list[tuple[Role, list[str]]] = [(Role.COUNTY_OFFICER, [COUNTY])]
    stand += [(Role.SUBDISTRICT_CLERK, [f"{COUNTY}{100 + number:03d}"]) for number in range(_TOWNSHIPS)]
    for community in _communities():
        stand.append((Role.COMMUNITY_DIRECTOR, [community]))
        stand += [
            (Role.GRID_WORKER, [f"{community}/{compound:04d}" for compound in range(worker * 5 + 1, worker * 5 + 6)])
            for worker in range(_WORKERS)
        ]
    if RoleGrant.objects.filter(path=_communities()[-1]).exists():
        return len(stand)
    people, grants = [], []
    for number, (role, places) in enumerate(stand):
        person = Person(home_path=places[0])
        person.seal(PersonDetails(f"某人{number}"), organisation_key())
        people.append(person)
        grants += [RoleGrant(person=person, role=role, path=place, granted_by_id=person.pk) for place in places]
    Person.objects.bulk_create(people)
    RoleGrant.objects.bulk_create(grants)
    settle()
    return len(people)


def _messages() -> int:
    from firstline.notify.models import Message

    return Message.objects.filter(kind__startswith="gaps.").count()


def _late(items: int) -> list[Any]:
    """What lies late at the places of the benchmark."""
    from datetime import timedelta

    from firstline.kernel import clock, gap_sources
    from firstline.kernel.gap_sources import Late

    kinds = [name for name, one in gap_sources.kinds().items() if one.first_tier == 1][:_KINDS]
    compounds = items // _COMMUNITIES // len(kinds)
    due = clock.now() - timedelta(minutes=1)
    return [
        Late(kind, f"{community}/{compound + 1:04d}", 2, due - timedelta(hours=1), due)
        for kind in kinds
        for compound in range(compounds)
        for community in _communities()
    ]


def _sweeps(late: list[Any]) -> list[tuple[str, _Took]]:
    """What each of four sweeps takes."""
    from datetime import timedelta
    from unittest.mock import patch

    from firstline.gaps.sweeping import sweep
    from firstline.kernel import clock, gap_sources
    from firstline.kernel.actors import console

    now = clock.now()
    runs: list[tuple[str, Any, Any]] = [
        (f"{len(late):,} due items for the first time", late, now),
        ("  once more, nothing changed", late, now + timedelta(seconds=20)),
        ("  two days later: all of them climb", late, now + timedelta(days=2)),
        ("  met by the facts: all of them close", [], now + timedelta(days=2, seconds=20)),
    ]
    found = []
    for what, rows, moment in runs:
        with (
            patch.object(gap_sources, "write_late", lambda table, rows=rows: gap_sources.copy_late(table, rows)),
            patch.object(clock, "now", lambda moment=moment: moment),
        ):
            found.append((what, _taken(lambda: sweep(console()))))
    return found


if __name__ == "__main__":
    main()
