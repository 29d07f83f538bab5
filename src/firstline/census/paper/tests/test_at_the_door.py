"""On the page of a door the number of what is left there is given with the outcome."""

import pytest
from django.urls import reverse

from firstline.census.models import Attempt
from firstline.census.paper.tests.sheets import printed, sheet
from firstline.kernel import scope
from firstline.testing.cast import Cast


def post(cast: Cast, **said: str) -> tuple[int, str]:
    answer = cast.worker.client().post(reverse("census:record", args=[cast.door.pk]), said)
    return answer.status_code, answer.content.decode()


def attempts(cast: Cast) -> list[str]:
    with scope.enter(cast.director):
        return list(Attempt.objects.values_list("result", flat=True))


@pytest.mark.parametrize(
    ("kind", "result", "state"), [("form", "form_slipped", "handed_out"), ("notice", "notice_posted", "posted")]
)
def test_the_sheet_is_at_the_door_with_the_outcome(cast: Cast, kind: str, result: str, state: str) -> None:
    (number,) = printed(cast, kind, blank=1)

    status, _page = post(cast, result=result, sheet=number)

    assert status == 302
    assert (sheet(cast, number).state, sheet(cast, number).door_id) == (state, cast.door.pk)
    assert attempts(cast) == [result]


def test_without_a_number_it_is_an_attempt_like_any_other(cast: Cast) -> None:
    assert post(cast, result="form_slipped")[0] == 302
    assert attempts(cast) == ["form_slipped"]


def test_a_number_beside_another_outcome_is_not_looked_at(cast: Cast) -> None:
    (number,) = printed(cast)

    assert post(cast, result="no_answer", sheet=number)[0] == 302
    assert sheet(cast, number).state == "printed"


@pytest.mark.parametrize("wrong", ["0001-2", "not a number", "of the other kind"])
def test_a_wrong_number_says_so_and_loses_nothing(cast: Cast, wrong: str) -> None:
    typed = printed(cast, "notice")[0] if wrong == "of the other kind" else wrong

    status, page = post(cast, result="form_slipped", sheet=typed, note="门口有鞋")

    assert status == 200
    assert typed in page
    assert "门口有鞋" in page
    assert attempts(cast) == []
