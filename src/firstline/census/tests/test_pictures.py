"""The pages that show doors as pictures: a compound, a building."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.census.houses import House
from firstline.config.testing.budget import Budget
from firstline.places.models import Compound, Door
from firstline.testing.cast import Cast


def compound_url(cast: Cast) -> str:
    return reverse("census:compound", args=[cast.compound.pk])


def building_url(cast: Cast) -> str:
    return reverse("census:building", args=[cast.building.pk])


def cells(response: Any) -> dict[str, Any]:
    """All doors drawn, by building and the name they are spoken of."""
    houses: list[House] = response.context.get("houses") or [response.context["house"]]
    drawn = [cell for house in houses for floor in house.floors for unit in floor.units for cell in unit if cell]
    return {str(cell.id): cell for cell in drawn}


@pytest.fixture
def visited(cast: Cast) -> Cast:
    for label, result in {
        "1-1-101": "registered",
        "1-1-302": "no_answer",
        "1-2-201": "come_back",
        "2-1-101": "refused_safety",
    }.items():
        record_attempt(cast.worker, door_id=Door.id_for(cast.compound.pk, label), result=result)
    return cast


def test_every_door_of_the_compound_stands_where_it_is(visited: Cast) -> None:
    response: Any = visited.worker.client().get(compound_url(visited))

    first, second = response.context["houses"]
    assert [floor.label for floor in first.floors] == ["3", "2", "1"]
    assert [[cell.room for cell in unit if cell] for unit in first.floors[0].units] == [["301", "302"], ["301", "302"]]
    assert len(cells(response)) == 24
    assert cells(response)[str(visited.door.pk)].outcome == "registered"
    assert (first.left, second.left) == (11, 12)


def test_the_account_closes_and_is_of_known_doors_until_walked(visited: Cast) -> None:
    account = visited.worker.client().get(compound_url(visited)).context["account"]

    assert account.total == 24 == sum(term.count for term in account.terms)
    assert account.left == 23
    assert (account.walked, account.unwalked) == (False, 2)


@pytest.mark.parametrize(
    ("query", "full"),
    [
        ("", 24),
        ("?outcome=refused", 1),
        ("?view=left", 23),
        ("?view=tonight", 22),
        ("?outcome=nonsense&view=nonsense", 24),
    ],
)
def test_what_is_not_asked_for_stands_dim(visited: Cast, query: str, full: int) -> None:
    drawn = cells(visited.worker.client().get(compound_url(visited) + query))
    assert sum(not cell.dim for cell in drawn.values()) == full


def test_tonights_walk_goes_stairwell_by_stairwell_from_the_top(visited: Cast) -> None:
    walk = visited.worker.client().get(building_url(visited) + "?view=tonight").context["walk"]

    assert [stop.number for stop in walk] == list(range(1, 12))
    assert [stop.name for stop in walk][:6] == ["1-301", "1-302", "1-201", "1-202", "1-102", "2-301"]


def test_the_next_door_is_the_next_with_work_left(visited: Cast) -> None:
    client = visited.worker.client()
    done = visited.door.pk
    assert "102" in client.get(building_url(visited)).context["next_door"]["name"]
    assert "102" in client.get(f"{building_url(visited)}?after={done}").context["next_door"]["name"]
    last = Door.id_for(visited.compound.pk, "1-2-302")
    assert "102" in client.get(f"{building_url(visited)}?after={last}").context["next_door"]["name"]


def test_tonight_the_next_door_is_the_next_of_the_walk(visited: Cast) -> None:
    client, done = visited.worker.client(), Door.id_for(visited.compound.pk, "1-1-202")
    record_attempt(visited.worker, door_id=done, result="refused")
    page = client.get(f"{building_url(visited)}?view=tonight&after={done}")
    assert "102" in page.context["next_door"]["name"]


def test_todays_attempts_stand_beside_the_picture(visited: Cast) -> None:
    recent = visited.worker.client().get(compound_url(visited)).context["recent"]
    assert len(recent) == 4
    assert {line.by for line in recent} == {visited.worker.name}


def test_digits_record_only_for_those_who_may(visited: Cast) -> None:
    assert visited.worker.client().get(compound_url(visited)).context["keys"]
    reader = visited.clerk.client().get(compound_url(visited))
    assert reader.status_code == 200
    assert not reader.context["keys"]
    assert not cells(reader)[str(visited.door.pk)].record_url


@pytest.mark.parametrize("who", ["worker_elsewhere", "worker_next", "other_county_officer"])
def test_elsewhere_there_is_nothing(visited: Cast, who: str) -> None:
    client = getattr(visited, who).client()
    assert client.get(compound_url(visited)).status_code == 404
    assert client.get(building_url(visited)).status_code == 404


def test_a_compound_without_buildings_says_what_to_do(cast: Cast) -> None:
    from firstline.places.actions import create_compound

    empty: Compound = create_compound(cast.director, community_path=cast.compound.place.path[:12], name="新小区")
    response = cast.director.client().get(reverse("census:compound", args=[empty.pk]))
    assert reverse("places:frame", args=[empty.pk]) in response.content.decode()


def test_the_pages_keep_their_budget(visited: Cast, statement_budget: Budget) -> None:
    client = visited.worker.client()
    saved = record_attempt(visited.worker, door_id=visited.door.pk, result="vacant").pk
    compound = f"{compound_url(visited)}?saved={saved}&door={visited.door.pk}"
    building = f"{building_url(visited)}?saved={saved}&after={visited.door.pk}&view=tonight"
    with statement_budget("census.compound"):
        assert client.get(compound).context["undo"]
    with statement_budget("census.building"):
        assert client.get(building).context["undo"]
