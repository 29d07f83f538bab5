"""Nobody who sees more than one community gets anywhere by the password alone."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firstline.accounts import actions as accounts
from firstline.accounts.roles import Role
from firstline.accounts.second_factor.gate import must_give
from firstline.accounts.second_factor.tests.sessions import OWN, acts, by_password, is_in
from firstline.accounts.selectors import actor_of_person
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast
from firstline.web.tests.test_routes import APPS, WORDS, rows_of, title


@pytest.mark.parametrize(
    ("name", "owes"),
    [
        ("county_officer", True),
        ("second_officer", True),
        ("other_county_officer", True),
        ("clerk", True),
        ("director", False),
        ("worker", False),
        ("typist", False),
        ("lapsed", False),
    ],
)
def test_who_sees_more_than_one_community_owes_one(cast: Cast, name: str, owes: bool) -> None:
    assert must_give(getattr(cast, name)) is owes


def test_grants_in_two_communities_owe_one_while_both_last(cast: Cast) -> None:
    second = accounts.grant_role(
        console(), person_id=cast.worker.person_id, role=Role.GRID_WORKER, path=COMMUNITY_ELSEWHERE
    )
    assert must_give(actor_of_person(cast.worker.person_id))
    accounts.end_grant(console(), grant_id=second.pk)
    assert not must_give(actor_of_person(cast.worker.person_id))


def test_two_places_of_one_community_owe_none(cast: Cast) -> None:
    accounts.grant_role(console(), person_id=cast.worker.person_id, role=Role.GRID_WORKER, path=COMMUNITY)
    assert not must_give(actor_of_person(cast.worker.person_id))


# What somebody reaches by the password alone: the way in, the way out, and what has no person at all.
OPEN = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "set_language",
    "accounts:second_factor",
    "accounts:lock",
    "accounts:unlock",
}


@pytest.mark.parametrize("app", APPS)
def test_no_address_opens_to_a_county_officer_by_the_password_alone(
    cast: Cast, app: str, subtests: pytest.Subtests
) -> None:
    client = Client()
    client.force_login(cast.county_officer.login)
    for row in rows_of(app):
        if row.name in OPEN or len(set(row.answers.split())) == 1:
            continue  # the same for everybody, strangers too
        with subtests.test(title(row)):
            about = WORDS.get(row.about, uuid.uuid4())
            address = reverse(row.name, args=[about] if row.about else [])
            for headers in ({}, {"hx-request": "true"}):
                answer = client.generic(row.method, address, headers=headers)
                to_setting_up = answer.headers.get("Location", "").startswith(f"{OWN}?next=")
                assert answer.status_code == 403 or to_setting_up, headers
                assert row.method == "GET" or answer.status_code == 403


def test_the_password_alone_leads_to_setting_up(cast: Cast) -> None:
    client, answer = by_password(cast.county_officer)
    assert answer.status_code == 302
    for address in ("/", "/ledger/?kind=looks", reverse("places:compounds"), reverse("account_change_password")):
        refused = client.get(address)
        assert refused.status_code == 302, address
        assert refused.headers["Location"].startswith(f"{OWN}?next=")


def test_a_fragment_and_a_post_are_refused_and_what_was_typed_is_kept(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    fragment = client.get("/ledger/", headers={"hx-request": "true"})
    assert fragment.status_code == 403
    assert "second_factor_due" in fragment.content.decode()
    posted: Any = client.post(
        reverse("response:register_copy", args=[cast.emergency.pk]),
        {"place": "保险柜"},
        headers={"origin": "http://testserver"},
    )
    assert (posted.status_code, posted.context["code"]) == (403, "second_factor_due")
    assert posted.context["fields"] == [("place", "保险柜")]
    assert "response.register_copies" not in acts()


def test_a_program_that_asks_for_json_gets_nothing_either(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    answer = client.get("/ledger/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.content) == (302, b"")


def test_nobody_below_is_asked(cast: Cast) -> None:
    client, _answer = by_password(cast.director)
    assert is_in(client)


def test_a_grant_gained_later_asks_at_the_next_request(cast: Cast) -> None:
    client, _answer = by_password(cast.director)
    assert is_in(client)
    accounts.grant_role(
        console(), person_id=cast.director.person_id, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY_ELSEWHERE
    )
    assert client.get("/ledger/").headers["Location"].startswith(OWN)


def test_a_grant_that_begins_later_asks_when_it_begins(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    accounts.grant_role(
        console(),
        person_id=cast.typist.person_id,
        role=Role.INFORMATION_CLERK,
        path=COMMUNITY_ELSEWHERE,
        valid_from=tomorrow,
    )
    assert not must_give(actor_of_person(cast.typist.person_id))
    monkeypatch.setattr(clock, "now", lambda: tomorrow + timedelta(minutes=1))
    assert must_give(actor_of_person(cast.typist.person_id))
