"""A later list with another phone: the same person put right, not a second one; unless somebody says otherwise."""

import pytest

from firstline.accounts.details.actions import Correction, put_right
from firstline.accounts.details.selectors import former_of
from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.places.actions import enter_villages
from firstline.response.models import Responsibility
from firstline.testing.cast import COMMUNITY, OTHER_COUNTY, OTHER_TOWNSHIP, Cast
from firstline.workforce.lists import actions
from firstline.workforce.lists.proposals import Proposal
from firstline.workforce.lists.selectors import opened
from firstline.workforce.lists.tests.lists import (
    SECRETARIES,
    SECRETARIES_OTHER_PHONE,
    STAFF,
    STAFF_OTHER_PHONE,
)
from firstline.workforce.models import PeopleList, RowFix, StaffMember


@pytest.fixture
def secretaries(cast: Cast) -> PeopleList:
    """Accepted."""
    enter_villages(console(), township_path=OTHER_TOWNSHIP, names=["解家湾", "穆家岭"])
    people_list = _brought(cast, SECRETARIES)
    actions.accept_people(cast.other_county_officer, list_id=people_list.pk)
    return people_list


def _brought(cast: Cast, content: bytes) -> PeopleList:
    return actions.bring_people(
        cast.other_county_officer, path=OTHER_COUNTY, name="list.csv", content=content, year=2020
    )


def _rows(cast: Cast, people_list: PeopleList) -> dict[str, Proposal]:
    with scope.enter(cast.other_county_officer):
        return {row.line.name: row for row in opened(people_list).compared.rows}


def _phones(cast: Cast) -> dict[str, str]:
    with scope.enter(cast.other_county_officer):
        lines = Responsibility.objects.filter(valid_until=None, path__startswith=OTHER_COUNTY).select_related("person")
        return {(details := details_of(line.person)).name: details.phone for line in lines}


@pytest.mark.usefixtures("secretaries")
def test_another_phone_is_a_correction_of_the_same_person_and_is_taken_back_with_the_list(cast: Cast) -> None:
    people, lines = Person.objects.count(), Responsibility.objects.count()
    newer = _brought(cast, SECRETARIES_OTHER_PHONE)
    row = _rows(cast, newer)["张宏军"]
    assert (row.state, row.instead_of) == ("corrected", "15797404367")
    assert _rows(cast, newer)["李杰"].state == "same"
    actions.accept_people(cast.other_county_officer, list_id=newer.pk)
    assert (Person.objects.count(), Responsibility.objects.count()) == (people, lines), (
        "nobody new, nothing handed over"
    )
    assert _phones(cast) == {"张宏军": "13900001111", "李杰": "18033997318"}
    actions.take_back_people(cast.other_county_officer, list_id=newer.pk)
    assert _phones(cast)["张宏军"] == "15797404367"


@pytest.mark.usefixtures("secretaries")
def test_said_to_be_somebody_else_it_is_a_hand_over(cast: Cast) -> None:
    newer = _brought(cast, SECRETARIES_OTHER_PHONE)
    key = _rows(cast, newer)["张宏军"].line.key
    actions.fix_rows(cast.other_county_officer, list_id=newer.pk, rows={key: RowFix(person="new")})
    people = Person.objects.count()
    assert _rows(cast, newer)["张宏军"].state == "moved"
    actions.accept_people(cast.other_county_officer, list_id=newer.pk)
    assert Person.objects.count() == people + 1


@pytest.mark.usefixtures("secretaries")
def test_an_older_list_means_whoever_was_put_right_since(cast: Cast) -> None:
    with scope.enter(cast.other_county_officer):
        line = Responsibility.objects.filter(path__startswith=OTHER_TOWNSHIP).order_by("valid_from")[0]
    said = Correction(name="张红军", phone="13900001111")
    put_right(cast.other_county_officer, person_id=line.person_id, correction=said)
    again = _brought(cast, SECRETARIES + b"\n")
    row = _rows(cast, again)["张宏军"]
    assert row.state == "same"
    assert row.person is not None
    assert row.person.id == line.person_id
    people = Person.objects.count()
    actions.accept_people(cast.other_county_officer, list_id=again.pk)
    assert Person.objects.count() == people
    assert _phones(cast)["张红军"] == "13900001111", "what was put right stays"


def _staff(cast: Cast, content: bytes) -> PeopleList:
    people_list = actions.bring_people(cast.director, path=COMMUNITY, name="staff.csv", content=content, year=2020)
    actions.accept_people(cast.director, list_id=people_list.pk)
    return people_list


def test_staff_of_one_name_in_one_organisation_are_put_right_too(cast: Cast) -> None:
    _staff(cast, STAFF)
    people = Person.objects.count()
    _staff(cast, STAFF_OTHER_PHONE)
    assert Person.objects.count() == people
    with scope.enter(cast.director):
        member = {details_of(one.person).name: one for one in StaffMember.objects.filter(valid_until=None)}["李斌"]
        assert details_of(member.person).phone == "13900001111"
        assert [one.phone for one in former_of([member.person_id])[member.person_id]] == ["13529942131"]


def test_two_of_one_name_in_one_organisation_are_not_told_apart_by_guessing(cast: Cast) -> None:
    _staff(cast, STAFF)
    people = Person.objects.count()
    two = STAFF_OTHER_PHONE + "区财政局,李斌,组员,13900002222,群众,每天\n".encode()
    _staff(cast, two)
    assert Person.objects.count() == people + 2
