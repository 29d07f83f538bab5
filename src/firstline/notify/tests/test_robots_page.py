"""Robots on the page: added within one's places, tested, paused, removed; and what never shows."""

from typing import Any

import pytest

from firstline.audit.models import LedgerEntry
from firstline.kernel import gap_sources, ports, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.notify import actions
from firstline.notify.delivering import deliver_all
from firstline.notify.errors import RobotAddressRefused
from firstline.notify.models import Robot, RobotKind
from firstline.notify.tests.conftest import Clock
from firstline.notify.tests.stub import SECRET, Stub
from firstline.notify.tests.test_robots_hear import results, robot_of, tell
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, Cast, Member

DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=1"
FORM = {
    "kind": "dingtalk",
    "label": "防控群",
    "url": DINGTALK,
    "secret": SECRET,
    "path": COMMUNITY,
    "min_severity": "50",
}


def add(member: Member, **changed: Any) -> Any:
    return member.client().post("/messages/robots/", FORM | changed)


def gaps_of(member: Member) -> list[str]:
    with scope.enter(member):
        return [one.kind for one in gap_sources.causes(member.ranges(), lambda found: ports.places_at(set(found)))]


def test_a_director_adds_one_and_its_secret_is_never_shown(cast: Cast) -> None:
    assert add(cast.director).status_code == 303
    shown = cast.director.client().get("/messages/robots/").content.decode()
    assert "防控群" in shown and "oapi.dingtalk.com" in shown
    assert SECRET not in shown and "access_token" not in shown
    robot = Robot.objects.get()
    assert SECRET.encode() not in bytes(robot.sealed)
    with scope.enter(cast.director):
        assert SECRET not in str(LedgerEntry.objects.get(action="notify.add_robot").open())


@pytest.mark.parametrize(
    "url",
    [
        "http://oapi.dingtalk.com/robot/send",
        "https://oapi.dingtalk.com.example.org/",
        "https://example.org/oapi.dingtalk.com",
        "https://oapi.dingtalk.com@example.org/",
        "https://user:pw@oapi.dingtalk.com/",
        "https://oapi.dingtalk.com:8443/",
        "https://oapi.dingtalk.com:99999/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://oapi。dingtalk.com/",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_is_not_the_vendors_is_refused_in_words(cast: Cast, url: str) -> None:
    answer = add(cast.director, url=url)
    assert answer.status_code == 422
    assert str(RobotAddressRefused()) in answer.content.decode()
    assert not Robot.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"label": " "},
        {"label": "x" * 41},
        {"min_severity": "-1"},
        {"min_severity": "101"},
        {"url": "https://oapi.dingtalk.com/" + "x" * 500},
    ],
)
def test_a_form_that_cannot_be_is_refused_and_kept(cast: Cast, wrong: dict[str, str]) -> None:
    answer = add(cast.director, **wrong)
    assert answer.status_code == 422
    assert not Robot.objects.exists()


def test_another_program_needs_a_secret(cast: Cast, stub: Stub) -> None:
    assert add(cast.director, kind="generic", url=stub.url("generic"), secret="").status_code == 422


def test_elsewhere_and_without_the_role_it_is_refused(cast: Cast) -> None:
    said: dict[str, Any] = {"kind": RobotKind.DINGTALK, "label": "群", "url": DINGTALK}
    with pytest.raises(NotFound):
        actions.add_robot(cast.director, path=COMMUNITY_ELSEWHERE, **said)
    with pytest.raises(NotFound):
        actions.add_robot(cast.director, path=COUNTY, **said)
    for member in (cast.worker, cast.clerk, cast.lapsed):
        with pytest.raises(Forbidden):
            actions.add_robot(member, path=COMMUNITY, **said)
    robot = actions.add_robot(cast.county_officer, path=COUNTY, **said)
    with pytest.raises(NotFound):
        actions.remove_robot(cast.director, robot_id=robot.pk)
    with pytest.raises(NotFound):
        actions.test_robot(cast.other_county_officer, robot_id=robot.pk)


def test_the_test_message_is_sent_also_at_night_and_to_this_group_only(
    cast: Cast, stub: Stub, wall_clock: Clock
) -> None:
    robot, _other = robot_of(cast, stub, RobotKind.FEISHU), robot_of(cast, stub, RobotKind.GENERIC)
    wall_clock.at(23)
    actions.test_robot(cast.director, robot_id=robot.pk)
    deliver_all()
    [heard] = stub.heard
    assert heard.path == "/feishu"
    assert "测试" in heard.body["content"]["text"]
    shown = cast.director.client().get("/messages/robots/").content.decode()
    assert "正常" in shown


def test_a_paused_one_is_not_tested(cast: Cast, stub: Stub) -> None:
    robot = robot_of(cast, stub)
    cast.director.client().post(f"/messages/robots/{robot.pk}/pause/", {"pause": "1"})
    assert cast.director.client().post(f"/messages/robots/{robot.pk}/test/").status_code == 422
    cast.director.client().post(f"/messages/robots/{robot.pk}/pause/")
    robot.refresh_from_db()
    assert robot.paused_at is None


def test_a_robot_that_takes_nothing_is_a_gap_until_it_takes_something(
    cast: Cast, stub: Stub, wall_clock: Clock
) -> None:
    robot_of(cast, stub, RobotKind.GENERIC)
    tell(cast)
    stub.status = 500
    deliver_all()
    wall_clock.pass_(minutes=20)
    assert "deliveries_failed" in gaps_of(cast.director)
    assert "deliveries_failed" not in gaps_of(cast.worker)
    assert "没送到" in cast.director.client().get("/").content.decode()
    stub.status = 200
    deliver_all()
    assert results()[-1] == ("sent", "")
    assert "deliveries_failed" not in gaps_of(cast.director)


def test_a_removed_robot_is_no_gap(cast: Cast, stub: Stub, wall_clock: Clock) -> None:
    robot = robot_of(cast, stub, RobotKind.DINGTALK, secret="another")
    tell(cast)
    deliver_all()
    assert "deliveries_failed" in gaps_of(cast.director)
    shown = cast.director.client().get("/messages/robots/").content.decode()
    assert "密钥" in shown
    cast.director.client().post(f"/messages/robots/{robot.pk}/remove/")
    assert "deliveries_failed" not in gaps_of(cast.director)
