"""`firstline appoint`: the first officer of a real installation."""

import getpass
import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from firstline.accounts.models import Login, Person, RoleGrant
from firstline.accounts.selectors import names_of
from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.testing.cast import COUNTY, Cast
from firstline.testing.logins import log_in_whole

PASSWORD = "a-quiet-river-14"
Answers = Callable[..., None]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What is typed at the prompts."""

    def prepare(name: str = "薛建平", password: str = PASSWORD, again: str = PASSWORD) -> None:
        typed, hidden = iter([name, "13911110000"]), iter([password, again])
        monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(hidden))

    return prepare


def test_forgotten_password_is_set_anew_and_sessions_end(cast: Cast, answers: Answers) -> None:
    client = Client()
    client.post("/login/", {"login": "director", "password": cast.password})
    answers()
    said = io.StringIO()
    call_command("reset_password", login="director", stdout=said)
    assert PASSWORD not in said.getvalue()
    assert client.get("/ledger/").status_code == 302
    client.post("/login/", {"login": "director", "password": PASSWORD})
    assert client.get("/ledger/").status_code == 200


@pytest.mark.parametrize(("login", "password"), [("nobody-here", PASSWORD), ("director", "short")])
def test_refused_reset_changes_nothing(cast: Cast, answers: Answers, login: str, password: str) -> None:
    answers(password=password, again=password)
    before = cast.director.login.password
    with pytest.raises(CommandError):
        call_command("reset_password", login=login)
    assert cast.director.login.password == before


def test_dismissed_login_opens_nothing(cast: Cast) -> None:
    client = cast.director.client()
    assert client.get("/ledger/").status_code == 200
    call_command("dismiss", login="director", stdout=io.StringIO())
    assert client.get("/ledger/").status_code == 403
    with pytest.raises(CommandError):
        call_command("dismiss", login="director", stdout=io.StringIO())


def appoint(place: str = COUNTY, login: str = "county-2", role: str = "county_officer") -> str:
    said = io.StringIO()
    call_command("appoint", role=role, place=place, login=login, stdout=said)
    return said.getvalue()


def test_appointed_officer_logs_in_and_everything_is_on_record(cast: Cast, answers: Answers) -> None:
    answers()
    assert PASSWORD not in appoint()
    login = Login.objects.get(username="county-2")
    assert names_of([login.person_id]) == {login.person_id: "薛建平"}
    client = Client()
    client.post("/login/", {"login": "county-2", "password": PASSWORD})
    assert client.get("/ledger/").headers["Location"].startswith("/second-factor/"), "first a code, then all else"
    log_in_whole(client, login)
    assert client.get("/ledger/").status_code == 200
    with scope.enter(console()):
        acts = LedgerEntry.objects.filter(actor_label="console").values_list("action", flat=True)
        assert set(acts) == {"accounts.enrol_person", "accounts.grant_role"}


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ({"again": "something else 1"}, {}),
        ({"password": "short", "again": "short"}, {}),
        ({"name": " "}, {}),
        ({}, {"place": "999999"}),
        ({}, {"role": "grid_worker"}),
        ({}, {"login": "typist"}),
    ],
)
def test_refused_appointment_leaves_nothing(
    cast: Cast, answers: Answers, typed: dict[str, str], options: dict[str, str]
) -> None:
    answers(**typed)
    before = (Person.objects.count(), Login.objects.count(), RoleGrant.objects.count())
    with pytest.raises(CommandError):
        appoint(**options)
    assert (Person.objects.count(), Login.objects.count(), RoleGrant.objects.count()) == before
