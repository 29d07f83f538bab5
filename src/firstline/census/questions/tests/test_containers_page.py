"""The indices by compound, from the last answers at each door."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt, void_attempt
from firstline.census.models import Attempt
from firstline.census.questions import shipped
from firstline.census.questions.actions import choose_questions
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.testing.cast import COUNTY, Cast, Member

URL = "/census/containers/"


@pytest.fixture
def inspected(cast: Cast) -> Cast:
    kept = uploaded(cast.county_officer, shipped.read("mosquito-inspection"), COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    return cast


def inspect(cast: Cast, label: str, seen: int, positive: int, who: Member | None = None) -> Attempt:
    answers = {"jars_seen": str(seen), "jars_positive": str(positive)} if seen else {"jars_seen": "0"}
    door = cast.door_of(cast.compound if who is None else cast.compound_next, label)
    return record_attempt(who or cast.worker, door_id=door.pk, result="registered", answers=answers)


def test_a_house_counts_once_with_its_last_inspection(inspected: Cast) -> None:
    for seen, positive in ((5, 5), (4, 2)):
        inspect(inspected, "1-1-101", seen, positive)
    inspect(inspected, "1-1-102", 1, 0)
    inspect(inspected, "1-1-101", 3, 1, who=inspected.worker_next)
    page: Any = inspected.director.client().get(URL)

    found = {row.name: row.indices for row in page.context["rows"]}
    home = found["枫林苑"]
    assert (home.houses, home.houses_positive, home.containers.seen, home.containers.positive) == (2, 1, 5, 2)
    assert (home.house_index, home.container_index, home.breteau_index) == (50.0, 40.0, 100.0)
    assert page.context["whole"].houses == 3 and page.context["rows"][0].name == "枫林苑"
    assert page.context["types"][0].label == "缸、桶、水池"


def test_a_worker_sees_their_own_compound_only_and_the_look_is_on_record(inspected: Cast) -> None:
    inspect(inspected, "1-1-101", 4, 2)
    inspect(inspected, "1-1-101", 3, 1, who=inspected.worker_next)

    page: Any = inspected.worker.client().get(URL)
    assert [row.name for row in page.context["rows"]] == ["枫林苑"]
    with scope.enter(inspected.director):
        (look,) = LedgerEntry.objects.filter(is_look=True)
        assert look.open().after["fields"] == ["answers"]


def test_what_was_taken_back_does_not_count(inspected: Cast) -> None:
    void_attempt(inspected.worker, attempt_id=inspect(inspected, "1-1-101", 4, 2).pk)
    page: Any = inspected.director.client().get(URL)
    assert page.context["rows"] == [] and page.context["asks"]


def test_where_nothing_counts_containers_the_page_says_what_to_do(cast: Cast) -> None:
    page: Any = cast.director.client().get(URL)
    assert not page.context["asks"] and reverse("census:questions") in page.content.decode()
    assert cast.county_officer.client().get(URL).status_code == 403


def test_the_page_keeps_to_its_statements(inspected: Cast, statement_budget: Budget) -> None:
    inspect(inspected, "1-1-101", 4, 2)
    client = inspected.director.client()
    with statement_budget("census.containers"):
        client.get(URL)
