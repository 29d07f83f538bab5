"""The pages of the community's phone: two taps for a call, finding its door, writing it down, handing over."""

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.callbacks.actions import log_call, set_number
from firstline.census.models import Attempt, Callback, NumberHolder
from firstline.census.paper.actions import hand_out
from firstline.census.paper.tests.sheets import printed, sheet
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, Cast

NUMBER = "13912345678"
CALLS, LOG, HAND = reverse("census:callbacks"), reverse("census:callback-log"), reverse("census:callback-hand-over")


def only_call(cast: Cast) -> Callback:
    with scope.enter(cast.director):
        return Callback.objects.get()


def page_of(cast: Cast) -> str:
    return reverse("census:callback", args=[only_call(cast).pk])


def test_a_missed_call_is_two_taps_and_can_be_dialled(cast: Cast) -> None:
    client = cast.director.client()

    page = client.post(LOG, {"number": NUMBER, "how": "missed"}, follow=True)

    assert f"tel:{NUMBER}" in page.content.decode()
    with scope.enter(cast.director):
        look = LedgerEntry.objects.filter(is_look=True, action="census.read_calls").first()
        assert look is not None


def test_a_mistake_is_undone(cast: Cast) -> None:
    client = cast.director.client()
    client.post(LOG, {"number": NUMBER, "how": "missed"})

    page = client.post(reverse("census:callback-undo"), {"call": only_call(cast).pk}, follow=True)

    assert f"tel:{NUMBER}" not in page.content.decode()


def test_a_number_that_is_none_stays_in_its_field(cast: Cast) -> None:
    page = cast.director.client().post(LOG, {"number": "打不清", "how": "missed"})

    assert page.status_code == 422
    assert "打不清" in page.content.decode()


def test_by_the_number_on_the_notice_the_door_is_found_and_completed(cast: Cast) -> None:
    (number,), client = printed(cast, "notice"), cast.director.client()
    hand_out(cast.worker, number=number)
    client.post(LOG, {"number": NUMBER, "how": "taken"})
    found = client.post(page_of(cast), {"q": number, "find": "1"}).content.decode()
    assert f"?door={cast.door.pk}" in found

    said = {"door": cast.door.pk, "lines": "王建国 男 56 户主", "result": "registered"}
    page = client.post(page_of(cast), said, follow=True)

    assert "1-1-101" in page.content.decode()
    assert sheet(cast, number).state == "answered"
    with scope.enter(cast.director):
        assert Attempt.objects.get(channel="callback").persons_met == 1


@pytest.mark.parametrize("asked", ["13912345678", "王建国", "1-1-101", ""])
def test_by_phone_name_or_address_or_by_the_number_that_called(cast: Cast, asked: str) -> None:
    wang = PersonSaid(name="王建国", phones=(NUMBER,))
    record_attempt(cast.worker, door_id=cast.door.pk, result="partial", people=[wang])
    client = cast.director.client()
    client.post(LOG, {"number": NUMBER, "how": "taken"})

    assert f"?door={cast.door.pk}" in client.post(page_of(cast), {"q": asked, "find": "1"}).content.decode()


def test_without_a_name_nothing_is_saved_and_nothing_lost(cast: Cast) -> None:
    client = cast.director.client()
    client.post(LOG, {"number": NUMBER, "how": "taken"})

    page = client.post(page_of(cast), {"door": cast.door.pk, "lines": "", "note": "吵得很", "result": "registered"})

    assert page.status_code == 422
    assert "吵得很" in page.content.decode()
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()


def test_the_phone_is_handed_over_in_one_press_and_stands_on_their_first_page(cast: Cast) -> None:
    set_number(cast.director, path=COMMUNITY, number="0358-8223456")
    cast.director.client().post(HAND, {"person": cast.typist.person_id})

    assert NumberHolder.objects.get().person_id == cast.typist.person_id
    assert CALLS in cast.typist.client().get("/").content.decode()


def test_not_answered_it_stays_and_is_counted(cast: Cast) -> None:
    client = cast.director.client()
    client.post(LOG, {"number": NUMBER, "how": "missed"})
    step = reverse("census:callback-step", args=[only_call(cast).pk])

    page = client.post(step, {"what": "not_reached"}, follow=True)

    assert f"tel:{NUMBER}" in page.content.decode()


def test_who_is_elsewhere_finds_no_such_call(cast: Cast) -> None:
    log_call(cast.director, path=COMMUNITY, number=NUMBER, taken=True)

    assert cast.worker_elsewhere.client().get(page_of(cast)).status_code == 404
    assert cast.county_officer.client().get(page_of(cast)).status_code == 403


def test_the_pages_keep_their_budget(cast: Cast, statement_budget: Budget) -> None:
    log_call(cast.director, path=COMMUNITY, number=NUMBER, taken=False)
    client = cast.director.client()
    for name, url in {"callbacks": CALLS, "callback": page_of(cast)}.items():
        client.get(url)
        with statement_budget(f"census.{name}"):
            assert client.get(url).status_code == 200
