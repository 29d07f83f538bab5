"""Coverage by day and channel."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.census.models import Campaign, DoorState
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.places.models import Door
from firstline.testing.cast import COMMUNITY_ELSEWHERE, Cast
from firstline.testing.time import Clock
from firstline.web.curve import CHANNELS, coverage_curve

URL = reverse("census:curve")


@pytest.fixture
def settled(cast: Cast, clock_at: Clock) -> Cast:
    """Three doors the day before yesterday, when the campaign began, and today; two tries that settle nothing."""
    clock_at.set(cast.campaign.started_at + timedelta(days=2))
    tries = (
        ("1-1-101", "registered", "door", 2),
        ("1-1-102", "registered", "phone", 0),
        ("1-1-201", "vacant", "door", 0),
        ("1-1-202", "no_answer", "door", 0),
        ("1-2-101", "said_vacant", "phone", 0),
    )
    for label, result, channel, days in tries:
        door_id = Door.id_for(cast.compound.pk, label)
        happened_at = clock_at.now() - timedelta(days=days)
        record_attempt(cast.worker, door_id=door_id, result=result, channel=channel, happened_at=happened_at)
    return cast


def curve(cast: Cast, who: str = "director", **query: str) -> Any:
    return getattr(cast, who).client().get(URL, query).context["curve"]


def test_doors_settled_up_to_each_day_by_channel(settled: Cast) -> None:
    found = curve(settled)
    assert (found.frame, found.settled) == (36, 3)
    assert {line.channel: list(line.counts) for line in found.lines} == {"door": [1, 1, 2], "phone": [0, 0, 1]}
    assert found.totals == [1, 1, 3]


def test_the_table_behind_it_has_the_same_figures_latest_first(settled: Cast) -> None:
    found = curve(settled)
    assert [(counts, together, that_day) for _day, counts, together, that_day in found.rows] == [
        ([2, 1], 3, 2),
        ([1, 0], 1, 0),
        ([1, 0], 1, 1),
    ]


def test_the_drawing_says_what_it_shows(settled: Cast) -> None:
    page = settled.director.client().get(URL).content.decode()
    assert 'class="fl-curve"' in page and "url(#c-phone)" in page
    for channel in CHANNELS:
        assert f'id="c-{channel}"' in page


def test_what_was_settled_long_ago_stands_in_the_first_column(settled: Cast) -> None:
    began = clock.now() - timedelta(days=400)
    Campaign.objects.filter(pk=settled.campaign.pk).update(started_at=began)
    with scope.enter(console()):
        DoorState.objects.filter(door_id=Door.id_for(settled.compound.pk, "1-1-101")).update(since=began)
    found = curve(settled)
    assert (len(found.days), found.totals[0], found.totals[-1]) == (31, 1, 3)


def test_the_curve_begins_the_day_before_the_first_door(settled: Cast) -> None:
    Campaign.objects.filter(pk=settled.campaign.pk).update(started_at=clock.now() - timedelta(days=20))
    assert curve(settled).totals == [0, 1, 1, 3]


def test_the_curve_of_a_place_and_of_one_elsewhere(settled: Cast) -> None:
    assert curve(settled, at=settled.compound_next.place.path).settled == 0
    assert curve(settled, "county_officer").settled == 3
    assert settled.director.client().get(URL, {"at": COMMUNITY_ELSEWHERE}).status_code == 404
    assert settled.lapsed.client().get(URL).status_code == 403


def test_before_the_first_door_it_says_what_to_do(cast: Cast) -> None:
    page: Any = cast.director.client().get(URL)
    assert page.status_code == 200 and page.context["curve"].lines == []


def test_without_days_there_is_nothing_to_draw() -> None:
    assert coverage_curve({"days": [], "lines": [], "frame": 3}) == ""


def test_statements(settled: Cast, statement_budget: Budget) -> None:
    client = settled.director.client()
    with statement_budget("census.curve"):
        client.get(URL)
