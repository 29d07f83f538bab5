"""Columns chosen by hand, where headings are no words we know or there are none."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.testing.cast import COMMUNITY, Cast
from firstline.workforce.lists import actions
from firstline.workforce.lists.errors import ListUnread
from firstline.workforce.lists.selectors import opened
from firstline.workforce.lists.tests.lists import STAFF
from firstline.workforce.models import PeopleList, StaffMember

BARE = "李斌,区财政局,13529942131,组长\n靳芳,区财政局,15898290705,组员\n".encode()
STRANGE = "哪个,谁家的,打哪\n李斌,区财政局,13529942131\n靳芳,区财政局,15898290705\n".encode()
SAID = {"kind": "staff", "header": "0", "column-1": "name", "column-2": "unit", "column-3": "phone", "column-4": "post"}


def _brought(cast: Cast, content: bytes) -> PeopleList:
    return actions.bring_people(cast.director, path=COMMUNITY, name="a.csv", content=content, year=2020)


def _address(people_list: PeopleList, sheet: int = 1) -> str:
    return f"{reverse('workforce:people_columns', args=[people_list.pk])}?sheet={sheet}"


def _names(cast: Cast, people_list: PeopleList) -> list[tuple[str, str, str]]:
    with scope.enter(cast.director):
        return [(line.name, line.organisation, line.phone) for line in opened(people_list).lines]


def test_a_list_without_headings_is_read_as_somebody_says(cast: Cast, statement_budget: Budget) -> None:
    people_list = _brought(cast, BARE)
    assert _names(cast, people_list) == []
    client = cast.director.client()
    listed = client.get(reverse("workforce:people_list", args=[people_list.pk])).text
    assert _address(people_list) in listed
    with statement_budget("workforce.people_columns"):
        page: Any = client.get(_address(people_list))
    assert len(page.context["columns"]) == 4
    assert "李斌" in page.text
    assert client.post(_address(people_list), SAID).status_code == 303
    assert _names(cast, people_list) == [
        ("李斌", "区财政局", "13529942131"),
        ("靳芳", "区财政局", "15898290705"),
    ]
    actions.accept_people(cast.director, list_id=people_list.pk)
    with scope.enter(cast.director):
        assert StaffMember.objects.count() == 2


def test_the_row_of_headings_is_none_of_the_people(cast: Cast) -> None:
    people_list = _brought(cast, STRANGE)
    said = {name: text for name, text in SAID.items() if name != "column-4"} | {"header": "1"}
    assert cast.director.client().post(_address(people_list), said).status_code == 303
    assert [name for name, _unit, _phone in _names(cast, people_list)] == ["李斌", "靳芳"]
    page: Any = cast.director.client().get(_address(people_list))
    assert page.context["header"] == 1
    chosen = [[one["value"] for one in column["fields"] if one["chosen"]] for column in page.context["columns"]]
    assert chosen == [["name"], ["unit"], ["phone"]]


def test_what_was_chosen_last_counts(cast: Cast) -> None:
    people_list, client = _brought(cast, BARE), cast.director.client()
    client.post(_address(people_list), SAID)
    client.post(_address(people_list), SAID | {"column-1": "unit", "column-2": "name"})
    assert [name for name, _unit, _phone in _names(cast, people_list)] == ["区财政局", "区财政局"]


def test_a_list_that_was_understood_leads_to_its_columns_too(cast: Cast) -> None:
    people_list = _brought(cast, STAFF)
    listed = cast.director.client().get(reverse("workforce:people_list", args=[people_list.pk])).text
    assert _address(people_list) in listed


@pytest.mark.parametrize(
    "wrong",
    [{"kind": ""}, {"kind": "x"}, {"column-1": ""}, {"column-2": "name"}, {"column-x": "remark"}],
    ids=["no kind", "an unknown one", "nobody's names", "two columns of names", "no column"],
)
def test_what_makes_no_list_is_asked_again_and_keeps_what_was_chosen(cast: Cast, wrong: dict[str, str]) -> None:
    people_list = _brought(cast, BARE)
    answer: Any = cast.director.client().post(_address(people_list), SAID | wrong)
    assert answer.status_code == 422
    assert [one["value"] for one in answer.context["columns"][2]["fields"] if one["chosen"]] == ["phone"]
    assert _names(cast, people_list) == []


def test_who_may_not_is_refused(cast: Cast) -> None:
    people_list = _brought(cast, BARE)
    assert cast.director.client().get(_address(people_list, 7)).status_code == 404
    assert cast.other_county_officer.client().get(_address(people_list)).status_code == 404
    for member in (cast.worker, cast.typist, cast.lapsed):
        assert member.client().post(_address(people_list), SAID).status_code == 403


def test_lines_of_text_are_no_table(cast: Cast) -> None:
    with pytest.raises(ListUnread):
        _brought(cast, "今天开会\n明天也开会\n".encode())
