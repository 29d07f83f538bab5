"""Five people round one household: seen by those who may know it, five roles, one of each, nothing forgotten."""

import pytest

from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.answering import actions, households
from firstline.response.answering.errors import (
    HouseholdKeptAlready,
    HouseholdReleased,
    ReasonMissing,
    RoleNameMissing,
)
from firstline.response.answering.tests.people import somebody
from firstline.response.models import FiveRole, KeyHousehold, KeyHouseholdMember
from firstline.testing.cast import COMMUNITY, COUNTY, Cast

WHY = "从武汉返乡，居家观察"


def test_five_are_named_and_one_is_changed(cast: Cast) -> None:
    household = actions.keep_household(cast.director, door_id=cast.door.pk, reason=WHY)
    for role in FiveRole:
        actions.name_five(cast.director, household_id=household.pk, role=role, person_id=somebody(str(role)).pk)
    doctor = somebody("李医生")
    actions.name_five(cast.director, household_id=household.pk, role=FiveRole.DOCTOR, person_id=doctor.pk)
    again = actions.name_five(cast.director, household_id=household.pk, role=FiveRole.DOCTOR, person_id=doctor.pk)
    with scope.enter(cast.director):
        assert KeyHouseholdMember.objects.filter(valid_until=None).count() == 5
        assert KeyHouseholdMember.objects.filter(role=FiveRole.DOCTOR).count() == 2
        assert again.person_id == doctor.pk
        found = households.household_for(cast.director, household.pk)
        assert households.reason_of(found) == WHY
        assert "武汉".encode() not in bytes(found.why.sealed)


def test_only_those_who_may_know_residents_see_them(cast: Cast) -> None:
    household = actions.keep_household(cast.director, door_id=cast.door.pk, reason=WHY)
    for member, seen in ((cast.director, 1), (cast.worker, 1), (cast.worker_next, 0), (cast.county_officer, 0)):
        with scope.enter(member):
            assert KeyHousehold.objects.count() == seen, member.name
    with scope.enter(cast.worker_next), pytest.raises(NotFound):
        households.household_for(cast.worker_next, household.pk)


def test_only_the_community_says_which(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        actions.keep_household(cast.worker, door_id=cast.door.pk, reason=WHY)
    with pytest.raises(NotFound):
        actions.keep_household(cast.director, door_id=cast.door_elsewhere.pk, reason=WHY)
    with pytest.raises(ReasonMissing):
        actions.keep_household(cast.director, door_id=cast.door.pk, reason=" ")


def test_once_a_door_and_released_once(cast: Cast) -> None:
    household = actions.keep_household(cast.director, door_id=cast.door.pk, reason=WHY)
    with pytest.raises(HouseholdKeptAlready):
        actions.keep_household(cast.director, door_id=cast.door.pk, reason=WHY)
    actions.name_five(cast.director, household_id=household.pk, role=FiveRole.POLICE, person_id=cast.worker.person_id)
    actions.release_household(cast.director, household_id=household.pk)
    with pytest.raises(HouseholdReleased):
        actions.release_household(cast.director, household_id=household.pk)
    with pytest.raises(HouseholdReleased):
        actions.name_five(
            cast.director, household_id=household.pk, role=FiveRole.POLICE, person_id=cast.worker.person_id
        )
    with scope.enter(cast.director):
        assert not KeyHouseholdMember.objects.filter(valid_until=None).exists()
    assert actions.keep_household(cast.director, door_id=cast.door.pk, reason=WHY).pk != household.pk


def test_a_county_says_what_the_five_are_called(cast: Cast) -> None:
    assert households.five_named(COMMUNITY)[FiveRole.POLICE] == str(FiveRole.POLICE.label)
    actions.name_five_role(cast.county_officer, path=COUNTY, role=FiveRole.POLICE, name="派出所民警")
    assert households.five_named(COMMUNITY)[FiveRole.POLICE] == "派出所民警"
    with pytest.raises(RoleNameMissing):
        actions.name_five_role(cast.county_officer, path=COUNTY, role=FiveRole.POLICE, name="")
    with pytest.raises(Forbidden):
        actions.name_five_role(cast.director, path=COMMUNITY, role=FiveRole.POLICE, name="片警")
