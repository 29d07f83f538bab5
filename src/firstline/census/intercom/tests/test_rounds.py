"""Intercom rounds: the panel as a map, lit where somebody is to be rung, one press, back to the panel."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from firstline.census.actions import record_attempt
from firstline.census.models import Attempt, DoorState
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.testing.cast import Cast


@pytest.fixture(autouse=True)
def seven(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Seven this evening, whenever the tests run."""
    moment = timezone.localtime(clock.now()).replace(hour=19, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def panel(cast: Cast, **query: str) -> Any:
    address = reverse("census:intercom_panel", args=[cast.building.pk])
    answer = cast.worker.client().get(address, {"unit": "1", **query})
    assert answer.status_code == 200
    return answer.context


def lit(page: Any) -> list[str]:
    cells = [cell for floor in page["house"].floors for unit in floor.units for cell in unit if cell]
    return [cell.room for cell in cells if not cell.dim]


def ring(cast: Cast, **form: Any) -> Any:
    return cast.worker.client().post(reverse("census:ring", args=[cast.door.pk]), form, follow=True)


def test_stairwells_with_somebody_to_ring_are_listed(cast: Cast) -> None:
    page = cast.worker.client().get(reverse("census:intercom")).context
    assert [(place.name, place.doors) for place in page["places"]] == [("枫林苑", 24)]
    assert [(one.name, one.doors) for one in page["places"][0].panels][:2] == [("1号楼1单元", 6), ("1号楼2单元", 6)]


def test_the_panel_is_the_stairwell_from_the_top(cast: Cast) -> None:
    page = panel(cast)
    assert lit(page) == ["301", "302", "201", "202", "101", "102"]
    assert page["next_door"]["name"] == "301"


def test_only_doors_with_work_left_light_up(cast: Cast, seven: datetime) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="vacant", happened_at=seven)
    at_day = cast.door_of(cast.compound, "1-1-102")
    record_attempt(cast.worker, door_id=at_day.pk, result="form_slipped", happened_at=seven)
    page = panel(cast)
    assert lit(page) == ["301", "302", "201", "202"]
    assert page["left"] == 4


def test_who_was_not_home_by_day_is_rung_in_the_evening_and_not_once_more(cast: Cast, seven: datetime) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=seven - timedelta(hours=5))
    assert "101" in lit(panel(cast))
    page = ring(cast, result="no_answer").context
    assert "101" not in lit(page)
    assert page["undo"] is not None
    with scope.enter(cast.director):
        assert DoorState.objects.get(door=cast.door).outcome == "knocked2"


def test_one_press_is_one_attempt_through_the_intercom(cast: Cast) -> None:
    page = ring(cast, result="no_answer")
    assert page.redirect_chain[-1][0].startswith(reverse("census:intercom_panel", args=[cast.building.pk]))
    with scope.enter(cast.director):
        (attempt,) = Attempt.objects.all()
    assert (attempt.channel, attempt.result) == ("intercom", "no_answer")


def test_whoever_comes_down_is_registered_at_the_entrance(cast: Cast) -> None:
    asked = ring(cast, ask="come_down")
    assert asked.context["entry"]["result"] == "registered"
    assert asked.context["note"] == "下楼来登记的"
    ring(cast, result="registered", line="王建国 男 56", step="done", note=asked.context["note"])
    with scope.enter(cast.director):
        (attempt,) = Attempt.objects.all()
        assert (attempt.channel, attempt.result, attempt.open().note) == ("intercom", "registered", "下楼来登记的")
    assert "101" not in lit(panel(cast))


def test_a_refusal_says_why(cast: Cast) -> None:
    asked = ring(cast, ask="refused")
    assert [button.result for button in asked.context["ask"].buttons] == [
        "refused_safety",
        "refused_privacy",
        "refused",
    ]


def test_undo_leads_back_to_the_panel(cast: Cast) -> None:
    page = ring(cast, result="no_answer")
    undo = page.context["undo"]
    back = cast.worker.client().post(undo.url, undo.fields, follow=True)
    assert back.redirect_chain[-1][0].startswith(reverse("census:intercom_panel", args=[cast.building.pk]))
    assert "101" in lit(back.context)


def test_elsewhere_there_is_no_panel(cast: Cast) -> None:
    address = reverse("census:intercom_panel", args=[cast.building.pk])
    assert cast.worker_next.client().get(address).status_code == 404
    assert cast.clerk.client().get(address).status_code == 403


def test_the_pages_keep_their_budget(cast: Cast, statement_budget: Budget) -> None:
    client = cast.worker.client()
    with statement_budget("census.intercom"):
        client.get(reverse("census:intercom"))
    with statement_budget("census.intercom_panel"):
        client.get(reverse("census:intercom_panel", args=[cast.building.pk]), {"unit": "1"})
    with statement_budget("census.ring"):
        client.get(reverse("census:ring", args=[cast.door.pk]))
