"""The list of a census taker: the right doors at the right time, why, and the way back from a door."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from firstline.census.actions import record_attempt
from firstline.census.walk.actions import share_walk
from firstline.config.testing.budget import Budget
from firstline.kernel import clock
from firstline.testing.cast import Cast, Member


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Twelve o'clock today: by day, whenever the tests run."""
    moment = timezone.localtime(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def look(member: Member, **query: str) -> Any:
    answer = member.client().get(reverse("census:walk"), query)
    assert answer.status_code == 200
    return answer.context


def rooms(page: Any) -> list[str]:
    return [stop.name for stairwell in page["stairwells"] for stop in stairwell.stops]


def test_untried_doors_are_walked_from_the_top(cast: Cast) -> None:
    page = look(cast.worker)
    assert rooms(page)[:4] == ["1-1-301", "1-1-302", "1-1-201", "1-1-202"]
    assert page["doors"] == 24
    assert page["next_stop"].name == "1-1-301"


def test_nobody_at_home_by_day_is_for_the_evening(cast: Cast, noon: datetime) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=noon)
    assert "1-1-101" not in rooms(look(cast.worker, when="day"))
    evening = look(cast.worker, when="evening")
    assert "1-1-101" in rooms(evening)
    (said,) = [stop.why for stair in evening["stairwells"] for stop in stair.stops if stop.name == "1-1-101"]
    assert said == "白天没人，晚上去"


def test_what_is_done_is_on_no_list(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    assert "1-1-101" not in rooms(look(cast.worker, view="all"))


def test_agreed_times_stand_on_top_with_their_hour(cast: Cast, noon: datetime) -> None:
    agreed = noon.replace(hour=19, minute=30)
    record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", happened_at=noon, again_at=agreed)
    answer = cast.worker.client().get(reverse("census:walk"), {"when": "evening"})
    assert [stop.name for stop in answer.context["agreed"]] == ["1-1-101"]
    assert ">19:30</time>" in answer.content.decode()


def test_what_should_have_been_done_is_marked_late(cast: Cast, noon: datetime) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=noon - timedelta(days=1))
    page = look(cast.worker, when="evening", view="late")
    assert rooms(page) == ["1-1-101"]
    assert page["late"] == 1


def test_a_second_round_is_not_offered_to_who_was_there(cast: Cast, noon: datetime) -> None:
    for hours in (2, 1):
        record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=noon - timedelta(hours=hours))
    assert "1-1-101" not in rooms(look(cast.worker, when="evening"))
    assert "1-1-101" in rooms(look(cast.director, when="evening"))
    (stop,) = [
        stop
        for stair in look(cast.worker, when="evening", view="all")["stairwells"]
        for stop in stair.stops
        if stop.name == "1-1-101"
    ]
    assert (stop.why, stop.who) == ("没人2次，换个人晚上去", "该换个人")


def test_what_was_shared_out_is_ones_own_list(cast: Cast) -> None:
    team = [cast.worker.person_id, cast.director.person_id]
    share_walk(cast.director, path=cast.compound.place.path, slot="day", people=team, minutes_each=480)
    mine, hers = look(cast.worker, when="day"), look(cast.director, when="day", who=str(cast.worker.person_id))
    assert rooms(mine) == rooms(hers)
    assert hers["who"] == cast.worker.name
    assert 0 < mine["doors"] < 24
    assert look(cast.worker, when="day", view="all")["doors"] == 24


def test_somebody_elses_list_is_for_who_shares_out(cast: Cast) -> None:
    assert look(cast.worker, who=str(cast.director.person_id))["who"] == ""


def test_minutes_are_those_people_wrote_down(cast: Cast, noon: datetime) -> None:
    before = look(cast.worker, when="day")["next_stop"].minutes
    for number, room in enumerate(["101", "102", "201", "202", "301", "302"]):
        door = cast.door_of(cast.compound, f"2-1-{room}")
        record_attempt(
            cast.worker, door_id=door.pk, result="not_a_home", minutes=20, happened_at=noon - timedelta(minutes=number)
        )
    after = look(cast.worker, when="day")
    assert after["doors"] == 18
    assert (before, after["next_stop"].minutes) == (3, 9)


def test_from_a_door_one_comes_back_to_the_list(cast: Cast) -> None:
    client = cast.worker.client()
    back = client.get(reverse("census:walk"), {"when": "day", "view": "all"}).context["next_stop"].url
    door = cast.door_of(cast.compound, "1-1-301")
    assert back == reverse("census:door", args=[door.pk]) + "?back=walk.day-all"
    posted = client.post(
        reverse("census:record", args=[door.pk]), {"result": "no_answer", "back": "walk.day-all"}, follow=True
    )
    assert posted.redirect_chain[-1][0].startswith(reverse("census:walk") + "?when=day&view=all&after=")
    assert posted.context["next_stop"].name == "1-1-302"
    assert posted.context["undo"] is not None


def test_another_place_shows_its_own_doors(cast: Cast) -> None:
    page = look(cast.worker_elsewhere)
    assert page["doors"] == 12
    assert {stair.compound for stair in page["stairwells"]} <= {"马茂庄小区", ""}


def test_many_doors_are_chosen_by_compound_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstline.census.walk.walk_page._AT_ONCE", 10)
    page = look(cast.director)
    assert [(place.name, place.doors) for place in page["places"]] == [("枫林苑", 24), ("邮电局家属院", 12)]
    assert rooms(look(cast.director, at=str(cast.compound_next.pk))) != []


@pytest.mark.parametrize(("who", "status"), [("clerk", 403), ("lapsed", 403), ("typist", 200)])
def test_who_may_record_may_walk(cast: Cast, who: str, status: int) -> None:
    assert getattr(cast, who).client().get(reverse("census:walk")).status_code == status


def test_the_page_keeps_its_budget(cast: Cast, statement_budget: Budget) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", minutes=3)
    client = cast.worker.client()
    with statement_budget("census.walk"):
        client.get(reverse("census:walk"), {"when": "evening"})
