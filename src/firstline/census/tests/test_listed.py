"""A company's list as a channel: attempts at its doors once the frame is frozen, which settle nothing by themselves."""

import uuid

import pytest

from firstline.census.actions import change_rules, freeze_frame, open_campaign
from firstline.census.listed import record_lists
from firstline.census.models import Attempt, Campaign, DoorState
from firstline.kernel import clock, scope
from firstline.registry.actions import accept_file, void_file
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import COMMUNITY, Cast
from firstline.testing.queue import work_off

LIST = encoded("房号,姓名,备注\n1-1-101,王建国,\n1-1-102,李梅,空房\n")


@pytest.fixture
def sweep(cast: Cast) -> Campaign:
    return open_campaign(cast.director, path=COMMUNITY, name="第一轮", starts_at=clock.now(), leads=True)


def accepted(cast: Cast) -> uuid.UUID:
    file = staged(cast.director, cast.compound, LIST)
    return accept_file(cast.director, file_id=file.pk).pk


def said(cast: Cast) -> dict[str, str]:
    with scope.enter(cast.director):
        found = Attempt.objects.filter(channel="list", void=None)
        return dict(found.values_list("door__label", "result"))


def outcomes(cast: Cast) -> dict[str, str]:
    with scope.enter(cast.director):
        return dict(DoorState.objects.values_list("door__label", "outcome"))


def test_before_the_frame_is_frozen_a_list_is_no_attempt(cast: Cast, sweep: Campaign) -> None:
    accepted(cast)
    work_off()
    assert said(cast) == {}


def test_lists_become_attempts_when_the_frame_is_frozen_and_settle_nothing(cast: Cast, sweep: Campaign) -> None:
    accepted(cast)
    freeze_frame(cast.director, campaign_id=sweep.pk)
    assert [ended.status for ended in work_off()] == ["succeeded"]
    assert said(cast) == {"1-1-101": "listed", "1-1-102": "said_vacant"}
    assert set(outcomes(cast).values()) <= {"untried", "unknown"}
    assert record_lists(cast.director, sweep.pk) == 0


def test_a_list_accepted_later_follows_and_taken_back_it_goes(cast: Cast, sweep: Campaign) -> None:
    freeze_frame(cast.director, campaign_id=sweep.pk)
    work_off()
    file_id = accepted(cast)
    work_off()
    assert set(said(cast)) == {"1-1-101", "1-1-102"}
    void_file(cast.director, file_id=file_id)
    work_off()
    assert said(cast) == {}
    assert outcomes(cast) == {}


def test_a_campaign_may_say_that_lists_complete_a_door(cast: Cast, sweep: Campaign) -> None:
    change_rules(cast.director, campaign_id=sweep.pk, rules={"lists_complete": True})
    freeze_frame(cast.director, campaign_id=sweep.pk)
    accepted(cast)
    work_off()
    assert outcomes(cast)["1-1-101"] == "registered"
