"""Pages, an attempt and a search against 100,000 doors and 300,000 mentions.

Beside each page stand its limit, the same page's statements alone (replayed by hand on one plain connection in the
same scope), and a ping: the smallest answer this server gives. Time is wall clock in one process with one client:
the server's CPU and the database's time together.
"""

import itertools
import uuid
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.measure import Timing, timed
from benchmarks.world import World
from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of_person
from firstline.census import actions as census
from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry.searching import Found, search


class Line(NamedTuple):
    """One line of the table."""

    name: str
    timing: Timing
    limit: float | None
    statements: int | None
    alone: Timing | None


def run(world: World, runs: int) -> Iterator[Line]:
    """Measure everything the first step promises, in order."""
    director, officer = _client("director"), _client("officer")
    yield Line("ping", timed(lambda: director.get(reverse("web:ping")), runs=runs), None, None, None)
    home, compound = reverse("gaps:home"), reverse("census:compound", args=[world.compound_id])
    for name, client, url, limit in (
        ("home of a director", director, home, 80),
        ("home of a county officer", officer, home, 80),
        ("compound page, 144 doors", director, compound, 60),
        ("building page, 36 doors", director, reverse("census:building", args=[world.building_id]), 60),
        ("list of compounds", director, reverse("places:compounds"), 60),
    ):
        yield _page(name, lambda client=client, url=url: client.get(url), limit, runs)
    address = reverse("registry:search")
    yield Line("recording an attempt", _attempts(world, runs), 25, None, None)
    for name, text in (("a name", "王建国"), ("a phone's last four", "0001"), ("a name in pinyin", "wangjianguo")):
        yield Line(f"search by {name}", timed(lambda text=text: _found(text), runs=runs), 20, None, None)
        yield _page("  the page that shows it", lambda text=text: director.post(address, {"q": text}), None, runs)


def _client(login: str) -> Client:
    client = Client(raise_request_exception=True, SERVER_NAME="127.0.0.1")
    client.force_login(Login.objects.get(username=login))
    return client


def _found(text: str) -> Found:
    director = actor_of_person(Login.objects.get(username="director").person_id)
    with scope.enter(director):
        return search(director, text)


def _page(name: str, ask: Callable[[], HttpResponse], limit: float | None, runs: int) -> Line:
    if (status := ask().status_code) != 200:
        raise SystemExit(f"{name} answered {status}")
    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = [query["sql"] for query in captured.captured_queries]
    timing = timed(ask, runs=runs)
    return Line(name, timing, limit, len(statements), timed(_replay(statements), runs=runs))


def _replay(statements: list[str]) -> Callable[[], None]:
    reading = [s for s in statements if s.startswith(("SELECT", "WITH"))]

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            for statement in reading:
                cursor.execute(statement)
                cursor.fetchall()
            cursor.execute("ROLLBACK")

    return work


def _attempts(world: World, runs: int) -> Timing:
    director = actor_of_person(Login.objects.get(username="director").person_id)
    with scope.enter(director):
        doors = list(Door.objects.filter(building__compound_id=world.compound_id).values_list("id", flat=True))
    turn: Iterator[uuid.UUID] = itertools.cycle(doors)
    results = itertools.cycle(("no_answer", "come_back", "registered"))
    return timed(lambda: census.record_attempt(director, door_id=next(turn), result=next(results)), runs=runs)
