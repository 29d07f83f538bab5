"""Answers at a door: asked when somebody was met, judged by the server, kept sealed, shown with the visit on record."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.models import Attempt, QuestionSet
from firstline.census.questions.actions import choose_questions
from firstline.census.questions.errors import InvalidAnswers, NothingAsked
from firstline.census.questions.tests.sheets import a_set
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.ids import uuid7
from firstline.testing.cast import COUNTY, Cast

ASKED = a_set(
    ("select_one yn", "back", "有没有人回来", "yes"),
    ("date", "day", "哪天到的", "yes", "${back} = 'yes'", ". >= '2019-12-01'", "日子不对"),
    ("select_multiple yn", "signs", "不舒服"),
)
LINE = {"result": "registered", "line": "王建国 男 56 户主", "step": "done"}


@pytest.fixture
def chosen(cast: Cast) -> QuestionSet:
    kept = uploaded(cast.county_officer, ASKED, COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    return kept


def post(cast: Cast, **form: Any) -> Any:
    return cast.worker.client().post(reverse("census:record", args=[cast.door.pk]), {**LINE, **form})


def kept_answers(cast: Cast) -> list[dict[str, Any]]:
    with scope.enter(cast.director):
        return [one.open().answers for one in Attempt.objects.order_by("id")]


def test_the_questions_stand_where_somebody_was_met(cast: Cast, chosen: QuestionSet) -> None:
    url = reverse("census:door", args=[cast.door.pk])
    met: Any = cast.worker.client().get(url, {"result": "registered"})
    assert 'name="q.back"' in met.content.decode() and f'value="{chosen.pk}"' in met.content.decode()
    assert 'name="q.back"' not in cast.worker.client().get(url).content.decode()


def test_answers_are_kept_sealed_in_their_canonical_form(cast: Cast, chosen: QuestionSet) -> None:
    answer = post(cast, questions=chosen.pk, **{"q.back": "yes", "q.day": "2020-01-21", "q.signs": ["yes"]})

    assert answer.status_code == 302
    assert kept_answers(cast) == [{"back": "yes", "day": "2020-01-21", "signs": ["yes"]}]
    with scope.enter(cast.director):
        attempt = Attempt.objects.get()
    assert attempt.open().questions == str(chosen.pk) and b"2020-01-21" not in bytes(attempt.sealed)


def test_answers_to_what_is_not_asked_are_dropped(cast: Cast, chosen: QuestionSet) -> None:
    post(cast, questions=chosen.pk, **{"q.back": "no", "q.day": "2020-01-21"})
    assert kept_answers(cast) == [{"back": "no"}]


def test_what_is_missing_or_wrong_is_shown_again_with_what_was_typed(cast: Cast, chosen: QuestionSet) -> None:
    answer = post(cast, questions=chosen.pk, **{"q.back": "yes", "q.day": "2018-01-21"})

    assert answer.status_code == 200 and kept_answers(cast) == []
    fields = {one.name: one for one in answer.context["entry"]["questions"]["fields"]}
    assert (fields["day"].problem, fields["day"].value) == ("日子不对", "2018-01-21")
    assert [one.name for one in fields["back"].choices if one.chosen] == ["yes"]
    assert "王建国" in answer.content.decode()


def test_another_person_noted_keeps_what_was_answered(cast: Cast, chosen: QuestionSet) -> None:
    answer = post(cast, questions=chosen.pk, step="more", **{"q.back": "yes"})
    fields = {one.name: one for one in answer.context["entry"]["questions"]["fields"]}
    assert [one.name for one in fields["back"].choices if one.chosen] == ["yes"]
    assert fields["day"].problem == "" and answer.context["mistake"] == ""


def test_something_known_in_part_may_leave_things_out(cast: Cast, chosen: QuestionSet) -> None:
    assert post(cast, result="partial", questions=chosen.pk, **{"q.signs": ["no"]}).status_code == 302
    assert kept_answers(cast) == [{"signs": ["no"]}]


def test_the_action_judges_for_itself(cast: Cast, chosen: QuestionSet) -> None:
    def record(answers: dict[str, Any], result: str = "registered") -> Attempt:
        return record_attempt(cast.worker, door_id=cast.door.pk, result=result, answers=answers)

    with pytest.raises(InvalidAnswers) as refused:
        record({"back": "yes", "day": "2018-01-01"})
    assert refused.value.data == {"questions": "哪天到的"}
    with pytest.raises(InvalidAnswers):
        record({"back": "no", "nothing": "x"})
    assert record({}).open().questions == ""
    assert record({"signs": "yes no"}, "partial").open().answers == {"signs": ["yes", "no"]}


def test_answers_where_nothing_is_asked_are_refused(cast: Cast) -> None:
    with pytest.raises(NothingAsked):
        record_attempt(cast.worker, door_id=cast.door.pk, result="registered", answers={"back": "no"})


def test_the_same_visit_twice_is_one(cast: Cast, chosen: QuestionSet) -> None:
    form = {"questions": chosen.pk, "attempt_id": str(uuid7()), "q.back": "no"}
    assert (post(cast, **form).status_code, post(cast, **form).status_code) == (302, 302)
    assert len(kept_answers(cast)) == 1


def test_answers_stand_under_the_visit_and_the_look_is_on_record(cast: Cast, chosen: QuestionSet) -> None:
    post(cast, questions=chosen.pk, **{"q.back": "yes", "q.day": "2020-01-21"})
    url = reverse("census:door", args=[cast.door.pk])
    page: Any = cast.worker.client().get(url)

    (line,) = page.context["attempts"]
    assert [tuple(one) for one in line["shown"].answers] == [("有没有人回来", "是"), ("哪天到的", "2020-01-21")]
    with scope.enter(cast.director):
        look = LedgerEntry.objects.filter(is_look=True).latest("id")
        assert "answers" in look.open().after["fields"]
    officer: Any = cast.county_officer.client().get(url)
    assert officer.status_code == 200 and officer.context["attempts"][0]["shown"] is None


def test_answers_stay_with_the_questions_they_were_given_to(cast: Cast, chosen: QuestionSet) -> None:
    post(cast, questions=chosen.pk, **{"q.back": "no"})
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=None)

    page: Any = cast.worker.client().get(reverse("census:door", args=[cast.door.pk]))
    assert [tuple(one) for one in page.context["attempts"][0]["shown"].answers] == [("有没有人回来", "否")]


def test_answers_cost_few_statements(cast: Cast, chosen: QuestionSet, statement_budget: Budget) -> None:
    url = reverse("census:door", args=[cast.door.pk])
    post(cast, questions=chosen.pk, **{"q.back": "no"})
    client = cast.worker.client()
    with statement_budget("census.door"):
        client.get(url)
    with statement_budget("census.door"):
        client.get(url, {"result": "registered"})
    with statement_budget("census.record"):
        client.post(reverse("census:record", args=[cast.door.pk]), {**LINE, "questions": chosen.pk, "q.back": "no"})
