"""Logging in: who gets in, what a stranger learns (nothing), and what stays on record (never what was typed)."""

import importlib
import logging
import re
import uuid

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from firstline.accounts.models import Login
from firstline.audit.models import LedgerEntry
from firstline.kernel import scope, wording
from firstline.kernel.actors import console
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, PASSWORD, Cast

WRONG = "wrong-password-0"


@pytest.fixture(autouse=True)
def _no_attempts_yet(db: None) -> None:
    cache.clear()


def log_in(client: Client, username: str, password: str = PASSWORD, **extra: str):  # type: ignore[no-untyped-def]
    return client.post("/login/", {"login": username, "password": password, **extra})


def recorded() -> list[LedgerEntry]:
    with scope.enter(console()):
        return list(LedgerEntry.objects.order_by("at"))


def text_of(answer) -> str:  # type: ignore[no-untyped-def]
    return str(answer.content.decode())


def page_of(answer, username: str) -> str:  # type: ignore[no-untyped-def]
    """The page without what differs between any two answers."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(answer)).replace(username, "")


def test_login_opens_the_first_page_and_is_on_record(cast: Cast) -> None:
    client = Client()
    answer = log_in(client, "director")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    (entry,) = recorded()
    assert (entry.action, entry.actor_id, entry.actor_label) == ("accounts.log_in", cast.director.person_id, "director")
    assert entry.path == COMMUNITY


def test_login_name_is_taken_in_any_case(cast: Cast) -> None:
    assert log_in(Client(), " Director ").status_code == 302


@pytest.mark.parametrize("username", ["director", "nobody-of-that-name"])
def test_wrong_password_and_unknown_name_get_the_same_answer(cast: Cast, username: str) -> None:
    answer = log_in(Client(), username, WRONG)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["__all__"]
    assert page_of(answer, username) == page_of(log_in(Client(), "other-name", WRONG), "other-name")


def test_closed_login_gets_the_same_answer_as_a_wrong_password(cast: Cast) -> None:
    Login.objects.filter(username="director").update(is_active=False)
    answer = log_in(Client(), "director")
    assert answer.status_code == 200
    assert answer.context["form"].errors == log_in(Client(), "director", WRONG).context["form"].errors


def test_failure_keeps_a_token_and_never_what_was_typed(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    typed = "my-secret-password-typed-as-name"
    with caplog.at_level(logging.DEBUG):
        log_in(Client(), typed, WRONG)
    entries = recorded()
    assert {(entry.action, entry.actor_id) for entry in entries} == {("accounts.fail_to_log_in", uuid.UUID(int=0))}
    assert {entry.path for entry in entries} == {COUNTY, OTHER_COUNTY}
    assert typed not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(k::text, ' ') FROM kernel_cache k")
        assert typed not in str(cursor.fetchone())
    with scope.enter(console()):
        for row in LedgerEntry.objects.values():
            assert typed not in str(row)


def test_same_name_gives_the_same_token(cast: Cast) -> None:
    log_in(Client(), "unknown-a", WRONG)
    log_in(Client(), "Unknown-A ", WRONG)
    log_in(Client(), "unknown-b", WRONG)
    first, second, third = (entry.subject_id for entry in recorded() if entry.path == COUNTY)
    assert first == second != third


def test_failure_at_a_known_login_is_seen_by_its_director(cast: Cast) -> None:
    log_in(Client(), "typist", WRONG)
    page = cast.director.client().get("/ledger/").context
    assert [entry.text for entry in page["entries"]] == [wording.act("accounts.fail_to_log_in")]
    assert [entry.role for entry in page["entries"]] == [""]


def test_failure_at_a_name_nobody_has_is_seen_by_the_county_and_not_below(cast: Cast) -> None:
    log_in(Client(), "admin", WRONG)
    for member, seen in ((cast.county_officer, 1), (cast.other_county_officer, 1), (cast.director, 0)):
        assert len(member.client().get("/ledger/").context["entries"]) == seen, member.name


def test_ten_wrong_passwords_are_refused_with_words_and_so_is_the_right_one(cast: Cast) -> None:
    client = Client()
    answers = [log_in(client, "director", f"{WRONG}{number}") for number in range(10)]
    (words,) = answers[-1].context["form"].errors["__all__"]
    (first_words,) = answers[0].context["form"].errors["__all__"]
    assert words != first_words
    right = log_in(client, "director")
    assert right.status_code == 200
    assert "_auth_user_id" not in client.session
    # Five are on record; refused attempts are not tried, and cannot fill the ledger.
    assert [entry.action for entry in recorded()] == ["accounts.fail_to_log_in"] * 5


def test_others_get_in_while_one_name_is_refused(cast: Cast) -> None:
    for number in range(10):
        log_in(Client(), "director", f"{WRONG}{number}")
    assert log_in(Client(), "typist").status_code == 302


def test_one_address_asking_too_often_gets_words(cast: Cast) -> None:
    client = Client()
    answers = [log_in(client, f"name-{number}", WRONG) for number in range(70)]
    assert answers[-1].status_code == 429
    assert "too_many_logins" in text_of(answers[-1])


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ("/ledger/?kind=looks", "/ledger/?kind=looks"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("http://localhost/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_login_leads_only_within_this_site(cast: Cast, following: str, expected: str) -> None:
    assert log_in(Client(), "director", next=following)["Location"] == expected


def test_session_is_new_after_login(cast: Cast) -> None:
    client = Client()
    client.get("/login/")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    log_in(client, "director")
    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_session_of_one_person_is_not_carried_into_anothers(cast: Cast) -> None:
    client = Client()
    log_in(client, "director")
    session = client.session
    session["note"] = "the director's"
    session.save()
    client.post("/logout/")
    log_in(client, "typist")
    assert "note" not in client.session


def test_logout_needs_a_post_and_ends_the_session(cast: Cast) -> None:
    client = cast.director.client()
    key = client.session.session_key
    client.get("/logout/")
    assert Session.objects.filter(session_key=key).exists()
    assert client.post("/logout/")["Location"] == "/"
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/ledger/").status_code == 302


def test_forged_logout_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.director.login)
    assert client.post("/logout/").status_code == 403


def test_nobody_signs_up(client: Client, db: None) -> None:
    for address in ("/signup/", "/accounts/signup/", "/password/reset/", "/email/", "/confirm-email/"):
        assert client.get(address).status_code == 404


def test_language_is_kept_over_login(cast: Cast) -> None:
    client = Client()
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert "Log in" in text_of(client.get("/login/"))
    log_in(client, "director")
    answer = client.get("/ledger/")
    assert answer["Content-Language"] == "en"


def test_password_change_ends_other_sessions_and_is_on_record(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    log_in(here, "director")
    log_in(elsewhere, "director")
    new = "a-new-door-1102"
    answer = here.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302, answer.context["form"].errors
    assert here.get("/ledger/").status_code == 200
    assert elsewhere.get("/ledger/").status_code == 302
    assert [entry.action for entry in recorded()][:3] == [
        "accounts.log_in",
        "accounts.log_in",
        "accounts.change_password",
    ]


def test_session_settings(settings: LazySettings) -> None:
    served = importlib.import_module("firstline.config.settings")
    assert served.SESSION_COOKIE_AGE <= 12 * 3600
    assert settings.SESSION_COOKIE_HTTPONLY
    assert served.CSRF_COOKIE_HTTPONLY
    assert served.SESSION_COOKIE_SAMESITE == served.CSRF_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    assert not settings.SESSION_EXPIRE_AT_BROWSER_CLOSE or served.SESSION_COOKIE_AGE


def test_passwords_are_kept_as_argon2(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = importlib.import_module("firstline.config.settings").PASSWORD_HASHERS
    kept = make_password(PASSWORD)
    assert identify_hasher(kept).algorithm == "argon2"
    assert check_password(PASSWORD, kept)
    assert not check_password(WRONG, kept)
