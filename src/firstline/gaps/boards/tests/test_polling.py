"""A screen asks after every sweep: in one statement while it may, never once it may not, and newest after a sweep."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from firstline.accounts import actions as accounts
from firstline.accounts.models import Login, RoleGrant
from firstline.accounts.roles import Role
from firstline.census import actions as census
from firstline.config import wsgi
from firstline.gaps.boards import asked, kept, polling
from firstline.gaps.boards.figures import county_state
from firstline.gaps.jobs import SECONDS
from firstline.gaps.models import Gap
from firstline.gaps.sweeping import sweep
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.testing.cast import COMMUNITY, COUNTY, PASSWORD, Cast, Member
from firstline.testing.time import Clock

PART = reverse("gaps:board_part")


class _BehindPolls(ClientHandler):
    """As a server process runs it: polls are answered before Django where they may be."""

    def __call__(self, environ: dict[str, Any]) -> Any:
        if (answer := polling.at_once(environ)) is None:
            return super().__call__(environ)
        response: Any = HttpResponse(answer.body, status=answer.status, headers=answer.headers)
        response.wsgi_request = WSGIRequest(environ)
        return response


class Screen:
    """A screen in front of a board, as ``board.js`` is: it brings back what it was given."""

    def __init__(self, member: Member, at: str = COUNTY) -> None:
        self.client: Client = member.client()
        self.client.handler = _BehindPolls(enforce_csrf_checks=False)
        self.at, self.tag, self.proof = at, "", member.login.pk.hex

    def ask(self) -> Any:
        headers = {"If-None-Match": self.tag, polling.PROOF: self.proof, "HX-Request": "true"}
        answer = self.client.get(PART, {"at": self.at, "by": "place"}, headers=headers)
        if answer.status_code in {200, 304}:
            self.tag, self.proof = answer["ETag"], answer.headers.get(polling.PROOF, self.proof)
        return answer

    def statements(self) -> tuple[Any, int]:
        with CaptureQueriesContext(connection) as asked:
            answer = self.ask()
        return answer, len(asked)


@pytest.fixture
def swept(cast: Cast, clock_at: Clock) -> None:
    # At the full hour: ages, which are told in steps of five minutes, stay as they are for the next of these.
    clock_at.set((clock.now() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0))
    kept.forget()
    asked.forget()
    sweep(console())


def a_moment_later(clock_at: Clock) -> None:
    """As long as what was asked for all screens may serve for one."""
    clock_at.set(clock.now() + asked.FRESH)


@pytest.fixture
def wall(cast: Cast, swept: None) -> Screen:
    """The county's wall, answered once the long way."""
    screen = Screen(cast.county_officer)
    assert screen.ask().status_code == 200
    return screen


def test_what_has_not_changed_is_one_statement(wall: Screen) -> None:
    answer, statements = wall.statements()
    assert (answer.status_code, answer.content, statements) == (304, b"", 1)
    assert answer[polling.AS_OF]


def test_what_falls_due_and_what_is_met_is_on_the_next_poll_after_a_sweep(
    cast: Cast, wall: Screen, clock_at: Clock
) -> None:
    again = clock.now() + timedelta(minutes=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)
    clock_at.move(minutes=61)
    sweep(console())
    opened = wall.ask()
    assert opened.status_code == 200
    assert Gap.objects.filter(kind="steps_overdue", closed_at=None).count() == 1
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="refused_safety")
    clock_at.move(minutes=0.4)
    sweep(console())
    closed = wall.ask()
    assert closed.status_code == 200
    assert Gap.objects.filter(kind="steps_overdue", closed_at=None).count() == 0
    assert closed.content != opened.content


def test_what_one_screen_had_rendered_the_others_get_in_one_statement(
    cast: Cast, wall: Screen, clock_at: Clock
) -> None:
    another = Screen(cast.county_officer)
    another.ask()
    again = clock.now() + timedelta(minutes=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)
    clock_at.move(minutes=5)
    sweep(console())
    first = wall.ask()
    answer, statements = another.statements()
    assert (answer.status_code, statements) == (200, 1)
    assert answer.content == first.content
    assert "no-store" in answer["Cache-Control"]


def test_what_stands_for_one_is_asked_for_all_that_were_proven(cast: Cast, swept: None, clock_at: Clock) -> None:
    screens = [Screen(cast.county_officer), Screen(cast.second_officer), Screen(cast.director, COMMUNITY)]
    for screen in screens:
        screen.ask()
        assert screen.statements()[1] == 1
    for _time in range(3):
        a_moment_later(clock_at)
        assert [screen.statements()[1] for screen in screens] == [1, 0, 0]


def test_a_sweep_is_told_a_moment_later_at_the_latest(cast: Cast, wall: Screen, clock_at: Clock) -> None:
    wall.ask()
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="registered")
    clock_at.move(minutes=0.01)
    sweep(console())
    a_moment_later(clock_at)
    assert wall.ask().status_code == 200


def test_who_was_not_seen_for_long_is_asked_for_no_longer(cast: Cast, wall: Screen, clock_at: Clock) -> None:
    another = Screen(cast.second_officer)
    for screen in (wall, another):
        screen.ask()
        screen.ask()
    clock_at.move(minutes=1.9)
    wall.ask()
    clock_at.move(minutes=0.2)
    wall.ask()
    clock_at.move(minutes=0.01)
    assert [another.statements()[1], another.statements()[1], wall.statements()[1]] == [1, 0, 0]


def test_the_program_that_serves_answers_so(wall: Screen) -> None:
    told: list[Any] = []
    asks = RequestFactory(SERVER_NAME="127.0.0.1").get(PART, {"at": COUNTY, "by": "place"}).environ
    asks |= {"HTTP_COOKIE": wall.client.cookies.output(header="", sep=";").strip(), "HTTP_FIRSTLINE_PROOF": wall.proof}
    with CaptureQueriesContext(connection) as statements:
        (body,) = wsgi.application(asks, lambda *said: told.append(said))  # type: ignore[arg-type]
    assert len(statements) <= 1
    ((status, headers),) = told
    assert status == "200 OK"
    assert dict(headers)["Content-Length"] == str(len(body))
    assert dict(headers)["ETag"] == wall.tag
    assert "fl-" in body.decode()


def test_without_a_database_the_ordinary_way_has_the_words(wall: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_one: asked.Asked) -> asked.Stands:
        raise OperationalError

    monkeypatch.setattr(asked, "stands", gone)
    assert wall.ask().status_code == 304
    assert wall.statements()[1] > 1


def _logged_out(screen: Screen, _cast: Cast, _clock: Clock) -> None:
    held = screen.client.cookies[settings.SESSION_COOKIE_NAME].value
    screen.client.post(reverse("account_logout"), headers={"origin": "http://testserver"})
    screen.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: held})


def _session_over(_screen: Screen, _cast: Cast, clock_at: Clock) -> None:
    clock_at.move(hours=settings.SESSION_COOKIE_AGE / 3600 + 1)


def _grant_ended(_screen: Screen, cast: Cast, _clock: Clock) -> None:
    accounts.end_grant(console(), grant_id=RoleGrant.objects.get(person_id=cast.director.person_id).pk)


def _password_changed(_screen: Screen, cast: Cast, _clock: Clock) -> None:
    accounts.reset_password(console(), username=cast.director.login.username, password=f"{PASSWORD}-new")


def _login_closed(_screen: Screen, cast: Cast, _clock: Clock) -> None:
    Login.objects.filter(person_id=cast.director.person_id).update(is_active=False)


def _factor_reset(_screen: Screen, cast: Cast, _clock: Clock) -> None:
    Login.objects.filter(person_id=cast.director.person_id).update(factor_reset_at=clock.now())


def _locked(screen: Screen, _cast: Cast, _clock: Clock) -> None:
    screen.client.post(reverse("accounts:lock"), headers={"origin": "http://testserver"})


def _left_alone(screen: Screen, _cast: Cast, clock_at: Clock) -> None:
    clock_at.move(minutes=settings.FIRSTLINE_LOCK_MINUTES / 2)
    screen.ask()
    # What a script asks by itself is no hand at the keyboard.
    clock_at.move(minutes=settings.FIRSTLINE_LOCK_MINUTES / 2 + 0.1)


@pytest.mark.parametrize(
    "lose",
    [
        _logged_out,
        _session_over,
        _grant_ended,
        _password_changed,
        _login_closed,
        _factor_reset,
        _locked,
        _left_alone,
    ],
)
def test_whoever_may_not_see_it_any_more_hears_nothing_of_it(
    cast: Cast, swept: None, clock_at: Clock, lose: Callable[[Screen, Cast, Clock], None]
) -> None:
    screen = Screen(cast.director, COMMUNITY)
    screen.ask()
    assert screen.statements()[1] == 1
    lose(screen, cast, clock_at)
    a_moment_later(clock_at)
    refused = screen.ask()
    assert refused.status_code in {401, 403, 404, 423}
    assert "ETag" not in refused
    assert "fl-board" not in refused.text


def test_a_grant_that_ends_by_the_clock_ends_on_the_poll(cast: Cast, swept: None, clock_at: Clock) -> None:
    until = clock.now() + timedelta(seconds=40)
    RoleGrant.objects.filter(person_id=cast.county_officer.person_id).update(valid_until=until)
    screen = Screen(cast.county_officer)
    assert screen.ask().status_code == 200
    clock_at.set(until - timedelta(seconds=1))
    assert screen.statements()[1] == 1
    clock_at.set(until)
    assert screen.ask().status_code == 403


def test_what_changes_while_somebody_is_being_judged_is_not_proven(
    cast: Cast, swept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(cast.director, COMMUNITY)

    def ended_meanwhile(path: str) -> Any:
        RoleGrant.objects.filter(person_id=cast.director.person_id).update(valid_until=clock.now())
        return county_state(path)

    monkeypatch.setattr("firstline.gaps.boards.views.county_state", ended_meanwhile)
    assert screen.ask().status_code == 200
    assert screen.ask().status_code == 403


def test_another_role_makes_the_long_way_once(cast: Cast, wall: Screen) -> None:
    officer = cast.county_officer
    accounts.grant_role(console(), person_id=officer.person_id, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY)
    again, statements = wall.statements()
    assert again.status_code == 304
    assert statements > 1
    assert wall.statements()[1] == 1


def test_a_proof_is_of_one_session_and_of_one_board(cast: Cast, wall: Screen) -> None:
    below = Screen(cast.director, COMMUNITY)
    below.ask()
    stolen = Screen(cast.director, COUNTY)
    stolen.tag, stolen.proof = wall.tag, wall.proof
    assert stolen.ask().status_code == 404
    stolen.proof = below.proof
    assert stolen.ask().status_code == 404
    elsewhere = Screen(cast.other_county_officer, COUNTY)
    elsewhere.tag, elsewhere.proof = wall.tag, wall.proof
    assert elsewhere.ask().status_code == 404
    stranger = Client().get(
        PART, {"at": COUNTY, "by": "place"}, headers={"If-None-Match": wall.tag, polling.PROOF: wall.proof}
    )
    assert stranger.status_code == 302
    assert "ETag" not in stranger


@pytest.mark.parametrize("proof", ["", ".", "...", "é", "0", "{id}", "{id}.9999999999.0", "{id}.x.y.z"])
@pytest.mark.parametrize("session", ["", "\x00", "é", None])
def test_a_proof_that_is_none_takes_the_ordinary_way(cast: Cast, swept: None, proof: str, session: str | None) -> None:
    screen = Screen(cast.county_officer)
    screen.proof = proof.replace("{id}", screen.proof)
    if session is not None:
        screen.client.cookies[settings.SESSION_COOKIE_NAME] = session
    assert screen.ask().status_code == (200 if session is None else 403)


def test_a_screen_is_told_when_the_next_sweep_should_have_been(wall: Screen, clock_at: Clock) -> None:
    assert wall.ask()[polling.AGAIN] == str(SECONDS + 5)
    clock_at.move(minutes=20 / 60)
    assert wall.ask()[polling.AGAIN] == "5"
    # Nobody has swept: it is looked for again and again.
    clock_at.move(minutes=20 / 60)
    assert wall.ask()[polling.AGAIN] == "3"
    assert polling.again_in(None) == SECONDS


def test_each_language_has_its_own(wall: Screen) -> None:
    headers = {polling.PROOF: wall.proof, "accept-language": "en"}
    answer = wall.client.get(PART, {"at": COUNTY, "by": "place"}, headers=headers)
    assert "Open gaps" in answer.text
    again = wall.client.get(PART, {"at": COUNTY, "by": "place"}, headers={polling.PROOF: wall.proof})
    assert "Open gaps" not in again.text
