"""Households that report online, 16 at once, against a server as it really runs: gunicorn as configured by default.

    python -m benchmarks.online [--doors 100000] [--seconds 20] [--threads N]

Every submission is a form with three persons: signed, sealed, tokenised, an attempt at its door with its counts and two
entries of the ledger, in one transaction. Beside it stand a ping through the same server (the smallest answer it gives)
and the statements of one submission alone, sent by hand on one connection and rolled back. The clients keep their
connections, in a process of their own. At the end the rows are counted: as many as were answered with yes, none lost.
"""

import argparse
import http.client
import itertools
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from benchmarks.servers import Server
from benchmarks.servers import gunicorn as served
from firstline.config import gunicorn

_ROOT = Path(__file__).resolve().parents[1]
_PORT, _CLIENTS = 8791, 16
_WANTED_A_SECOND, _WANTED_P95 = 100, 250
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# Faster than this no machine of two cores answers; so many bodies are made beforehand.
_MOST_A_SECOND = 400

Sending = tuple[str, bytes]


@dataclass(frozen=True)
class Load:
    """What 16 clients met: seconds it took, milliseconds of each answer, how many were answered with yes."""

    seconds: float
    took: list[float]
    taken: int

    @property
    def a_second(self) -> float:
        return len(self.took) / self.seconds

    @property
    def p95(self) -> float:
        return quantiles(self.took, n=20)[-1]


def main() -> None:
    """Measure, print, and fail when a submission was lost."""
    arguments = argparse.ArgumentParser(prog="benchmarks.online", description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--threads", type=int, default=gunicorn.threads, help="of each worker")
    chosen = arguments.parse_args()
    environment = _environment(chosen.doors) | {"FIRSTLINE_THREADS": str(chosen.threads)}
    spawn = multiprocessing.get_context("spawn")
    with Server(chosen.doors) as server, ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
        print(server.described(), flush=True)
        sendings = ours.submit(_sendings, chosen.seconds * _MOST_A_SECOND).result()
        alone = ours.submit(_alone).result()
        before = ours.submit(_counted).result()
        with served(environment, _PORT), ProcessPoolExecutor(1, spawn) as clients:
            ping = clients.submit(_load, [("/ping/", b"")] * 4_000, 5).result()
            load = clients.submit(_load, sendings, chosen.seconds).result()
        after = ours.submit(_counted).result()
    print(
        f"\n{_CLIENTS} clients, {gunicorn.workers} workers of {chosen.threads} threads,"
        f" {load.seconds:.0f} s; milliseconds"
    )
    _print(load, ping, alone)
    new = {name: after[name] - before[name] for name in after}
    print(f"\nanswered with yes {load.taken}, of {len(load.took)}; new rows: {new}")
    if not load.taken == len(load.took) == new["reports"] == new["attempts"] or new["parked"]:
        sys.exit("submissions were lost, doubled or parked")


def _print(load: Load, ping: Load, alone: tuple[int, float]) -> None:
    statements, milliseconds = alone
    print(f"{'':<34}{'a second':>10}{'wanted':>8}{'p95':>8}{'limit':>8}")
    print(
        f"{'online form, three persons':<34}{load.a_second:>10.0f}{_WANTED_A_SECOND:>8}{load.p95:>8.0f}{_WANTED_P95:>8}"
    )
    print(f"{'ping':<34}{ping.a_second:>10.0f}{'':>8}{ping.p95:>8.0f}")
    print(f"{f'its {statements} statements alone, by hand':<34}{1000 / milliseconds:>10.0f}{'':>8}{milliseconds:>8.1f}")
    print(f"the form costs {ping.a_second / load.a_second:.1f} pings")


def _environment(doors: int) -> dict[str, str]:
    return {
        "FIRSTLINE_VAR": str(_ROOT / "var" / f"bench-{doors}"),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_LOG_LEVEL": "WARNING",
    }


# --- In the process of the clients: nothing of Django


def _load(sendings: Sequence[Sending], seconds: int) -> Load:
    """Send from all clients at once until the time is over or nothing is left to send."""
    left, took, taken = iter(sendings), [], itertools.count()
    lock, ends = threading.Lock(), time.perf_counter() + seconds
    began = time.perf_counter()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=60)
        while time.perf_counter() < ends:
            with lock:
                sending = next(left, None)
            if sending is None:
                return
            start = time.perf_counter()
            yes = _answer(connection, sending)
            with lock:
                took.append((time.perf_counter() - start) * 1000)
                if yes:
                    next(taken)

    threads = [threading.Thread(target=work) for _client in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(time.perf_counter() - began, took, next(taken))


def _answer(connection: http.client.HTTPConnection, sending: Sending) -> bool:
    """Whether the server said that it has come in; only that page shows the household its code."""
    path, body = sending
    connection.request("POST" if body else "GET", path, body or None, _FORM if body else {})
    response = connection.getresponse()
    page = response.read()
    return response.status == 200 and (not body or b"fl-code-is" in page)


# --- In the process that knows the installation


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import logging

    import django

    django.setup()
    logging.disable(logging.INFO)


def _sendings(count: int) -> list[Sending]:
    """Bodies of forms, each for another door in turn through all compounds, each with a token of its own.

    A world that was measured before goes on where it stopped: many reports of one door in a day are a clerk's.
    """
    from firstline.census.online.intake import new_token

    first = _counted()["reports"]
    links, people = _links(), _households()
    doors = [(b, u, f"{f}0{r}") for b in range(1, 5) for u in range(1, 4) for f in range(1, 7) for r in (1, 2)]
    sendings = []
    for number in range(first, first + count):
        code = links[number % len(links)]
        building, unit, room = doors[number // len(links) % len(doors)]
        fields = {"token": new_token(code), "building": building, "unit": unit, "room": room}
        sendings.append((f"/r/{code}/", urlencode(fields | people[number % len(people)]).encode()))
    return sendings


def _links() -> list[str]:
    """The codes of the compounds of the first county; opened the first time."""
    from benchmarks.world import COUNTY
    from firstline.census.online.actions import open_links
    from firstline.census.online.selectors import open_links as opened
    from firstline.kernel import scope
    from firstline.kernel.actors import console
    from firstline.kernel.paths import subtree
    from firstline.places.selectors import compounds_within

    operator, within = console(), subtree(COUNTY)
    with scope.enter(operator):
        standing = opened([within])
        missing = [one.pk for one in compounds_within(within) if one.pk not in standing]
    if missing:
        open_links(operator, place_ids=missing, phone="0358-8220000")
    with scope.enter(operator):
        return sorted(link.code for link in opened([within]).values())


def _households() -> list[dict[str, str]]:
    """Three persons each: name, relation, document number, phone."""
    from firstline.drill.households import Inventor

    inventor, fields, said = Inventor(7), [], []
    while len(fields) < 500:
        said += inventor.household()
        while len(said) >= 3:
            three, said = said[:3], said[3:]
            household: dict[str, str] = {"symptoms": "无", "note": "老人行动不便", "confirmed": "1"}
            for row, person in enumerate(three, 1):
                household |= {
                    f"{row}-name": person.name,
                    f"{row}-relation": "head" if row == 1 else "child",
                    f"{row}-id": person.id_number,
                    f"{row}-phone": person.phone,
                }
            fields.append(household)
    return fields


def _alone() -> tuple[int, float]:
    """How many statements one submission sends, and the milliseconds they take by themselves."""
    from django.db import connection, transaction
    from django.test import Client

    (path, body), following = _sendings(2)
    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, *rest)

    client = Client(SERVER_NAME="127.0.0.1")

    def post() -> None:
        answer = client.generic("POST", path, body, content_type=_FORM["Content-Type"])
        if answer.status_code != 200:
            raise SystemExit(f"the form was answered with {answer.status_code}")

    with transaction.atomic():
        post()
        with connection.execute_wrapper(note):
            path, body = following
            post()
        transaction.set_rollback(True)
    return len(sent), _replayed(sent)


def _replayed(sent: Sequence[tuple[str, Any]], runs: int = 200) -> float:
    from django.db import connection, transaction

    began = time.perf_counter()
    for _run in range(runs):
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
            transaction.set_rollback(True)
    return (time.perf_counter() - began) * 1000 / runs


def _counted() -> dict[str, int]:
    from firstline.census.models import Attempt, SelfReport
    from firstline.kernel import scope
    from firstline.kernel.actors import console

    with scope.enter(console()):
        return {
            "reports": SelfReport.objects.count(),
            "parked": SelfReport.objects.exclude(parked_for="").count(),
            "attempts": Attempt.objects.filter(channel="online").count(),
        }


if __name__ == "__main__":
    main()
