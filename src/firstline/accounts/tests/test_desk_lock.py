"""A shared desk: the server locks an unattended session; its own person goes on with what was typed, others do not."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from firstline.accounts.desk_lock import MOST_WRONG
from firstline.audit.models import LedgerEntry
from firstline.census.models import Attempt
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.testing.cast import PASSWORD, Cast

OURS = {"origin": "http://testserver"}
VISIT = {"result": "registered", "line": ["王建国 男 56", "李秀英"], "step": "done", "note": "狗在院里"}
IDLE = timedelta(minutes=settings.FIRSTLINE_LOCK_MINUTES)


def door(cast: Cast) -> str:
    return reverse("census:door", args=[cast.door.pk])


def left_alone(monkeypatch: pytest.MonkeyPatch, time: timedelta) -> None:
    later = clock.now() + time
    monkeypatch.setattr(clock, "now", lambda: later)


def opened(client: Client, answer: Any, password: str = PASSWORD) -> Any:
    carried = answer.context["carried"]
    return client.post(reverse("accounts:unlock"), {"password": password, "carried": carried}, headers=OURS)


def attempts(cast: Cast) -> int:
    with scope.enter(cast.director):
        return Attempt.objects.filter(door=cast.door).count()


def test_an_unattended_page_shows_nothing_and_its_person_goes_on_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = cast.worker.client()
    assert client.get(door(cast)).status_code == 200
    left_alone(monkeypatch, IDLE)
    answer: Any = client.get(door(cast))
    assert (answer.status_code, answer.templates[0].name) == (423, "locked.html")
    assert cast.door.label not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    again = opened(client, answer)
    assert (again.status_code, again.url) == (303, door(cast))
    assert client.get(door(cast)).status_code == 200


def test_whoever_is_at_it_is_not_locked_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.worker.client()
    for _time in range(3):
        left_alone(monkeypatch, IDLE - timedelta(minutes=1))
        assert client.get(door(cast)).status_code == 200


def test_what_was_typed_can_be_sent_after_the_password(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.worker.client()
    left_alone(monkeypatch, IDLE)
    answer: Any = client.post(reverse("census:record", args=[cast.door.pk]), VISIT, headers=OURS)
    assert answer.status_code == 423
    assert not any(typed in answer.text for typed in ("王建国", "狗在院里"))
    assert attempts(cast) == 0
    offered = opened(client, answer)
    assert offered.templates[0].name == "send_again.html"
    assert attempts(cast) == 0
    fields: dict[str, list[str]] = {}
    for name, value in offered.context["fields"]:
        fields.setdefault(name, []).append(value)
    assert client.post(offered.context["action"], fields, headers=OURS).status_code == 302
    assert attempts(cast) == 1


def test_a_wrong_password_opens_nothing_and_keeps_what_was_typed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.worker.client()
    left_alone(monkeypatch, IDLE)
    answer: Any = client.post(reverse("census:record", args=[cast.door.pk]), VISIT, headers=OURS)
    wrong = opened(client, answer, "not-the-password")
    assert (wrong.status_code, wrong.context["carried"]) == (423, answer.context["carried"])
    assert client.get(door(cast)).status_code == 423
    assert opened(client, wrong).context["fields"]


def test_too_many_wrong_ones_end_the_session(cast: Cast) -> None:
    client = cast.worker.client()
    client.post(reverse("accounts:lock"))
    answers = [client.post(reverse("accounts:unlock"), {"password": "wrong"}).status_code for _ in range(MOST_WRONG)]
    assert answers == [423] * (MOST_WRONG - 1) + [403]
    assert client.get(door(cast)).status_code == 302
    with scope.enter(console()):
        assert LedgerEntry.objects.filter(action="accounts.fail_to_log_in").count() == MOST_WRONG


def test_lock_now_and_back_to_the_same_page(cast: Cast) -> None:
    client = cast.worker.client()
    locked = client.post(reverse("accounts:lock"), {"next": door(cast)})
    assert (locked.status_code, locked.headers["Location"]) == (303, door(cast))
    assert client.get(door(cast)).status_code == 423


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", ""])
def test_no_address_leads_out_of_this_site(cast: Cast, address: str) -> None:
    client = cast.worker.client()
    assert client.post(reverse("accounts:lock"), {"next": address}).headers["Location"] == "/"
    answer = client.post(reverse("accounts:unlock"), {"password": PASSWORD, "carried": address})
    assert answer.headers["Location"] == "/"


def test_somebody_else_takes_over_without_seeing_the_page_of_the_first(cast: Cast) -> None:
    client = cast.worker.client()
    client.post(reverse("accounts:lock"))
    assert client.post(reverse("accounts:unlock"), {"password": "lianchi-1102-door-2"}).status_code == 423
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": cast.worker_next.label, "password": PASSWORD})
    assert client.get(door(cast)).status_code == 404
    assert client.get(reverse("gaps:home")).status_code == 200


def test_what_the_first_one_typed_opens_for_nobody_else(cast: Cast) -> None:
    client = cast.worker.client()
    client.post(reverse("accounts:lock"))
    locked: Any = client.post(reverse("census:record", args=[cast.door.pk]), VISIT, headers=OURS)
    other = cast.director.client()
    other.post(reverse("accounts:lock"))
    assert opened(other, locked).headers["Location"] == "/"


def test_the_script_is_answered_without_a_page(cast: Cast) -> None:
    client = cast.worker.client()
    assert client.post(reverse("accounts:lock"), {"quiet": "1"}).status_code == 204
    fragment = client.get(door(cast), headers={"hx-request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Trigger"]) == (423, '{"fl-locked": {}}')
    assert client.post(reverse("accounts:unlock"), {"quiet": "1", "password": "wrong"}).status_code == 422
    assert client.post(reverse("accounts:unlock"), {"quiet": "1", "password": PASSWORD}).status_code == 204
    assert client.get(door(cast)).status_code == 200


def test_who_sees_no_residents_is_locked_by_hand_only(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.county_officer.client()
    left_alone(monkeypatch, IDLE * 3)
    assert client.get(reverse("gaps:home")).status_code == 200
    client.post(reverse("accounts:lock"))
    assert client.get(reverse("gaps:home")).status_code == 423


def test_another_sites_form_is_not_carried_along(cast: Cast) -> None:
    client = cast.worker.client()
    client.post(reverse("accounts:lock"))
    foreign = {"origin": "https://elsewhere.example"}
    answer: Any = client.post(reverse("census:record", args=[cast.door.pk]), VISIT, headers=foreign)
    assert "狗在院里" not in answer.text
    assert opened(client, answer).context["action"] == ""
