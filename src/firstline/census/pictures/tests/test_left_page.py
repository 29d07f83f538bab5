"""What is left, place by place."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.config.testing.budget import Budget
from firstline.kernel import gap_sources
from firstline.places.models import Door
from firstline.registry.actions import accept_file
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import COMMUNITY_ELSEWHERE, Cast

URL = reverse("census:compounds_left")


@pytest.fixture
def started(cast: Cast) -> Cast:
    for floor in (1, 2, 3):
        for room in (1, 2):
            for unit in (1, 2):
                door_id = Door.id_for(cast.compound_next.pk, f"1-{unit}-{floor}0{room}")
                record_attempt(cast.worker_next, door_id=door_id, result="registered")
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered")
    record_attempt(cast.worker, door_id=Door.id_for(cast.compound.pk, "1-1-102"), result="refused")
    return cast


def ask(cast: Cast, who: str = "director", **query: str) -> Any:
    return getattr(cast, who).client().get(URL, query).context


def test_places_with_something_left_come_first_and_those_done_in_a_line(started: Cast) -> None:
    found = ask(started)
    assert [(row.name, row.doors, row.left, row.tonight) for row in found["rows"]] == [("枫林苑", 24, 23, 23)]
    assert [row.name for row in found["done"]] == ["邮电局家属院"]
    assert found["account"].left == 23


def test_what_is_parked_stands_beside_and_sorts(started: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of an accepted list at no door, and whatever another app has waiting there under a kind of its own."""
    file = staged(started.director, started.compound_next, encoded("房号,姓名\n1-1-101,王建国\n,张无门\n,李无门\n"))
    accept_file(started.director, file_id=file.pk)
    building = started.building_of(started.compound_next).place.path
    monkeypatch.setattr(gap_sources, "waiting_at", lambda within, kinds: {building: 5} if kinds == "_parked" else {})
    found = ask(started, sort="parked")
    assert [(row.name, row.parked) for row in found["rows"]] == [("邮电局家属院", 7), ("枫林苑", 0)]
    assert found["parked"] == 7


def test_rows_of_lists_are_told_to_those_who_may_open_lists(started: Cast) -> None:
    file = staged(started.director, started.compound_next, encoded("房号,姓名\n1-1-101,王建国\n,张无门\n"))
    accept_file(started.director, file_id=file.pk)
    assert (ask(started)["parked"], ask(started, "clerk")["parked"]) == (1, 0)


@pytest.mark.parametrize("sort", ["left", "tonight", "parked", "walk", "nonsense"])
def test_every_order_shows_the_same_places(started: Cast, sort: str) -> None:
    assert {row.name for row in ask(started, "county_officer", sort=sort)["rows"]} == {"丽景街社区", "马茂庄社区"}


def test_a_community_leads_to_its_compounds(started: Cast) -> None:
    (home,) = (row for row in ask(started, "clerk")["rows"] if row.name == "丽景街社区")
    below: Any = started.clerk.client().get(home.url)
    assert [row.name for row in below.context["rows"]] == ["枫林苑"]


def test_elsewhere_and_lapsed(started: Cast) -> None:
    assert started.director.client().get(URL, {"at": COMMUNITY_ELSEWHERE}).status_code == 404
    assert started.lapsed.client().get(URL).status_code == 403


def test_statements(started: Cast, statement_budget: Budget) -> None:
    client = started.director.client()
    with statement_budget("census.compounds_left"):
        client.get(URL)
