"""The pages of question sets: a workbook brought in, refused by row, downloaded, shown, taken, chosen."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from firstline.census.models import QuestionSet
from firstline.census.questions import shipped
from firstline.census.questions.sets import read_set
from firstline.census.questions.tests.sheets import xlsx
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.config.testing.budget import Budget
from firstline.tables.apart import read_apart
from firstline.testing.cast import COUNTY, Cast

GOOD = xlsx([("select_one yn", "back", "有没有人回来", "yes"), ("text", "where", "从哪里", "", "${back} = 'yes'")])
BAD = xlsx([("geopoint", "g", "在哪里"), ("text", "t", "T", "", "today() > 1")])


def send(cast: Cast, content: bytes, who: str = "director") -> Any:
    file = SimpleUploadedFile("题.xlsx", content)
    return getattr(cast, who).client().post(reverse("census:questions"), {"file": file})


def test_a_workbook_is_read_and_shown_as_it_will_look(cast: Cast) -> None:
    answer = send(cast, GOOD)
    kept = QuestionSet.objects.get()
    assert (answer.status_code, answer.url) == (303, reverse("census:question_set", args=[kept.pk]))

    page: Any = cast.director.client().get(answer.url)
    text = page.content.decode()
    assert 'name="q.back"' in text and 'name="q.where"' in text and "application/json" in text
    assert "“有没有人回来”" in text
    assert page.context["set"]["count"] == 2


def test_the_workbook_comes_back_as_it_came(cast: Cast) -> None:
    send(cast, GOOD)
    answer = cast.worker.client().get(reverse("census:question_workbook", args=[QuestionSet.objects.get().pk]))
    assert answer.content == GOOD
    assert answer["Content-Disposition"].startswith("attachment")


def test_every_reason_is_told_with_its_row_and_nothing_is_kept(cast: Cast) -> None:
    answer = send(cast, BAD)
    assert answer.status_code == 422
    assert [one["where"] for one in answer.context["refusals"]] == ["survey表第2行type列", "survey表第3行relevant列"]
    assert all(one["text"] for one in answer.context["refusals"])
    assert QuestionSet.objects.count() == 0


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04", b"a,b\n1,2\n"], ids=["text", "zip", "csv"])
def test_what_is_no_workbook_is_said_so(cast: Cast, content: bytes) -> None:
    answer = send(cast, content)
    assert answer.status_code == 422
    assert answer.context["mistake"] or answer.context["refusals"]


def test_a_form_without_a_file_is_asked_for_one(cast: Cast) -> None:
    answer: Any = cast.director.client().post(reverse("census:questions"), {})
    assert answer.status_code == 422 and answer.context["mistake"]


def test_a_shipped_set_is_taken_as_it_is_or_downloaded_to_change(cast: Cast) -> None:
    client = cast.director.client()
    taken: Any = client.post(reverse("census:take_shipped", args=["flood-evacuation"]))
    assert taken.status_code == 303 and QuestionSet.objects.get().name == "flood-evacuation"

    workbook = client.get(reverse("census:shipped_workbook", args=["flood-evacuation"]))
    assert read_set(read_apart(workbook.content)) == shipped.read("flood-evacuation")
    assert client.get(reverse("census:shipped_workbook", args=["nothing"])).status_code == 404


def test_the_list_says_who_asks_what(cast: Cast) -> None:
    officer = cast.county_officer
    kept = uploaded(officer, path=COUNTY)
    choose = {"campaign": str(cast.campaign.pk), "set": str(kept.pk)}
    assert officer.client().post(reverse("census:choose_questions"), choose).status_code == 303

    page: Any = cast.worker.client().get(reverse("census:questions"))
    (row,) = page.context["sets"]
    assert row.used_by == cast.campaign.name
    assert page.context["upload_url"] == ""


def test_a_choice_that_names_no_campaign_is_not_there(cast: Cast) -> None:
    for form in ({}, {"campaign": "x"}, {"campaign": "00000000-0000-0000-0000-000000000000"}):
        assert cast.county_officer.client().post(reverse("census:choose_questions"), form).status_code == 404


def test_the_pages_keep_to_their_statements(cast: Cast, statement_budget: Budget) -> None:
    client = cast.director.client()
    kept = uploaded(cast.director)
    with statement_budget("census.questions"):
        client.get(reverse("census:questions"))
    with statement_budget("census.question_set"):
        client.get(reverse("census:question_set", args=[kept.pk]))
