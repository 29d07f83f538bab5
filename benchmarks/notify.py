"""``make bench``, messages: ten thousand gaps told at once to two hundred people, and the count every desk asks for.

    python -m benchmarks.notify [--gaps 10000] [--people 200] [--runs 500]

Told are the gaps of a bad evening, each to three people (the village's, the township's, the county's), as one sweep
would; set out is what each is sent. Beside the telling stands what nobody can be faster than: the same rows by one
INSERT ... SELECT. A poll is what the server does for one viewer whose count has not changed, database session included;
the limit is 1 ms, which at two a minute is 2 ms of CPU a viewer and minute.
"""

import argparse
import logging
import multiprocessing
import os
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks.servers import ROOT, Server

_DOORS = 3_600
_MOST_TELLING, _MOST_SETTING_OUT, _MOST_POLL, _MOST_PAGE = 5.0, 5.0, 1.0, 80.0
_EACH_TO = 3

_ALONE = """
INSERT INTO notify_message (id, kind, path, subject_kind, words, url, severity, at, told_by_id)
SELECT gen_random_uuid(), 'bench', %(path)s, '', '{"count": 2}', '/', 70, now(), gen_random_uuid()
FROM generate_series(1, %(gaps)s);
INSERT INTO notify_receipt (receiver_id, message_id, to_robot, at)
SELECT gen_random_uuid(), id, false, now() FROM notify_message, generate_series(1, %(each)s) WHERE kind = 'bench';
"""


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(prog="benchmarks.notify", description=__doc__)
    arguments.add_argument("--gaps", type=int, default=10_000)
    arguments.add_argument("--people", type=int, default=200)
    arguments.add_argument("--runs", type=int, default=500)
    chosen = arguments.parse_args()
    environment = {
        "FIRSTLINE_VAR": str(ROOT / "var" / f"bench-{_DOORS}"),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_LOG_LEVEL": "WARNING",
        "FIRSTLINE_EMAIL_URL": "smtp://127.0.0.1",
    }
    spawn = multiprocessing.get_context("spawn")
    with Server(_DOORS) as server, ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
        print(server.described(), flush=True)
        for line in ours.submit(_measured, chosen.gaps, chosen.people, chosen.runs).result():
            print(line, flush=True)


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    logging.disable(logging.INFO)


def _measured(gaps: int, people: int, runs: int) -> list[str]:
    from benchmarks.measure import timed

    told, alone, set_out, parcels, page = _storm(gaps, people)
    poll = timed(_poll(), runs=runs, warm=20)
    answered = timed(_full_answer(), runs=runs // 5)
    return [
        f"\n{'':<54}{'':>10}{'limit':>10}{'x limit':>9}",
        _row(f"{gaps:,} gaps told to {_EACH_TO} of {people} people each, seconds", told, _MOST_TELLING),
        f"  the same rows by one INSERT ... SELECT {alone:.2f} s, a part of {told / alone:.1f}",
        _row(f"  set out: {parcels} letters, seconds", set_out, _MOST_SETTING_OUT),
        _row(f"  the box of one of them ({gaps * _EACH_TO // people} unread), ms", page, _MOST_PAGE),
        _row("a poll when nothing changed, ms of cpu", poll.cpu, _MOST_POLL),
        f"  a viewer and minute {2 * poll.cpu:.1f} ms of cpu; p50 {poll.p50:.2f} ms, p95 {poll.p95:.2f} ms",
        f"  the whole way, when something changed: {answered.cpu:.1f} ms of cpu",
    ]


def _storm(gaps: int, people: int) -> tuple[float, float, float, int, float]:
    """What telling, setting out and reading take; all of it is taken back."""
    from django.db import connection, transaction
    from django.test import Client
    from django.utils.translation import gettext_noop

    from benchmarks.world import COUNTY
    from firstline.accounts.models import Login
    from firstline.kernel import ports
    from firstline.kernel.actors import console
    from firstline.notify import kinds, setting_out
    from firstline.notify.actions import Telling, tell_many

    kinds.register("bench", gettext_noop("Post without a guard"), "Post without a guard: %(count)d")
    reader = Login.objects.get(username="director")
    receivers = [reader.person_id, *(uuid.uuid4() for _person in range(people - 1))]
    path = f"{COUNTY}003001"
    told = [
        Telling("bench", path, [receivers[(number + step) % people] for step in range(_EACH_TO)], {"count": 2}, "/", 70)
        for number in range(gaps)
    ]
    ports.fill_addresses(lambda asked, _channel: dict.fromkeys(asked, "someone@example.org"))
    with transaction.atomic():
        with transaction.atomic(), connection.cursor() as cursor:
            asked = {"path": path, "gaps": gaps, "each": _EACH_TO}
            alone = _seconds(lambda: cursor.execute(_ALONE, asked))
            transaction.set_rollback(True)
        telling = _seconds(lambda: tell_many(console(), told))
        made: list[int] = []
        set_out = _seconds(lambda: made.append(setting_out.set_out()))
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(reader)
        client.get("/messages/")
        page = min(_seconds(lambda: client.get("/messages/")) for _run in range(5)) * 1000
        transaction.set_rollback(True)
    return telling, alone, set_out, made[0], page


def _asking(tag: str) -> tuple[dict[str, Any], Callable[..., Any]]:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.test import Client, RequestFactory

    from firstline.accounts.models import Login
    from firstline.notify.polling import ADDRESS

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Login.objects.get(username="director"))
    first = client.get(ADDRESS)
    assert first.status_code == 200, first.status_code
    factory = RequestFactory(SERVER_NAME="127.0.0.1")
    factory.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return factory.get(ADDRESS, headers={"If-None-Match": first["ETag"] if tag else ""}).environ, get_wsgi_application()


def _poll() -> Callable[[], object]:
    environ, program = _asking("its own")
    return _through(environ, program, "304")


def _full_answer() -> Callable[[], object]:
    environ, program = _asking("")
    return _through(environ, program, "200")


def _through(environ: dict[str, Any], program: Callable[..., Any], expected: str) -> Callable[[], object]:
    def ask() -> None:
        said: list[str] = []
        response = program(environ, lambda status, _headers: said.append(status))
        b"".join(response)
        response.close()
        assert said[0].startswith(expected), said

    return ask


def _row(name: str, figure: float, limit: float) -> str:
    return f"{name:<54}{figure:>10,.2f}{limit:>10,.1f}{figure / limit:>9.2f}"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
