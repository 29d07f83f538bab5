"""What was typed survives a login that ended, or a page older than the login; and is given to no other site."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from firstline.census.models import Attempt
from firstline.kernel import scope
from firstline.testing.cast import Cast

OURS = {"origin": "http://testserver"}
VISIT = {"result": "registered", "line": ["王建国 男 56", "李秀英"], "step": "done", "note": "狗在院里"}
KEPT = [("result", "registered"), ("line", "王建国 男 56"), ("line", "李秀英"), ("step", "done"), ("note", "狗在院里")]


def record_url(cast: Cast) -> str:
    return reverse("census:record", args=[cast.door.pk])


def attempts(cast: Cast) -> list[Attempt]:
    with scope.enter(cast.director):
        return list(Attempt.objects.filter(door=cast.door))


def test_a_visit_posted_after_the_login_ended_is_kept_in_the_page_and_can_be_sent_again(cast: Cast) -> None:
    client = cast.worker.client()
    Session.objects.all().delete()
    answer: Any = client.post(record_url(cast), VISIT, headers=OURS)

    assert (answer.status_code, answer.context["code"]) == (403, "login_ended")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.context["fields"] == KEPT
    assert attempts(cast) == []

    client.force_login(cast.worker.login)
    again = client.post(answer.context["action"], VISIT, headers=OURS)
    assert again.status_code == 302
    (attempt,) = attempts(cast)
    assert (attempt.persons_met, attempt.open().note) == (2, "狗在院里")


def test_a_page_older_than_the_login_keeps_what_was_typed_and_says_who_is_logged_in(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.worker.login)
    answer: Any = client.post(record_url(cast), VISIT | {"csrfmiddlewaretoken": "a" * 64}, headers=OURS)

    assert (answer.status_code, answer.context["code"]) == (403, "page_too_old")
    assert answer.context["fields"] == KEPT
    assert cast.worker.login.username in answer.text
    assert attempts(cast) == []

    token = answer.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = client.post(answer.context["action"], VISIT | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert again.status_code == 302
    assert len(attempts(cast)) == 1


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example"}, {"referer": "http://testserver.evil/"}, {}]
)
def test_another_sites_form_is_not_offered_to_be_sent_as_ours(cast: Cast, headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.worker.login)
    answer: Any = client.post(record_url(cast), VISIT, headers=headers)
    assert (answer.status_code, answer.context["action"], answer.context["fields"]) == (403, "", [])
    assert "狗在院里" not in answer.text


def test_a_password_is_never_sent_back(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer: Any = client.post("/login/", {"login": "grid1", "password": cast.password}, headers=OURS)
    assert answer.status_code == 403
    assert cast.password not in answer.text
    assert answer.context["fields"] == []


def test_a_fragment_says_it_and_leaves_the_page_as_it_was(cast: Cast) -> None:
    reading = reverse("census:reading", args=[cast.door.pk])
    stranger = Client().post(reading, {"line": "王建国"}, headers=OURS | {"hx-request": "true"})
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.worker.login)
    old = client.post(reading, {"line": "王建国"}, headers=OURS | {"hx-request": "true"})
    for answer, code in ((stranger, "login_ended"), (old, "page_too_old")):
        assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "#fl-messages")
        assert code in answer.text
        assert "<html" not in answer.text
