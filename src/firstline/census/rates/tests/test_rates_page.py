"""The page of rates, and the doors behind its counts."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt, void_attempt
from firstline.census.dispositions import Category
from firstline.config.testing.budget import Budget
from firstline.places.models import Door
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

URL, DOORS = reverse("census:rates"), reverse("census:rates_doors")
TRIED = {
    "1-1-101": [("door", "registered")],
    "1-1-102": [("phone", "no_answer"), ("door", "partial")],
    "1-1-201": [("door", "refused_safety")],
    "1-1-202": [("door", "no_answer")],
    "1-2-101": [("phone", "number_dead")],
    "1-2-102": [("door", "said_vacant")],
    "1-2-201": [("door", "vacant")],
    "1-2-202": [("phone", "registered")],
}


@pytest.fixture
def tried(cast: Cast) -> Cast:
    for label, attempts in TRIED.items():
        for channel, result in attempts:
            record_attempt(cast.worker, door_id=Door.id_for(cast.compound.pk, label), result=result, channel=channel)
    return cast


def ask(cast: Cast, who: str = "director", **query: str) -> Any:
    return getattr(cast, who).client().get(URL, query)


def counted(response: Any) -> dict[str, int]:
    return {term.letter: term.count for term in response.context["terms"]}


def percents(response: Any) -> dict[str, str]:
    return {line.name: line.percent for _title, lines in response.context["groups"] for line in lines}


def test_every_door_is_in_one_category_and_those_nobody_tried_are_unknown(tried: Cast) -> None:
    """24 doors in 枫林苑 and 12 in the compound beside it; 28 of them nobody has tried."""
    found = ask(tried)
    assert counted(found) == {"I": 2, "P": 1, "R": 1, "NC": 1, "O": 0, "UH": 29, "UO": 1, "NE": 1}
    assert found.context["cases"] == 36
    assert (found.context["known"], found.context["found_out"], found.context["e"]) == (5, 6, "83.3%")


def test_rates_follow_from_the_counts(tried: Cast) -> None:
    found = percents(ask(tried, "worker"))
    assert (found["RR1"], found["RR5"], found["COOP2"], found["REF3"]) == ("8.7%", "40.0%", "75.0%", "20.0%")


def test_a_channel_counts_the_doors_tried_through_it(tried: Cast) -> None:
    found = ask(tried, channel="phone")
    assert counted(found) == {"I": 1, "P": 0, "R": 0, "NC": 0, "O": 0, "UH": 2, "UO": 0, "NE": 0}
    assert percents(found)["RR1"] == "33.3%"


def test_what_has_nothing_below_the_line_cannot_be_told_and_says_why(cast: Cast) -> None:
    found = ask(cast)
    lines = {line.name: line for _title, rows in found.context["groups"] for line in rows}
    assert lines["RR1"].percent == "0.0%"
    assert lines["COOP1"].percent == "" and "I, P, R, O" in lines["COOP1"].why
    assert found.context["e"] == ""
    assert "不能算" in found.content.decode()


def test_every_count_opens_to_as_many_doors(tried: Cast) -> None:
    for channel in ("", "phone", "door"):
        for term in ask(tried, channel=channel).context["terms"]:
            if term.count:
                listed: Any = tried.director.client().get(term.url)
                assert listed.context["count"] == term.count
                assert sum(len(one.doors) for one in listed.context["buildings"]) == term.count


def test_the_doors_behind_a_count_stand_in_walking_order_with_their_code(tried: Cast) -> None:
    listed: Any = tried.worker.client().get(DOORS, {"category": "uh"})
    first, second = listed.context["buildings"]
    assert (first.count, second.count) == (5, 12)
    assert [door.code for door in first.doors].count("3.11") == 4
    assert [(door.name, door.code) for door in first.doors if door.code != "3.11"] == [("2单元101", "3.1")]
    one: Any = tried.worker.client().get(DOORS, {"category": Category.NOT_ELIGIBLE.value})
    assert [(door.name, door.outcome) for door in one.context["buildings"][0].doors] == [("2单元201", "vacant")]


def test_pages_cut_between_buildings(tried: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstline.census.rates.doors_page._SIZE", 10)
    client = tried.director.client()
    seen, url = [], f"{DOORS}?category=uh"
    while url:
        sheet: Any = client.get(url)
        seen += [door.url for building in sheet.context["buildings"] for door in building.doors]
        url = sheet.context["next_url"]
    assert len(seen) == len(set(seen)) == 29
    assert sheet.context["page"] == sheet.context["pages"] == 2
    assert client.get(DOORS, {"category": "uh", "page": "99"}).status_code == 200


def test_an_attempt_taken_back_counts_no_more(tried: Cast) -> None:
    attempt = record_attempt(tried.worker, door_id=Door.id_for(tried.compound.pk, "2-1-101"), result="refused")
    assert counted(ask(tried))["R"] == 2
    void_attempt(tried.worker, attempt_id=attempt.pk)
    assert counted(ask(tried))["R"] == 1


def test_places_below_lead_on_and_places_above_lead_back(tried: Cast) -> None:
    found = ask(tried)
    assert [(place.name, place.doors) for place in found.context["places"]] == [("枫林苑", 24), ("邮电局家属院", 12)]
    compound: Any = tried.director.client().get(found.context["places"][0].url)
    assert compound.context["cases"] == 24
    assert [place.name for place in compound.context["places"]] == ["1号楼", "2号楼"]
    assert [name for name, _url in compound.context["crumbs"]] == ["丽景街社区"]
    building: Any = tried.director.client().get(compound.context["places"][0].url)
    assert building.context["cases"] == 12 and building.context["places"] == []


def test_above_communities_figures_are_summed_by_community(tried: Cast) -> None:
    found = ask(tried, "county_officer")
    assert {place.name: place.doors for place in found.context["places"]} == {"马茂庄社区": 12, "丽景街社区": 36}
    assert counted(found)["UH"] == 41


@pytest.mark.parametrize("at", [COMMUNITY_ELSEWHERE, "141126", "1411", "nowhere", f"{COMMUNITY}/9999"])
def test_places_elsewhere_and_places_that_are_none_are_the_same_404(tried: Cast, at: str) -> None:
    assert ask(tried, at=at).status_code == 404
    assert tried.director.client().get(DOORS, {"category": "i", "at": at}).status_code == 404


def test_a_category_that_is_none_is_not_there(tried: Cast) -> None:
    assert tried.director.client().get(DOORS, {"category": "x"}).status_code == 404


def test_a_worker_sees_their_compound_alone(tried: Cast) -> None:
    assert ask(tried, "worker").context["cases"] == 24
    assert counted(ask(tried, "worker_next"))["I"] == 0
    assert ask(tried, "lapsed").status_code == 403


def test_a_campaign_chosen_by_its_id(tried: Cast) -> None:
    assert counted(ask(tried, campaign=str(tried.campaign.pk)))["I"] == 2
    other = tried.other_emergency.default_campaign_id
    assert ask(tried, campaign=str(other)).status_code == 404


def test_the_table_for_spreadsheets_has_the_same_figures(tried: Cast) -> None:
    written = ask(tried, format="csv")
    assert written["Content-Type"] == "text/csv; charset=utf-8"
    head, total, *places = csv.reader(io.StringIO(written.content.decode("utf-8-sig")))
    row = dict(zip(head, total, strict=True))
    assert (row["I"], row["UH"], row["RR5"], row["e"]) == ("2", "29", "0.4000", "0.8333")
    assert [place[0] for place in places] == ["枫林苑", "邮电局家属院"]


def test_statements(tried: Cast, statement_budget: Budget) -> None:
    client = tried.director.client()
    with statement_budget("census.rates"):
        client.get(URL)
    with statement_budget("census.rates_doors"):
        client.get(DOORS, {"category": "uh"})
    with statement_budget("census.rates_doors"):
        client.get(DOORS, {"category": "uh", "channel": "phone"})
