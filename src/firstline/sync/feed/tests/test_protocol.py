"""A client whose protocol is no longer spoken: nothing is sent to it, and what it holds is taken all the same."""

import pytest

from firstline.sync.feed import views
from firstline.sync.tests.commands import URL, attempt, batch
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

CHANGES = "/sync/v1/changes"


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path)


def test_a_client_that_is_too_old_reads_nothing_and_hands_in_everything(phone: Phone, cast: Cast) -> None:
    refused = phone.get(f"{CHANGES}?cursor=&area=&protocol=0")
    assert (refused.status_code, refused.json()["code"]) == (426, "client_too_old")
    assert refused.json()["data"] == {"least": 1}
    assert refused.json()["said"]
    assert "doors" not in refused.json()
    answered = phone.post(URL, batch(attempt(cast.door.pk), protocol=0))
    assert [one["status"] for one in answered.json()["answers"]] == ["accepted"]


@pytest.mark.parametrize("asked", ["", "?protocol=1", "?protocol=2"])
def test_who_speaks_it_or_says_nothing_is_answered(phone: Phone, asked: str) -> None:
    assert phone.get(f"{CHANGES}{asked}").status_code == 200


def test_who_says_nothing_speaks_the_first(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LEAST_PROTOCOL", 2)
    assert phone.get(CHANGES).json()["data"] == {"least": 2}
    assert phone.get(f"{CHANGES}?protocol=2").status_code == 200


@pytest.mark.parametrize("said", ["", "x", "-1", "1.0", "%C2%B2", "9" * 5_000])
def test_what_is_no_number_is_refused(phone: Phone, said: str) -> None:
    assert phone.get(f"{CHANGES}?protocol={said}").status_code == 422
