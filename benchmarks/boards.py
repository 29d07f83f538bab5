"""``make bench``, the boards: a county of 100,000 doors, the same county among fifteen, and five hundred screens.

    python -m benchmarks.boards [--doors 100000] [--grown 1500000] [--viewers 500] [--runs 60]

Gaps are written by one statement: every compound has as many as it takes for 200,000 in fifteen counties. A board is
measured rendered anew each time, as for the first viewer after a change, and as the others get it. Then five hundred
screens ask a server as it really runs, all within the second after a sweep is looked for: one that found something
in their county, and one that found nothing; then, spread as over a minute, beside phones that hand in attempts.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from benchmarks import intake, viewers
from benchmarks.bare import as_owner, empty
from benchmarks.servers import Server, gunicorn

_GAPS_A_DOOR = 200_000 / 1_500_000
_MOST_CPU, _SMALL, _LARGE = 5.0, 80, 120
# Screens ask after each sweep, in turns of so many seconds (frontend/desk/board.js). In the first turns, which are not
# counted, each connection of the server sees its first board, as in the first minutes of a day.
_SWEEPS_A_MINUTE, _SPREAD, _TURNS, _WARMING = 3, 1.0, 6, 4
# Sweeps are further apart than what was asked for all screens at once may serve (firstline.gaps.boards.asked).
_APART = 2.5
_MEASURING = 60
_BATCHES, _ROUNDS = 36, 2
_HEAD = f"{'':<50}{'cpu':>8}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}"


def main() -> None:
    """Make the installations the first time, measure, print."""
    arguments = argparse.ArgumentParser(prog="benchmarks.boards", description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--grown", type=int, default=1_500_000, help="0: not")
    arguments.add_argument("--viewers", type=int, default=500, help="0: not")
    arguments.add_argument("--runs", type=int, default=60)
    chosen = arguments.parse_args()
    for doors, limit in ((chosen.doors, _SMALL), (chosen.grown, _LARGE)):
        if doors:
            with Server(doors) as server, _knowing(server.var) as ours:
                print(server.described(), flush=True)
                _show_pages(ours, server.var, doors, limit, chosen.runs)
    if chosen.viewers:
        with Server(chosen.doors, tried=False) as server, _knowing(server.var) as ours:
            print(server.described(), flush=True)
            _show_viewers(ours, server.var, chosen.doors, chosen.viewers)


@contextmanager
def _knowing(var: Path) -> Iterator[Executor]:
    with ProcessPoolExecutor(1, get_context("spawn"), intake.begin, (intake.environment_of(var),)) as ours:
        yield ours


def _show_pages(ours: Executor, var: Path, doors: int, limit: int, runs: int) -> None:
    print(f"{ours.submit(_open_gaps, round(doors * _GAPS_A_DOOR)).result():,} open gaps\n{_HEAD}")
    _settle(var)
    for line in ours.submit(_pages, limit, runs).result():
        print(line, flush=True)


def _settle(var: Path) -> None:
    with as_owner(var) as owner:
        owner.execute("VACUUM (ANALYZE) gaps_gap")


# --- The screens


def _show_viewers(ours: Executor, var: Path, doors: int, count: int) -> None:
    county = ours.submit(_county).result()
    path = f"/board/part/?at={county}&by=place"
    ours.submit(_open_gaps, round(doors * _GAPS_A_DOOR)).result()
    _settle(var)
    ours.submit(intake.enrol).result()
    screens = ours.submit(viewers.sessions, count, "officer").result()
    environment = intake.environment_of(var)
    print(f"\n{count} screens, all within {_SPREAD:.0f} s of each sweep\n{_HEAD}")
    with ProcessPoolExecutor(2, get_context("spawn")) as clients, gunicorn(environment, intake.PORT) as server:
        known, _polls = clients.submit(viewers.look, intake.PORT, path, screens, 0).result()
        for title, changed in (("a poll after a sweep that found something", True), ("  that found nothing", False)):
            polls, cpu = [], 0.0
            _wait_for_a_step()
            for turn in range(-_WARMING, _TURNS):
                time.sleep(_APART)
                if changed:
                    ours.submit(viewers.change, county).result()
                before = viewers.cpu_of(server.pid, viewers.postmaster_of(var))
                known, more = clients.submit(viewers.look, intake.PORT, path, known, _SPREAD).result()
                if turn >= 0:
                    cpu += viewers.cpu_of(server.pid, viewers.postmaster_of(var)) - before
                    polls += more
            _show_polls(title, polls, cpu, 200 if changed else 304)
        _show_intake(ours, clients, var, (path, known))
    ours.submit(viewers.forget_sessions, screens).result()


def _wait_for_a_step() -> None:
    """Ages move on every five minutes, and with them every board: not while what stands still is measured."""
    left = 300 - time.time() % 300
    if left < _MEASURING:
        time.sleep(left + 1)


def _show_polls(title: str, polls: list[viewers.Poll], cpu: float, expected: int) -> None:
    if {poll.status for poll in polls} != {expected}:
        raise SystemExit(f"polls were answered {sorted({poll.status for poll in polls})}, not {expected}")
    each = 1000 * cpu / len(polls)
    minute = _SWEEPS_A_MINUTE * each
    print(f"{title:<50}{each:>8.2f}{_percentiles(polls)}")
    print(f"{'    a viewer and minute':<50}{minute:>8.2f}{'':>16}{_MOST_CPU:>8}{minute / _MOST_CPU:>9.2f}", flush=True)


def _show_intake(ours: Executor, clients: Executor, var: Path, watched: tuple[str, list[viewers.Viewer]]) -> None:
    """What eight phones hand in without the screens and beside them, in turn."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    polls: list[viewers.Poll] = []
    for turn in range(2 * _ROUNDS):
        beside = turn % 2 == 1
        rate, more = _take_in(ours, clients, var, watched if beside else None)
        rates[beside].append(rate)
        polls += more
    alone, less = median(rates[False]), median(rates[True])
    print(f"{'a poll beside phones that hand in':<50}{'':>8}{_percentiles(polls)}")
    print(f"attempts a second: {alone:,.0f} without screens, {less:,.0f} beside them, a part of {less / alone:.2f}")


def _take_in(
    ours: Executor, clients: Executor, var: Path, watched: tuple[str, list[viewers.Viewer]] | None
) -> tuple[float, list[viewers.Poll]]:
    """Attempts a second, and the polls meanwhile, as many as screens send in that time; refuses when one was lost."""
    empty(var)
    sendings = ours.submit(intake.signed_batches, _BATCHES, intake.BATCH, 0).result()
    asking = None
    if watched:
        path, screens = watched
        ours.submit(viewers.change, path.partition("=")[2].partition("&")[0]).result()
        asking = clients.submit(viewers.look, intake.PORT, path, screens, 60 / _SWEEPS_A_MINUTE)
    begun = time.monotonic()
    load = clients.submit(intake.send_all, sendings).result()
    ended = time.monotonic()
    intake.refuse_lost(var, load, _BATCHES * intake.BATCH * intake.DEVICES)
    polls = asking.result()[1] if asking else []
    return load.a_second, [poll for poll in polls if begun <= poll.due <= ended]


def _percentiles(polls: list[viewers.Poll]) -> str:
    took = [poll.took for poll in polls]
    return f"{median(took):>8.1f}{quantiles(took, n=20)[-1]:>8.1f}"


# --- In the process that knows the installation


def _county() -> str:
    from benchmarks.world import COUNTY

    return COUNTY


def _pages(limit: int, runs: int) -> list[str]:
    from django.test import Client
    from django.urls import reverse

    from benchmarks.measure import timed
    from benchmarks.world import COUNTY
    from firstline.accounts.models import Login
    from firstline.gaps.boards import kept
    from firstline.testing.logins import log_in_whole

    client = Client(SERVER_NAME="127.0.0.1")
    log_in_whole(client, Login.objects.get(username="officer"))

    def ask(name: str, *, anew: bool = True, **asked: str) -> None:
        if anew:
            kept.forget()
        answer = client.get(reverse(name), asked)
        if answer.status_code != 200:
            raise SystemExit(f"{name} answered {answer.status_code}")

    lines = []
    for title, name, asked in (
        ("board of a county, rendered anew", "gaps:board", {"at": COUNTY}),
        ("  by person", "gaps:board", {"at": COUNTY, "by": "person"}),
        ("  by kind", "gaps:board", {"at": COUNTY, "by": "kind"}),
        ("  of a community", "gaps:board", {"at": f"{COUNTY}003001"}),
        ("what the counties have confirmed", "gaps:confirmed", {}),
    ):
        took = timed(lambda name=name, asked=asked: ask(name, **asked), runs=runs)
        lines.append(f"{title:<50}{took.cpu:>8.1f}{took.p50:>8.1f}{took.p95:>8.1f}{limit:>8}{took.p95 / limit:>9.2f}")
    took = timed(lambda: ask("gaps:board", anew=False, at=COUNTY), runs=runs)
    lines.append(
        f"{'board of a county, as the next viewer gets it':<50}{took.cpu:>8.1f}{took.p50:>8.1f}{took.p95:>8.1f}"
    )
    return lines


def _open_gaps(wanted: int) -> int:
    """Let so many gaps be open, strewn over compounds, kinds, levels and the last six days; how many there are."""
    from django.db import connection

    from firstline.gaps.models import Gap
    from firstline.kernel import gap_sources

    kinds = list(gap_sources.kinds())
    with connection.cursor() as cursor:
        if not Gap.objects.exists():
            cursor.execute(_GAPS, [kinds, wanted])
        cursor.execute(_STATES)
        cursor.execute(_CONFIRMED)
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

# Swept a moment ahead, so that no board is stale while it is measured.
_STATES = """
INSERT INTO gaps_countystate (path, swept_at, changed_at, seen_generation, seen_txid)
SELECT path, now() + interval '1 hour', now(), 0, 0 FROM places_place WHERE kind = 'county'
    ON CONFLICT (path) DO UPDATE SET swept_at = excluded.swept_at
"""

_CONFIRMED = """
INSERT INTO gaps_confirmedcount (id, path, at, by_person_id, open_gaps, day_old, at_county, doors, "left")
SELECT gen_random_uuid(), place.path, now(), login.person_id, 1000, 100, 10, 100800, 5000
  FROM places_place AS place, accounts_login AS login
 WHERE place.kind = 'county' AND login.username = 'officer'
   AND NOT EXISTS (SELECT FROM gaps_confirmedcount AS known WHERE known.path = place.path)
"""


if __name__ == "__main__":
    main()
