"""A server killed with signal 9 around the commit of a batch, or whose answer is lost: sent again, each fact is there
once. Against real processes and real sockets."""

import contextlib
import http.client
import socket
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from firstline.accounts.devices.actions import ask_wipe, revoke_device
from firstline.census.models import Attempt, AttemptVoid, DoorState
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.registry.models import Mention
from firstline.sync.models import Kept, KeptState
from firstline.sync.tests.commands import attempt, command
from firstline.sync.tests.faults.serving import Server, asked, heard, raw, served, statuses
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(transactional_db: None, cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path)


@pytest.fixture
def made(cast: Cast) -> list[dict[str, Any]]:
    """A shift: a visit with somebody at each door, one taken back, a door found on the spot and the visit there."""
    visits = [
        attempt(door.pk, "registered", body={"people": [{"name": "王建国"}]}) for door in cast.building.doors.all()
    ]
    door_id = str(Door.id_for(cast.compound.pk, "1-1-901"))
    body = {"door_id": door_id, "building_id": str(cast.building.pk), "unit": "1", "room": "901"}
    added = command("places.add_door", body)
    there = attempt(door_id, after=[added["id"]])  # type: ignore[arg-type]  # written as text either way
    void = command("census.void_attempt", {"attempt_id": visits[0]["id"]}, after=[visits[0]["id"]])
    return [*visits, void, there, added]


@pytest.fixture
def sent(phone: Phone, made: list[dict[str, Any]]) -> tuple[Phone, list[dict[str, Any]]]:
    return phone, made


def require_once(cast: Cast, made: list[dict[str, Any]]) -> None:
    """Each command is one fact, nothing waits, and states are what facts add up to."""
    visits = {one["id"] for one in made if one["kind"] == "census.record_attempt"}
    people = sum(len(one["body"].get("people", ())) for one in made)
    with scope.enter(cast.director):
        assert sorted(str(pk) for pk in Attempt.objects.values_list("pk", flat=True)) == sorted(visits)
        assert AttemptVoid.objects.count() == 1
        assert Mention.objects.count() == people
        assert set(DoorState.objects.values_list("attempts", flat=True)) == {1}
        assert Door.objects.filter(building=cast.building, room="901").count() == 1
        assert not Kept.objects.exclude(state=KeptState.CARRIED_OUT).exists()
    assert not list(rebuild(cast.director, cast.campaign.pk, subtree(cast.compound.place.path), write=False))


def facts(cast: Cast) -> int:
    with scope.enter(cast.director):
        return Attempt.objects.count()


def lost(way: http.client.HTTPConnection) -> None:
    """The way broke off without an answer."""
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        heard(way)


@pytest.mark.parametrize("whole", [False, True], ids=["worker", "whole"])
@pytest.mark.parametrize("where", ["before", "during", "after"])
def test_killed_and_sent_again(
    cast: Cast, sent: tuple[Phone, list[dict[str, Any]]], tmp_path: Path, where: str, *, whole: bool
) -> None:
    phone, made = sent
    again: Server
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(served(where, tmp_path / "once"))
        way = asked(phone, server.port, *made)
        stands = server.standing()
        if whole:
            server.kill_all()
            again = stack.enter_context(served("", tmp_path / "once"))
        else:
            server.kill_worker(stands)
            again = server
        lost(way)
        found = statuses(asked(phone, again.port, *made))
        assert set(found) == ({"duplicate"} if where == "after" else {"accepted"})
        require_once(cast, made)
        assert set(statuses(asked(phone, again.port, *made))) == {"duplicate"}
    require_once(cast, made)


def test_an_answer_that_nobody_reads(cast: Cast, phone: Phone, made: list[dict[str, Any]], tmp_path: Path) -> None:
    with served("answered", tmp_path / "once") as server:
        way = asked(phone, server.port, *made)
        stands = server.standing()
        way.close()
        require_once(cast, made)
        assert set(statuses(asked(phone, server.port, *made))) == {"duplicate"}
        server.kill_worker(stands)
    require_once(cast, made)


def test_the_same_batch_from_two_connections_while_the_first_stands(
    cast: Cast, phone: Phone, made: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The second waits for the first one's transaction; when that dies uncommitted, it takes all of it."""
    with served("during", tmp_path / "once") as server:
        first = asked(phone, server.port, *made)
        stands = server.standing()
        second = asked(phone, server.port, *made)
        server.kill_worker(stands)
        lost(first)
        # Whichever worker had the second; the killed one may have had it too.
        with contextlib.suppress(http.client.RemoteDisconnected, ConnectionError):
            assert set(statuses(second)) == {"accepted"}
        assert set(statuses(asked(phone, server.port, *made))) <= {"accepted", "duplicate"}
    require_once(cast, made)


def test_the_database_ends_every_connection_in_mid_batch(
    cast: Cast, phone: Phone, made: list[dict[str, Any]], tmp_path: Path
) -> None:
    """What a database that is killed and comes back looks like from the server."""
    with served("during", tmp_path / "once") as server:
        way = asked(phone, server.port, *made)
        stands = server.standing()
        _end_all()
        assert facts(cast) == 0
        assert set(statuses(asked(phone, server.port, *made))) == {"accepted"}
        server.kill_worker(stands)
        lost(way)
    require_once(cast, made)


def _end_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def test_hostile_requests_are_answered_and_leave_the_server_at_work(cast: Cast, phone: Phone, tmp_path: Path) -> None:
    other = phone_of(cast.worker_next.person_id, cast.compound_next.place.path)
    stranger = Phone(device_id=other.device_id)  # another's id under one's own key
    url = "/sync/v1/commands"
    with served("", tmp_path / "once") as server:
        # Ten megabytes: answered before they are read, or the way is cut; never taken.
        with contextlib.suppress(ConnectionError, http.client.RemoteDisconnected):
            assert heard(raw(phone, server.port, "POST", url, b" " * 10_000_000))[0] == 413
        deep = b'{"protocol":1,"sent_at":0,"waiting":0,"commands":[' + b"[" * 500_000 + b"]" * 500_000 + b"]}"
        assert heard(raw(phone, server.port, "POST", url, deep))[0] == 413
        assert heard(asked(stranger, server.port, attempt(cast.door.pk)))[1]["code"] == "device_unknown"
        phone.ahead_ms = -11 * 60 * 1000  # what was recorded eleven minutes ago, played again
        assert heard(asked(phone, server.port, attempt(cast.door.pk)))[1]["code"] == "clock_differs"
        phone.ahead_ms = 0
        _many_headers(server.port)
        foreign = attempt(cast.door_of(cast.compound_elsewhere, "1-1-101").pk)
        assert statuses(asked(phone, server.port, foreign)) == ["quarantined"]
        assert statuses(asked(phone, server.port, attempt(cast.door.pk))) == ["accepted"]
    assert facts(cast) == 1


def _many_headers(port: int) -> None:
    """A million small headers: refused once there are more than anybody needs, long before the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as way:
        with contextlib.suppress(ConnectionError):
            way.sendall(b"GET /sync/v1/alive HTTP/1.1\r\nHost: localhost\r\n")
            for _part in range(1_000):
                way.sendall(b"X-A: 1\r\n" * 1_000)
        with contextlib.suppress(ConnectionError):
            assert way.recv(100).split(b" ", 2)[1:2] in ([b"400"], [b"431"], [])


def test_a_revoked_phone_hands_in_all_it_holds_and_is_wiped_only_then(cast: Cast, phone: Phone, tmp_path: Path) -> None:
    doors = list(cast.building.doors.all())
    made = [attempt(doors[number % len(doors)].pk) for number in range(300)]
    revoke_device(cast.director, device_id=phone.device_id)
    ask_wipe(cast.director, device_id=phone.device_id)
    with served("", tmp_path / "once") as server:
        for first in range(0, 300, 100):
            status, said = heard(asked(phone, server.port, *made[first : first + 100], waiting=300 - first))
            assert status == 200
            assert {one["status"] for one in said["answers"]} == {"quarantined"}
            assert said["wipe"] is (first == 200)
            assert said["changed"] is False
        status, said = heard(raw(phone, server.port, "GET", "/sync/v1/changes?cursor=&area="))
        assert (status, said["code"]) == (403, "device_revoked")
    assert facts(cast) == 0
    with scope.enter(cast.director):
        assert Kept.objects.filter(state=KeptState.QUARANTINED).count() == 300
