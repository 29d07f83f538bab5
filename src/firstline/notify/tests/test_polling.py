"""The count that every desk asks for: cheap while nothing changes, true when something does, and nobody else's."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from firstline.notify import actions
from firstline.notify.tests.conftest import GUARD
from firstline.testing.cast import COMMUNITY, Cast, Member

COUNT = "/messages/count/"


def tell(cast: Cast, *people: Member, times: int = 1) -> None:
    to = [one.person_id for one in people]
    told = [actions.Telling(GUARD, COMMUNITY, to, {"count": 2}, "/gaps/", 70) for _ in range(times)]
    actions.tell_many(cast.director, told)


def ask(client: Client, tag: str = "") -> Any:
    return client.get(COUNT, headers={"If-None-Match": tag} if tag else {})


def test_what_has_not_changed_is_one_statement_and_no_session(cast: Cast) -> None:
    tell(cast, cast.worker)
    client = cast.worker.client()
    first = ask(client)
    assert first.json() == {"count": 1, "most": False}
    with CaptureQueriesContext(connection) as asked:
        again = ask(client, first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert len(asked) == 1


def test_another_message_and_a_message_read_are_a_change(cast: Cast) -> None:
    tell(cast, cast.worker)
    client = cast.worker.client()
    tag = ask(client)["ETag"]
    tell(cast, cast.worker)
    second = ask(client, tag)
    assert second.json()["count"] == 2
    actions.read_all(cast.worker)
    third = ask(client, second["ETag"])
    assert third.json()["count"] == 0
    assert ask(client, third["ETag"]).status_code == 304


def test_one_read_and_one_new_is_a_change_too(cast: Cast) -> None:
    tell(cast, cast.worker)
    client = cast.worker.client()
    tag = ask(client)["ETag"]
    actions.read_all(cast.worker)
    tell(cast, cast.worker)
    assert ask(client, tag).status_code == 200


def test_of_very_many_only_so_much_is_counted(cast: Cast) -> None:
    tell(cast, cast.worker, times=300)
    assert ask(cast.worker.client()).json() == {"count": 100, "most": True}


def test_a_tag_of_another_session_is_nothing(cast: Cast) -> None:
    tag = ask(cast.worker.client())["ETag"]
    assert ask(cast.worker.client(), tag).status_code == 200
    assert ask(Client(), tag).status_code == 403
    assert ask(cast.worker_next.client(), tag).json()["count"] == 0


@pytest.mark.parametrize("tag", ['"', '""', '"..."', '"é"', 'W/"x.1.y.z"', "*"])
def test_a_tag_that_is_none_takes_the_ordinary_way(cast: Cast, tag: str) -> None:
    assert ask(cast.worker.client(), tag).status_code == 200


def test_asking_keeps_no_session_open(cast: Cast) -> None:
    client = cast.worker.client()
    client.get("/messages/")
    seen = client.session["desk_seen"]
    session = client.session
    session["desk_seen"] = seen - 300
    session.save()
    ask(client)
    assert client.session["desk_seen"] == seen - 300


def test_strangers_and_those_whose_role_ended_learn_nothing(cast: Cast) -> None:
    assert ask(Client()).status_code == 403
    assert ask(cast.lapsed.client()).status_code == 403
