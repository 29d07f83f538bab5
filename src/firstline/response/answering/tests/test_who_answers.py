"""Who answers for a place: the grid worker nearest above it, else the director, else nobody."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from firstline.accounts import actions
from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import Role
from firstline.kernel import clock
from firstline.response.answering.selectors import who_answers
from firstline.testing.cast import COMMUNITY, COUNTY, Cast


def test_grid_worker_answers_for_doors_below_their_grant(cast: Cast) -> None:
    answers = who_answers([cast.door.path, cast.door_next.path])
    assert answers[cast.door.path].person_id == cast.worker.person_id
    assert answers[cast.door_next.path].name == "赵小军"
    assert answers[cast.door.path].role == Role.GRID_WORKER


def test_director_answers_where_no_grid_reaches(cast: Cast) -> None:
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.director.person_id


def test_nearest_grid_comes_first(cast: Cast) -> None:
    building = cast.building.place.path
    actions.grant_role(cast.director, person_id=cast.worker_next.person_id, role=Role.GRID_WORKER, path=building)
    answers = who_answers([cast.door.path, cast.compound.place.path])
    assert answers[cast.door.path].person_id == cast.worker_next.person_id
    assert answers[cast.compound.place.path].person_id == cast.worker.person_id


def test_of_two_at_one_place_the_longer_serving_answers(cast: Cast) -> None:
    path = cast.compound.place.path
    actions.grant_role(cast.director, person_id=cast.typist.person_id, role=Role.GRID_WORKER, path=path)
    assert who_answers([path])[path].person_id == cast.worker.person_id


def test_lapsed_and_future_grants_answer_for_nothing(cast: Cast) -> None:
    RoleGrant.objects.filter(person_id=cast.worker.person_id).update(valid_until=clock.now())
    RoleGrant.objects.filter(person_id=cast.worker_next.person_id).update(valid_from=clock.now() + timedelta(days=1))
    answers = who_answers([cast.door.path, cast.door_next.path])
    assert {answer.person_id for answer in answers.values()} == {cast.director.person_id}


def test_nobody_is_left_out(cast: Cast) -> None:
    assert who_answers([COUNTY]) == {}
    assert who_answers([]) == {}


def test_many_places_cost_one_statement(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    building = cast.building.place.path
    paths = [f"{building}/{number:04d}" for number in range(1, 500)]
    with django_assert_num_queries(1):
        assert len(who_answers(paths)) == 499
