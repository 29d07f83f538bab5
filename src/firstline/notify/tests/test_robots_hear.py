"""Robots against a server of our own that checks the signatures: what they hear, and what becomes of refusals."""

import json
import ssl
from datetime import timedelta
from typing import Any

import pytest

from firstline.kernel.keys import organisation_key
from firstline.notify import actions, delivering
from firstline.notify.channels import posting
from firstline.notify.delivering import deliver_all
from firstline.notify.models import Delivery, Endpoint, Parcel, Robot, RobotDetails, RobotKind
from firstline.notify.tests.conftest import GUARD, Clock
from firstline.notify.tests.stub import SECRET, Stub
from firstline.testing.cast import COMMUNITY, Cast

SIGNED = [RobotKind.DINGTALK, RobotKind.FEISHU, RobotKind.GENERIC]


def robot_of(cast: Cast, stub: Stub, kind: RobotKind = RobotKind.DINGTALK, **changed: Any) -> Robot:
    secret = "" if kind == RobotKind.WECOM else SECRET
    said = {"path": COMMUNITY, "kind": kind, "label": "防控群", "url": stub.url(kind), "secret": secret} | changed
    return actions.add_robot(cast.director, **said)


def tell(cast: Cast, *, times: int = 1, severity: int = 70, path: str = COMMUNITY) -> None:
    one = actions.Telling(GUARD, path, [], {"count": 2}, "/", severity)
    told = [actions.Telling(one.kind, one.path, one.to, one.words, one.url, one.severity) for _ in range(times)]
    actions.tell_many(cast.director, told)


def results() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("at", "attempt").values_list("result", "code"))


@pytest.mark.parametrize("kind", RobotKind)
def test_each_kind_hears_what_is_signed_as_its_vendor_wants(
    cast: Cast, stub: Stub, wall_clock: Clock, kind: RobotKind
) -> None:
    robot_of(cast, stub, kind)
    tell(cast, path=cast.door.path)
    deliver_all()
    assert results() == [("sent", "")]
    [heard] = stub.heard
    said = json.dumps(heard.body, ensure_ascii=False)
    assert "Post without a guard · 丽景街社区 (2)" in said
    assert "http://127.0.0.1:8000/" in said
    assert "枫林苑" not in said  # down to the community and no deeper


@pytest.mark.parametrize("kind", [RobotKind.DINGTALK, RobotKind.FEISHU])
def test_a_secret_that_does_not_fit_is_given_up_at_once(
    cast: Cast, stub: Stub, wall_clock: Clock, kind: RobotKind
) -> None:
    robot_of(cast, stub, kind, secret="another")
    tell(cast)
    deliver_all()
    assert results() == [("gave_up", {"dingtalk": "310000", "feishu": "19021"}[kind])]
    assert Endpoint.objects.get().gave_up_at == wall_clock.now


def test_a_robot_that_answers_500_for_an_hour_hears_it_all_afterwards(
    cast: Cast, stub: Stub, wall_clock: Clock
) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    stub.status = 500
    began = wall_clock.now
    while wall_clock.now - began < timedelta(hours=1):
        deliver_all()
        tell(cast)
        wall_clock.pass_(minutes=1)
    tried = len(stub.heard)
    assert tried < 12
    assert {result for result, _code in results() if _code == "http_500"} == {"failed"}
    assert Endpoint.objects.get().failing_since == began
    # A first attempt may have arrived: all attempts are the same letter, by the same key.
    assert {(heard.headers["idempotency-key"], heard.raw) for heard in stub.heard} == {
        (stub.heard[0].headers["idempotency-key"], stub.heard[0].raw)
    }
    stub.status = 200
    wall_clock.pass_(minutes=15)
    deliver_all()
    assert Endpoint.objects.get().failing_since is None
    assert not Parcel.objects.filter(closed_at=None, due_at__lte=wall_clock.now).exists()
    # What was told meanwhile waited in one letter, and in one more for what was too many at once.
    assert len(stub.heard) == tried + 3
    said = Parcel.objects.values_list("messages", "more")
    assert sum(len(lines) + more for lines, more in said) == 61


def test_after_two_hours_it_is_given_up(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    stub.status = 503
    for _minute in range(140):
        deliver_all()
        wall_clock.pass_(minutes=1)
    assert results()[-1] == ("gave_up", "http_503")
    asked = len(stub.heard)
    wall_clock.pass_(hours=3)
    deliver_all()
    assert len(stub.heard) == asked


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (RobotKind.DINGTALK, b'{"errcode": 130101, "errmsg": "send too fast"}'),
        (RobotKind.FEISHU, b'{"code": 11232, "msg": "frequency limited"}'),
        (RobotKind.WECOM, b'{"errcode": 45009, "errmsg": "api freq out of limit"}'),
    ],
)
def test_too_fast_waits_for_the_next_minute(
    cast: Cast, stub: Stub, wall_clock: Clock, kind: RobotKind, answer: bytes
) -> None:
    robot_of(cast, stub, kind)
    tell(cast)
    stub.answer = answer
    deliver_all()
    wall_clock.pass_(seconds=59)
    deliver_all()
    assert len(stub.heard) == 1
    stub.answer = None
    wall_clock.pass_(seconds=2)
    deliver_all()
    assert [result for result, _code in results()] == ["failed", "sent"]


def test_a_server_says_how_long_it_wants_to_be_left_alone(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    stub.status, stub.headers = 429, {"Retry-After": "300"}
    deliver_all()
    assert Parcel.objects.get().due_at == wall_clock.now + timedelta(seconds=300)


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b'{"errcode": "0"}', b'{"ok": true}', b"\xff\xfe"])
def test_an_answer_that_is_none_is_tried_again(cast: Cast, stub: Stub, wall_clock: Clock, answer: bytes) -> None:
    robot_of(cast, stub, RobotKind.DINGTALK)
    tell(cast)
    stub.answer = answer
    deliver_all()
    assert results() == [("failed", "malformed")]


def test_an_answer_without_end_is_not_read(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.DINGTALK)
    tell(cast)
    stub.answer = b"x" * 200_000
    deliver_all()
    assert results() == [("failed", "too_long")]


def test_no_redirect_is_followed(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    stub.status, stub.headers = 302, {"Location": stub.url("wecom")}
    deliver_all()
    assert results() == [("gave_up", "http_302")]
    assert len(stub.heard) == 1


def test_a_host_taken_off_the_list_hears_nothing(cast: Cast, stub: Stub, wall_clock: Clock, settings: Any) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    settings.FIRSTLINE_ROBOT_HOSTS = frozenset()
    deliver_all()
    assert results() == [("gave_up", "host_not_listed")]
    assert not stub.heard


def test_a_certificate_nobody_knows_is_refused(
    cast: Cast, stub: Stub, wall_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    monkeypatch.setattr(posting, "trusted", ssl.create_default_context)
    posting._pool.cache_clear()
    deliver_all()
    assert results() == [("failed", "tls")]
    assert not stub.heard


def test_at_night_it_waits_for_the_morning_unless_it_is_urgent(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    wall_clock.at(23)
    tell(cast, times=3)
    deliver_all()
    assert results() == [("held_back", "quiet")]
    tell(cast, severity=80)
    deliver_all()
    assert len(stub.heard) == 1
    wall_clock.at(2)
    tell(cast, times=2)
    deliver_all()
    wall_clock.at(7)
    deliver_all()
    assert [len(heard.body["lines"]) for heard in stub.heard] == [1, 5]


def test_ten_thousand_at_once_are_seven_lines_and_a_number(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast, times=10_000)
    deliver_all()
    [heard] = stub.heard
    assert "10,000" in heard.body["title"]
    assert len(heard.body["lines"]) == 8
    assert "9,993" in heard.body["lines"][-1]
    tell(cast, times=500)
    deliver_all()
    assert len(stub.heard) == 1  # within the window nothing more is said
    wall_clock.pass_(minutes=10)
    deliver_all()
    assert "493" in stub.heard[1].body["lines"][-1]


def test_what_waits_for_a_robot_that_is_paused_or_removed_goes_nowhere(
    cast: Cast, stub: Stub, wall_clock: Clock
) -> None:
    paused, removed = robot_of(cast, stub, RobotKind.GENERIC), robot_of(cast, stub, RobotKind.FEISHU)
    stub.status = 500
    tell(cast)
    deliver_all()
    assert Endpoint.objects.filter(failing_since__isnull=False).count() == 2
    actions.pause_robot(cast.director, robot_id=paused.pk, paused=True)
    actions.remove_robot(cast.director, robot_id=removed.pk)
    assert not Endpoint.objects.filter(failing_since__isnull=False).exists()
    wall_clock.pass_(hours=1)
    tell(cast)
    deliver_all()
    assert len(stub.heard) == 2
    assert Robot.objects.get(pk=removed.pk).open() == RobotDetails("防控群", "")


def test_a_second_run_delivers_nothing_twice(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    deliver_all()
    deliver_all()
    assert len(stub.heard) == 1


def test_a_worker_killed_before_the_answer_was_written_repeats_by_the_same_key(
    cast: Cast, stub: Stub, wall_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)

    class Killed(BaseException):
        pass

    def killed(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(delivering, "_record", killed)
        with pytest.raises(Killed):
            deliver_all()
    tell(cast)
    deliver_all()
    first, again, later = stub.heard
    assert (again.headers["idempotency-key"], again.raw) == (first.headers["idempotency-key"], first.raw)
    assert later.headers["idempotency-key"] != first.headers["idempotency-key"]
    assert results() == [("sent", ""), ("sent", "")]


def test_the_stub_itself_refuses_what_is_not_signed(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    """Else every test above would pass without a signature."""
    robot = robot_of(cast, stub, RobotKind.FEISHU)
    robot.seal(RobotDetails("防控群", stub.url("feishu")), organisation_key())
    robot.save()
    tell(cast)
    deliver_all()
    assert results() == [("gave_up", "19021")]
