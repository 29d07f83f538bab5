"""Pages, an attempt and a search against 100,000 doors and 300,000 mentions.

Beside each page stand its limit, the same page's statements alone (replayed by hand on one plain connection in the
same scope), and a ping: the smallest answer this server gives. Time is wall clock in one process with one client:
the server's CPU and the database's time together.
"""

import functools
import itertools
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.measure import Line, Timing, timed
from benchmarks.world import COUNTY, World, found
from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of_person
from firstline.census import actions as census
from firstline.census.campaigns import campaign_at
from firstline.census.coverage import Coverage, coverage
from firstline.census.selectors import READ
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.models import Door
from firstline.registry.searching import Found, search
from firstline.testing.logins import log_in_whole

# A statement and its values, as they were sent.
_Sent = tuple[str, Any]


@functools.cache
def measures() -> list[Callable[[int], Line]]:
    """What each line of the table measures, in order: called with a number of runs it does."""
    world = found()
    director, officer = _client("director"), _client("officer")
    home, compounds, search_page = reverse("gaps:home"), reverse("places:compounds"), reverse("registry:search")
    compound = reverse("census:compound", args=[world.compound_id])
    building = reverse("census:building", args=[world.building_id])
    campaign = reverse("census:campaign", args=[_campaign_id()])
    lines: list[Callable[[int], Line]] = [
        lambda runs: Line("ping", timed(lambda: director.get(reverse("web:ping")), runs=runs)),
        functools.partial(_page, "home of a director", lambda: director.get(home), 80),
        functools.partial(_page, "home of a county officer", lambda: officer.get(home), 80),
        functools.partial(_page, "compound page, 144 doors", lambda: director.get(compound), 60),
        functools.partial(_page, "building page, 36 doors", lambda: director.get(building), 60),
        functools.partial(_page, "list of compounds", lambda: director.get(compounds), 60),
        functools.partial(_page, "list of a county's compounds", lambda: officer.get(compounds), None),
        lambda runs: Line("account and coverage of a county", timed(_county_account, runs=runs), 50),
        functools.partial(_page, "  the page that shows it", lambda: officer.get(campaign), None),
        lambda runs: Line("recording an attempt", _attempts(world, runs), 25, _statements_of_an_attempt(world)),
    ]
    for name, text in (("a name", "王建国"), ("a phone's last four", "0001"), ("a name in pinyin", "wangjianguo")):
        lines += [
            functools.partial(_search, name, text),
            functools.partial(
                _page, "  the page that shows it", lambda text=text: director.post(search_page, {"q": text}), None
            ),
        ]
    return lines


def _search(name: str, text: str, runs: int) -> Line:
    return Line(f"search by {name}", timed(lambda: _found(text), runs=runs), 20)


def _client(login: str) -> Client:
    client = Client(raise_request_exception=True, SERVER_NAME="127.0.0.1")
    log_in_whole(client, Login.objects.get(username=login))
    return client


def _found(text: str) -> Found:
    director = _actor("director")
    with scope.enter(director):
        return search(director, text)


def _page(name: str, ask: Callable[[], HttpResponse], limit: float | None, runs: int) -> Line:
    if (status := ask().status_code) != 200:
        raise SystemExit(f"{name} answered {status}")
    sent: list[_Sent] = []

    def keep(execute: Callable[..., Any], text: str, values: Any, many: bool, context: Any) -> Any:
        sent.append((text, values))
        return execute(text, values, many, context)

    with connection.execute_wrapper(keep):
        ask()
    timing = timed(ask, runs=runs)
    return Line(name, timing, limit, len(sent), timed(_replay(sent), runs=runs))


def _replay(sent: Sequence[_Sent]) -> Callable[[], None]:
    """The reading statements alone, as they were sent: a prepared one has no text with its values in it."""
    reading = [(text, values) for text, values in sent if text.startswith(("SELECT", "WITH"))]

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            for text, values in reading:
                cursor.execute(text, values)
                cursor.fetchall()
            cursor.execute("ROLLBACK")

    return work


def _campaign_id() -> uuid.UUID:
    with scope.enter(_actor("officer")):
        return campaign_at(COUNTY).pk


def _county_account() -> Coverage:
    """The account and coverage of a whole county as its officer asks for it, scope and grants included."""
    officer = _actor("officer")
    with scope.enter(officer):
        return coverage(*officer.ranges(READ))


def _statements_of_an_attempt(world: World) -> int:
    director = _actor("director")
    with scope.enter(director):
        door = Door.objects.filter(building__compound_id=world.compound_id).order_by("path").last()
        assert door is not None
        with CaptureQueriesContext(connection) as sent:
            census.record_attempt(director, door_id=door.pk, result="no_answer")
    return len(sent)


def _actor(login: str) -> Actor:
    return actor_of_person(Login.objects.get(username=login).person_id)


def _attempts(world: World, runs: int) -> Timing:
    director = _actor("director")
    with scope.enter(director):
        doors = list(Door.objects.filter(building__compound_id=world.compound_id).values_list("id", flat=True))
    turn: Iterator[uuid.UUID] = itertools.cycle(doors)
    results = itertools.cycle(("no_answer", "come_back", "registered"))
    return timed(lambda: census.record_attempt(director, door_id=next(turn), result=next(results)), runs=runs)
