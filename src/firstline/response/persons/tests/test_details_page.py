"""Somebody's details put right by whoever may; the look and what stood there before are on record."""

import pytest
from django.urls import reverse

from firstline.accounts.selectors import details_of
from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.testing.cast import Cast, Member


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("response:put_right", args=[cast.worker.person_id])


def looks(member: Member) -> int:
    with scope.enter(member):
        return LedgerEntry.objects.filter(action="accounts.read_details").count()


def test_it_shows_what_stands_and_the_look_is_on_record(cast: Cast, address: str, statement_budget: Budget) -> None:
    client = cast.director.client()
    person = client.get(reverse("response:answering_person", args=[cast.worker.person_id])).text
    assert address in person
    client.get(address)
    with statement_budget("response.put_right"):
        page = client.get(address).text
    assert details_of(cast.worker.person).phone in page
    assert looks(cast.director) == 2


def test_put_right_the_person_is_the_same_and_the_former_phone_is_kept(cast: Cast, address: str) -> None:
    client, before = cast.director.client(), details_of(cast.worker.person)
    said = {"name": "任志强", "phone": "13900001111", "post": before.post, "email": ""}
    assert client.post(address, said).status_code == 303
    page = client.get(address).text
    assert 'value="13900001111"' in page
    assert before.phone in page
    assert before.name in page
    assert cast.director.name in page


def test_without_a_name_it_says_so_and_keeps_what_was_typed(cast: Cast, address: str) -> None:
    answer = cast.director.client().post(address, {"name": " ", "phone": "13900001111"})
    assert answer.status_code == 422
    assert 'value="13900001111"' in answer.text
    assert details_of(cast.worker.person) == details_of(type(cast.worker.person).objects.get(pk=cast.worker.person_id))


def test_only_whoever_answers_for_their_place_finds_it(cast: Cast, address: str) -> None:
    assert cast.other_county_officer.client().get(address).status_code == 404
    for member in (cast.worker, cast.typist, cast.lapsed):
        assert member.client().get(address).status_code == 403
    above = reverse("response:put_right", args=[cast.clerk.person_id])
    assert cast.director.client().get(above).status_code == 404
    assert looks(cast.director) == 0
    person = cast.director.client().get(reverse("response:answering_person", args=[cast.clerk.person_id])).text
    assert above not in person
