"""The page of rules: what other figures would do, from now on, who changed them; refusals in words."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.config.testing.budget import Budget
from firstline.gaps.models import EscalationRules
from firstline.gaps.rules import RulesInForce
from firstline.testing.cast import Cast

RULES = reverse("gaps:rules")
SHIPPED_AND = {"taken": "12", "relapse": "48"}
QUICK = {"severity-1": "60", "village-1": "0.5", "township-1": "2", "severity-2": "0", "village-2": "24"}
QUICK |= {"township-2": "48", "severity-3": " "}


def post(cast: Cast, **given: str) -> Any:
    wanted = {"emergency": str(cast.emergency.pk)} | SHIPPED_AND | QUICK | given
    return cast.county_officer.client().post(RULES, wanted)


def test_a_preview_says_what_would_be_and_changes_nothing(cast: Cast) -> None:
    page = post(cast, step="preview")
    assert page.status_code == 200
    climbs = {row["severity"]: row["climbs"] for row in page.context["kinds"]}
    assert any("0.5" in said for severity, said in climbs.items() if severity >= 60)
    assert page.context["drafted"]
    assert not EscalationRules.objects.exists()


def test_from_now_on_and_on_the_page_who_changed_it(cast: Cast) -> None:
    assert post(cast).status_code == 303
    band = RulesInForce().at(cast.compound.place.path).band_of(70)
    assert (band.village_minutes, band.township_minutes) == (30, 120)
    page = cast.county_officer.client().get(RULES)
    assert [row["by"] for row in page.context["history"]] == [cast.county_officer.name]
    assert [row["severity"] for row in page.context["bands"]] == ["60", "0", ""]


@pytest.mark.parametrize(
    "wrong",
    [
        {"village-1": "-1"},
        {"village-1": "x"},
        {"village-1": "NaN"},
        {"village-1": "0.001"},
        {"severity-1": "0"},
        {"severity-1": "101"},
        {"severity-2": "10"},
        {"taken": ""},
        {"emergency": "x"},
    ],
)
def test_what_makes_no_rules_is_refused_in_words(cast: Cast, wrong: dict[str, str]) -> None:
    page = post(cast, **wrong)
    assert page.status_code == 422
    assert page.context["mistake"]
    assert not EscalationRules.objects.exists()


def test_a_page_of_rules_stays_within_its_statements(cast: Cast, statement_budget: Budget) -> None:
    post(cast)
    client = cast.county_officer.client()
    client.get(RULES)
    with statement_budget("gaps.rules"):
        assert client.get(RULES).status_code == 200


def test_the_top_bar_says_which_day_it_is_here_too(cast: Cast) -> None:
    """What a page calls its own must not take the place of what the frame shows."""
    assert {"level", "day"} <= set(cast.county_officer.client().get(reverse("gaps:rules")).context["emergency"])
