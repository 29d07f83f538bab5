"""Giving out a building: to people who were not there, with a role that opens nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.census.actions import record_attempt, void_attempt
from firstline.census.recheck.actions import assign_recheck, close_recheck, record_finding
from firstline.census.recheck.errors import DayPassed, RecheckClosed, VisitedBefore
from firstline.census.recheck.tests.setting import drawn, sample, sent, today_in
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import Cast


def people(cast: Cast) -> dict[str, bool]:
    row = drawn(cast, sample(cast))
    rows: Any = cast.director.client().get(reverse("census:recheck")).context["rows"]
    return {one.name: one.blind for listed in rows if listed.id == row.pk for one in listed.candidates}


def test_those_who_cannot_open_the_first_result_come_first(cast: Cast) -> None:
    assert list(people(cast).items()) == [("赵小军", True), ("任晓梅", False), ("王海燕", False)]


def test_whoever_was_there_is_not_offered_even_when_it_was_taken_back(cast: Cast) -> None:
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    void_attempt(cast.worker, attempt_id=attempt.pk)
    assert "王海燕" not in people(cast)


def test_whoever_was_there_is_refused(cast: Cast) -> None:
    record_attempt(cast.typist, door_id=cast.door.pk, result="no_answer")
    row = drawn(cast, sample(cast))
    with pytest.raises(VisitedBefore, match="任晓梅"):
        sent(cast, row, cast.typist)


def test_the_role_opens_the_building_until_the_day_after_and_nothing_of_the_census(cast: Cast) -> None:
    row = drawn(cast, sample(cast))
    again = sent(cast, row)
    grant = RoleGrant.objects.get(role=Role.RECHECKER)
    assert (grant.person_id, grant.path) == (cast.worker_next.person_id, cast.building.place.path)
    assert grant.valid_until is not None
    assert timedelta(days=2) < grant.valid_until - clock.now() < timedelta(days=4)
    assert again.may("census.record_finding", row.path)
    for permission in ("census.read", "places.read", "registry.read_mentions", "residents.know"):
        assert not again.may(permission, row.path)


def test_the_census_pages_of_the_building_stay_closed_to_them(cast: Cast) -> None:
    row = drawn(cast, sample(cast))
    sent(cast, row)
    client = cast.worker_next.client()
    for address in (f"/buildings/{cast.building.pk}/", f"/doors/{cast.door.pk}/", f"/compounds/{cast.compound.pk}/"):
        assert client.get(address).status_code == 404, address


def test_given_to_somebody_else_it_is_no_longer_the_first_ones(cast: Cast) -> None:
    row = drawn(cast, sample(cast))
    first = sent(cast, row)
    sent(cast, row, cast.typist)
    with pytest.raises(NotFound):
        record_finding(first, building_id=row.pk, living="vacant", label="1-1-101")


@pytest.mark.parametrize("days", [-1, 61])
def test_a_day_that_is_none_is_refused(cast: Cast, days: int) -> None:
    row = drawn(cast, sample(cast))
    with pytest.raises(DayPassed):
        assign_recheck(cast.director, building_id=row.pk, person_id=cast.worker_next.person_id, due_on=today_in(days))


def test_people_of_other_communities_are_not_there(cast: Cast) -> None:
    row = drawn(cast, sample(cast))
    with pytest.raises(NotFound):
        sent(cast, row, cast.worker_elsewhere)


def test_a_closed_building_is_given_to_nobody(cast: Cast) -> None:
    row = drawn(cast, sample(cast))
    again = sent(cast, row)
    record_finding(again, building_id=row.pk, living="vacant", label="1-1-101")
    close_recheck(again, building_id=row.pk)
    with pytest.raises(RecheckClosed):
        sent(cast, row, cast.typist)


@pytest.mark.parametrize("who", ["worker", "typist", "county_officer"])
def test_only_the_director_gives_out(cast: Cast, who: str) -> None:
    row = drawn(cast, sample(cast))
    with pytest.raises(Forbidden):
        assign_recheck(getattr(cast, who), building_id=row.pk, person_id=cast.worker_next.person_id, due_on=today_in(1))


def test_several_are_given_out_at_once_and_what_stands_is_left(cast: Cast) -> None:
    recheck = sample(cast)
    row = drawn(cast, recheck)
    client, form = cast.director.client(), {"due": today_in(2).isoformat()}
    form[f"person-{row.pk}"] = str(cast.worker_next.person_id)
    for _again in range(2):
        answer: Any = client.post(f"/rechecks/{recheck.pk}/assign/", form)
        assert answer.status_code == 303
    with scope.enter(cast.director):
        assert row.assignments.count() == 1
    assert actor_of_person(cast.worker_next.person_id).may("census.record_finding", row.path)


def test_a_day_typed_wrong_is_said_on_the_page(cast: Cast) -> None:
    recheck = sample(cast)
    answer: Any = cast.director.client().post(f"/rechecks/{recheck.pk}/assign/", {"due": "tomorrow"})
    assert answer.status_code == 422
    assert answer.context["mistake"]
