"""Attempts handed in by eight phones, against a server as it really runs: gunicorn with two workers.

    python -m benchmarks.intake [--doors 100000] [--rounds 3]

Every attempt is in a signed batch of 100, checked, in its device's scope, sealed, durable, with its door's state and
the counts of its building. Requests are made and signed before the clock runs, and sent by a process of its own, on
eight connections that are kept. Beside it stands the bare insert of the very rows the server wrote: the same tables,
indexes and row security, by ``json_to_recordset`` in transactions of 100, on as many connections, and no more.
Before each round the tables are emptied, so that every door is tried once.
"""

import argparse
import base64
import http.client
import json
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from benchmarks.bare import as_owner, bare_insert, empty
from benchmarks.servers import Server, gunicorn

PORT, DEVICES, _WORKERS, BATCH = 8792, 8, 2, 100
_PATH = "/sync/v1/commands"
_WANTED = {"without persons": 8_000, "three persons each": 600}
_RATIO_WANTED, _SINGLE_WANTED, _SINGLE_P99, _MEBIBYTES = 0.2, 250, 150, 400
Sending = tuple[dict[str, str], bytes]


class _AtWork(NamedTuple):
    """The process that knows the installation, the phones' process, and where the installation is."""

    ours: Executor
    clients: Executor
    var: Path


@dataclass(frozen=True)
class Load:
    """What the phones met: seconds it took, milliseconds of each answer, attempts answered with accepted."""

    seconds: float
    took: list[float]
    accepted: int

    @property
    def a_second(self) -> float:
        return self.accepted / self.seconds


def main() -> None:
    """Measure, print, and fail when an attempt was lost."""
    arguments = argparse.ArgumentParser(prog="benchmarks.intake", description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with Server(chosen.doors, tried=False) as server:
        environment = environment_of(server.var)
        with ProcessPoolExecutor(1, spawn, begin, (environment,)) as ours, ProcessPoolExecutor(1, spawn) as clients:
            print(server.described(), flush=True)
            ours.submit(enrol).result()
            print(f"\n{DEVICES} phones, {_WORKERS} workers with the default threads, batches of {BATCH}", flush=True)
            print(f"{'':<30}{'a second':>10}{'wanted':>8}{'bare insert':>13}{'ratio':>8}{'wanted':>8}")
            at_work = _AtWork(ours, clients, server.var)
            with gunicorn(environment, PORT) as process:
                _batches(at_work, "without persons", 0, 36, chosen.rounds)
                _batches(at_work, "three persons each", 3, 4, chosen.rounds)
                _singles(ours, clients, server.var)
                held = _memory(process.pid)
    print(f"web processes {held:.0f} MiB (at most {_MEBIBYTES} wanted)")


def _batches(at_work: _AtWork, name: str, people: int, each: int, rounds: int) -> None:
    """One line of the table: medians of the rounds, the bare insert measured after each."""
    ours, clients, var = at_work
    rates, bare = [], []
    for _round in range(rounds):
        empty(var)
        sendings = ours.submit(signed_batches, each, BATCH, people).result()
        load = clients.submit(send_all, sendings).result()
        refuse_lost(var, load, each * BATCH * DEVICES)
        rates.append(load.a_second)
        bare.append(bare_insert(var, BATCH, DEVICES))
    rate, beside = median(rates), median(bare)
    print(
        f"{name:<30}{rate:>10,.0f}{_WANTED[name]:>8,}{beside:>13,.0f}{rate / beside:>8.2f}{_RATIO_WANTED:>8}",
        flush=True,
    )


def _singles(ours: Executor, clients: Executor, var: Path) -> None:
    empty(var)
    load = clients.submit(send_all, ours.submit(signed_batches, 250, 1, 0).result()).result()
    refuse_lost(var, load, 250 * DEVICES)
    p99 = quantiles(load.took, n=100)[-1]
    print(
        f"\nsingle commands {load.a_second:,.0f} a second ({_SINGLE_WANTED} wanted), p99 {p99:.0f} ms ({_SINGLE_P99})"
    )


def refuse_lost(var: Path, load: Load, sent: int) -> None:
    """End the program where not every attempt was kept."""
    with as_owner(var) as owner:
        row = owner.execute("SELECT (SELECT count(*) FROM census_attempt), (SELECT count(*) FROM sync_kept)").fetchone()
        states = owner.execute("SELECT coalesce(sum(attempts), 0) FROM census_doorstate").fetchone()
    if not row or not states or not row[0] == states[0] == load.accepted == sent or row[1]:
        sys.exit(f"sent {sent}, accepted {load.accepted}, stored and kept {row}, in states {states}: not all the same")


def environment_of(var: Path) -> dict[str, str]:
    """What the server of an installation is told."""
    return {
        "FIRSTLINE_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_WORKERS": str(_WORKERS),
    }


def _memory(parent: int) -> float:
    """MiB of the web processes, what they share counted once (proportional set size)."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    kilobytes = 0
    for pid in [str(parent), *children]:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        kilobytes += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return kilobytes / 1024


# --- In the process of the phones: nothing of Django


def send_all(sendings: Sequence[Sequence[Sending]]) -> Load:
    """Each phone sends what it has, one request after the other, all phones at once."""
    took: list[float] = []
    accepted = [0] * len(sendings)
    lock = threading.Lock()

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        connection.connect()
        mine = []
        for headers, body in sendings[number]:
            start = time.perf_counter()
            connection.request("POST", _PATH, body, headers)
            response = connection.getresponse()
            page = response.read()
            mine.append((time.perf_counter() - start) * 1000)
            if response.status == 200:
                accepted[number] += page.count(b'"accepted"')
        with lock:
            took.extend(mine)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(sendings))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(time.perf_counter() - began, took, sum(accepted))


# --- In the process that knows the installation

_phones: list[tuple[str, Any, list[str]]] = []


def begin(environment: dict[str, str]) -> None:
    """Know the installation."""
    os.environ.update(environment)
    import logging

    import django

    django.setup()
    logging.disable(logging.INFO)


def enrol() -> None:
    """Eight grid workers, a community each, with a phone each; new ones each time, for their keys are kept nowhere."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    from benchmarks.world import COUNTY
    from firstline.accounts.models import Device, DeviceGrant, Person, RoleGrant
    from firstline.accounts.roles import Role
    from firstline.kernel import clock, scope
    from firstline.kernel.actors import console
    from firstline.kernel.paths import subtree
    from firstline.places.models import Door, Place, PlaceKind

    operator, within = console(), subtree(COUNTY)
    paths = Place.objects.filter(kind=PlaceKind.COMMUNITY, path__gte=within.lo, path__lt=within.hi).order_by("path")
    for path in paths.values_list("path", flat=True)[:DEVICES]:
        person = Person.objects.filter(home_path=path, login=None).first()
        assert person is not None
        RoleGrant.objects.get_or_create(
            person=person,
            role=Role.GRID_WORKER,
            path=path,
            defaults={"valid_from": clock.now(), "granted_by_id": operator.person_id},
        )
        key = ec.generate_private_key(ec.SECP256R1())
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        device = Device.objects.create(person=person, path=path, public_key=public, client="bench")
        DeviceGrant.objects.create(
            device=device, path=path, hats=["doors"], valid_from=clock.now(), given_by_id=operator.person_id
        )
        below = subtree(path)
        with scope.enter(operator):
            doors = Door.objects.filter(path__gte=below.lo, path__lt=below.hi).order_by("path")
            found = [str(door_id) for door_id in doors.values_list("pk", flat=True)]
        _phones.append((str(device.pk), key, found))


def signed_batches(each: int, size: int, people: int) -> list[list[Sending]]:
    """So many signed batches a phone, each at other doors, walked one stairwell after the other."""
    households = _people(people) if people else [[]]
    return [
        [
            _signed(device, key, [_attempt(door, households[at % len(households)], at) for at, door in part])
            for part in _parts(list(enumerate(doors)), each, size)
        ]
        for device, key, doors in _phones
    ]


def _parts(doors: list[tuple[int, str]], each: int, size: int) -> list[list[tuple[int, str]]]:
    return [doors[number * size : (number + 1) * size] for number in range(each)]


def _attempt(door_id: str, people: list[dict[str, Any]], number: int) -> dict[str, Any]:
    from firstline.kernel.ids import uuid7

    results = ("registered",) if people else ("no_answer", "no_answer", "come_back", "refused_safety", "vacant")
    body: dict[str, Any] = {"door_id": door_id, "result": results[number % len(results)], "channel": "door", "note": ""}
    body |= {"minutes": number % 12, "people": people}
    return {
        "id": str(uuid7()),
        "kind": "census.record_attempt",
        "version": 1,
        "seq": number + 1,
        "recorded_at": round(time.time() * 1000),
        "offset": 0,
        "after": [],
        "body": body,
    }


def _people(count: int) -> list[list[dict[str, Any]]]:
    """Households of so many: name, sex, relation, document number, phone."""
    from firstline.drill.households import Inventor

    inventor, households, said = Inventor(7), [], []
    while len(households) < 3_200:
        said += inventor.household()
        while len(said) >= count:
            some, said = said[:count], said[count:]
            households.append(
                [
                    {"name": one.name, "relation": "head", "phones": [one.phone], "id_number": one.id_number}
                    for one in some
                ]
            )
    return households


def _signed(device: str, key: Any, commands: list[dict[str, Any]]) -> Sending:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    from firstline.sync.signed import signed_text

    now = round(time.time() * 1000)
    body = json.dumps(
        {
            "protocol": 1,
            "sent_at": now,
            "client": "bench",
            "waiting": len(commands),
            "oldest": now,
            "commands": commands,
        },
        ensure_ascii=False,
    ).encode()
    r, s = decode_dss_signature(key.sign(signed_text("POST", _PATH, str(now), body), ec.ECDSA(hashes.SHA256())))
    headers = {
        "Content-Type": "application/json",
        "Firstline-Device": device,
        "Firstline-At": str(now),
        "Firstline-Signature": base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode(),
    }
    return headers, body


if __name__ == "__main__":
    main()
