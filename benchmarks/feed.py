"""``make bench``, the feed of devices: a community taken along by a phone, and hearing that nothing changed.

    python -m benchmarks.feed [--doors 3600] [--runs 200]

One installation of one community: 3,600 doors in 25 compounds, three mentions a door, five attempts. The phone signs
its requests and asks through the whole of the server, as it would; compressed bytes are what goes over the air. Beside
the first sync stands what nobody can be faster than: reading the same mentions and opening their seals, and no more.
"""

import argparse
import gzip
import json
import logging
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

from benchmarks.servers import ROOT, Server

_MOST_BYTES, _MOST_SECONDS, _MOST_IDLE = 1_500_000, 4.0, 10.0
_FIRST_SYNCS = 5
_EVENING = 300


@dataclass(frozen=True)
class FirstSync:
    """A whole first sync: seconds, compressed bytes, and what came."""

    seconds: float
    compressed: int
    plain: int
    pages: int
    doors: int
    people: int


def main() -> None:
    """Make the community the first time, measure, print."""
    arguments = argparse.ArgumentParser(prog="benchmarks.feed", description=__doc__)
    arguments.add_argument("--doors", type=int, default=3_600)
    arguments.add_argument("--runs", type=int, default=200)
    chosen = arguments.parse_args()
    environment = {
        "FIRSTLINE_VAR": str(ROOT / "var" / f"bench-{chosen.doors}"),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_LOG_LEVEL": "WARNING",
    }
    spawn = multiprocessing.get_context("spawn")
    with Server(chosen.doors) as server, ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
        print(server.described(), flush=True)
        for line in ours.submit(_measured, chosen.runs).result():
            print(line, flush=True)


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    logging.disable(logging.INFO)


def _measured(runs: int) -> list[str]:
    from benchmarks.measure import timed

    phone = _Phone()
    phone.sync()
    syncs = [phone.sync() for _run in range(_FIRST_SYNCS)]
    first = min(syncs, key=lambda sync: sync.seconds)
    seconds, opening = median(sync.seconds for sync in syncs), _seconds(phone.open_mentions)
    idle = timed(lambda: phone.ask(phone.cursor), runs=runs)
    alive = timed(lambda: phone.client.get("/sync/v1/alive"), runs=runs)
    phone.touch(_EVENING)
    evening, answered = _seconds(lambda: phone.ask(phone.cursor)), phone.ask(phone.cursor)
    return [
        f"\n{'':<44}{'':>10}{'limit':>10}{'x limit':>9}",
        _row(f"first sync, {first.doors:,} doors, {first.people:,} names, seconds", seconds, _MOST_SECONDS),
        _row(f"  compressed bytes ({first.plain / first.compressed:.1f} times less)", first.compressed, _MOST_BYTES),
        f"  {first.pages} pages; mentions read and opened alone {opening:.2f} s, a part of {seconds / opening:.1f}",
        _row("nothing changed, ms of cpu", idle.cpu, _MOST_IDLE),
        f"  p50 {idle.p50:.1f} ms, p95 {idle.p95:.1f} ms; the server's word that it lives {alive.cpu:.1f} ms of cpu",
        f"{_EVENING} doors touched: {evening * 1000:.0f} ms, {len(answered):,} bytes compressed",
    ]


def _row(name: str, figure: float, limit: float) -> str:
    shown = f"{figure:>10,.2f}" if figure < 100 else f"{figure:>10,.0f}"
    return f"{name:<54}{shown}{limit:>10,.0f}{figure / limit:>9.2f}"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class _Phone:
    """The director's phone for the whole community."""

    def __init__(self) -> None:
        from django.test import Client

        from benchmarks.world import COUNTY
        from firstline.accounts.models import Login
        from firstline.sync.tests.phones import phone_of

        person = Login.objects.get(username="director").person_id
        self.path = f"{COUNTY}003001"
        self.phone, self.client, self.cursor = phone_of(person, self.path), Client(SERVER_NAME="127.0.0.1"), ""
        self.area = ""

    def ask(self, cursor: str) -> bytes:
        """One page as it goes over the air."""
        address = f"/sync/v1/changes?{urlencode({'cursor': cursor, 'area': self.area})}"
        headers = {**self.phone.headers("GET", address), "Accept-Encoding": "gzip"}
        response = self.client.get(address, headers=headers)
        assert response.status_code == 200, response.content
        return response.content

    def sync(self) -> FirstSync:
        """From nothing to everything; only the server's part is timed, not the phone's."""
        spent, compressed, plain, pages, doors, people = 0.0, 0, 0, 0, 0, 0
        self.cursor, self.area, more = "", "", True
        while more:
            started = time.perf_counter()
            came = self.ask(self.cursor)
            spent += time.perf_counter() - started
            body = gzip.decompress(came) if came[:2] == b"\x1f\x8b" else came
            said = json.loads(body)
            compressed, plain, pages = compressed + len(came), plain + len(body), pages + 1
            doors += len(said["doors"])
            people += sum(len(door["people"]) for door in said["doors"])
            self.cursor, more = said["cursor"], said["more"]
            self.area = said["area"]["hash"] if said["area"] else self.area
        return FirstSync(spent, compressed, plain, pages, doors, people)

    def open_mentions(self) -> None:
        """What the sync cannot do without."""
        from firstline.accounts.devices.selectors import device_actor, device_with_terms
        from firstline.kernel import scope
        from firstline.registry.models import Mention

        device = device_with_terms(self.phone.device_id)  # type: ignore[arg-type]
        assert device is not None
        with scope.enter(device_actor(device)):
            for pk, sealed in Mention.objects.values_list("id", "sealed"):
                Mention.opened(pk, sealed)

    def touch(self, count: int) -> None:
        """As many doors all over the community as an evening's visits change."""
        from firstline.kernel import changes
        from firstline.places.models import Door

        paths = list(Door.objects.filter(path__startswith=self.path).order_by("path").values_list("path", flat=True))
        changes.touch(paths[:: max(len(paths) // count, 1)][:count])


if __name__ == "__main__":
    main()
