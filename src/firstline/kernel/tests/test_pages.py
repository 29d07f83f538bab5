"""What every page does around its view: who asks, in which scope, how an error is said, and that it is undone."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from firstline.audit import pages as ledger_pages
from firstline.kernel import crypto, outage, scope
from firstline.kernel.errors import Conflict, DatabaseGone, FirstlineError, KeyMissing, SealBroken
from firstline.kernel.pages import page
from firstline.places.models import Place
from firstline.testing.cast import COMMUNITY, Cast, Member
from firstline.testing.logins import both_factors


def ask(member: Member | None, *, htmx: bool = False) -> HttpRequest:
    request = RequestFactory(headers={"HX-Request": "true"} if htmx else {}).get("/somewhere/?q=1")
    request.user = member.login if member else AnonymousUser()
    request.session = both_factors(member.login) if member else {}  # type: ignore[assignment]
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


def answering(work: Callable[[], object], permission: str | None = None, **options: bool):  # type: ignore[no-untyped-def]
    @page(permission, **options)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(work()))

    return view


def test_stranger_is_sent_to_the_login_page_and_back(db: None) -> None:
    answer = answering(lambda: "inside")(ask(None))
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/somewhere/%3Fq%3D1")


def test_view_runs_in_the_askers_scope(cast: Cast) -> None:
    def who() -> str:
        asker = scope.current()
        return asker.label if asker else ""

    assert answering(who)(ask(cast.worker)).content == b"grid1"
    assert answering(who, atomic=False)(ask(cast.worker)).content == b""


@pytest.mark.parametrize(
    ("who", "permission", "status"),
    [
        ("worker", "census.record_attempt", 200),
        ("clerk", "census.record_attempt", 403),
        ("lapsed", "census.record_attempt", 403),
        ("clerk", None, 200),
        ("lapsed", None, 403),
    ],
)
def test_permission_is_asked_now(cast: Cast, who: str, permission: str | None, status: int) -> None:
    assert answering(lambda: "inside", permission)(ask(getattr(cast, who))).status_code == status


def test_error_undoes_the_request_and_is_said(cast: Cast) -> None:
    def change_and_fail() -> None:
        Place.objects.filter(path=COMMUNITY).update(name="新名")
        raise Conflict

    answer = answering(change_and_fail)(ask(cast.director))
    assert answer.status_code == 409
    assert "conflict" in answer.content.decode()
    assert Place.objects.get(path=COMMUNITY).name == "丽景街社区"


def test_fragment_gets_a_fragment(cast: Cast) -> None:
    def fail() -> None:
        raise Conflict

    answer = answering(fail)(ask(cast.director, htmx=True))
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    ("problem", "status", "code"),
    [
        (OperationalError("server closed the connection"), 503, "database_gone"),
        (InterfaceError("connection already closed"), 503, "database_gone"),
        (KeyMissing(key="a.key"), 503, "key_missing"),
        (ZeroDivisionError("secret detail"), 500, "error"),
    ],
)
def test_unforeseen_errors_get_one_calm_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, problem: Exception, status: int, code: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.director.login)

    def fail(*rest: object) -> None:
        raise problem

    monkeypatch.setattr(ledger_pages, "context", fail)
    answer = client.get("/ledger/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert code in text
    assert "Traceback" not in text
    assert "secret detail" not in text


def test_database_gone_before_the_session_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32

    def fail(*rest: object, **more: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    answer = client.get("/ledger/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "database_gone" in answer.content.decode()


def test_lost_key_stops_the_page_clearly(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.director.client().get("/ledger/")

    def gone(key_id: object) -> None:
        raise KeyMissing(key=f"{key_id}.key")

    monkeypatch.setattr(crypto, "_sub_keys", gone)
    answer = cast.director.client().get("/ledger/")
    assert answer.status_code == 503
    assert ".key" in answer.content.decode()


@pytest.mark.parametrize("error", [DatabaseGone(), SealBroken(row="x:1"), FirstlineError()])
def test_outage_page_stands_alone(error: FirstlineError) -> None:
    answer = outage.outage(error)
    assert answer.status_code == error.status
    assert str(error)[:20] in answer.content.decode()
