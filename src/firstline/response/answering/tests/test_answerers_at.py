"""Who answers at a level: the nearest in the table, then the role; deputies while somebody is away; any moment."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from firstline.accounts import actions as accounts
from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import Role
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.response.answering import actions
from firstline.response.answering.selectors import answerers_at, line_above, who_answers
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Absence, Duty, Rank, Responsibility, Tier
from firstline.testing.cast import COMMUNITY, COUNTY, TOWNSHIP, Cast


def test_the_table_comes_before_the_role_at_the_same_place(cast: Cast) -> None:
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.director.person_id
    secretary = somebody("白春生")
    named(cast.clerk, secretary, duty=Duty.BRANCH_SECRETARY)
    found = who_answers([COMMUNITY])[COMMUNITY]
    assert (found.person_id, found.label, found.tier) == (secretary.pk, Duty.BRANCH_SECRETARY.label, Tier.VILLAGE)


def test_whoever_is_nearer_comes_first(cast: Cast) -> None:
    named(cast.clerk, somebody(), duty=Duty.BRANCH_SECRETARY)
    head = somebody("石改梅")
    named(cast.director, head, cast.building.place.path, duty=Duty.BUILDING_HEAD)
    found = who_answers([cast.door.path, cast.compound.place.path, cast.compound_next.place.path])
    assert found[cast.door.path].person_id == head.pk
    assert found[cast.compound.place.path].person_id == cast.worker.person_id, (
        "their grid stands nearer than the village"
    )


def test_levels_above_fall_back_to_who_has_the_role_there(cast: Cast) -> None:
    assert answerers_at([cast.door.path], Tier.TOWNSHIP)[cast.door.path].person_id == cast.clerk.person_id
    assert answerers_at([cast.door.path], Tier.COUNTY)[cast.door.path].person_id in {
        cast.county_officer.person_id,
        cast.second_officer.person_id,
    }
    cadre = somebody("任志明")
    named(cast.clerk, cadre, tier=Tier.TOWNSHIP, duty=Duty.TOWNSHIP_CADRE)
    assert answerers_at([cast.door.path], Tier.TOWNSHIP)[cast.door.path].person_id == cadre.pk
    assert who_answers([TOWNSHIP, COUNTY]) == {}, "a desk that serves everybody is nobody in particular"


def test_duties_have_an_order_at_one_place(cast: Cast) -> None:
    named(cast.county_officer, somebody("许文斌"), duty=Duty.FIRST_SECRETARY)
    secretary = somebody("白春生")
    named(cast.clerk, secretary, duty=Duty.BRANCH_SECRETARY)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == secretary.pk


def test_the_named_deputy_answers_while_somebody_is_away(cast: Cast) -> None:
    head, deputy = somebody("石改梅"), somebody("高小平")
    named(cast.director, head)
    actions.record_absence(cast.director, person_id=head.pk, deputy_id=deputy.pk)
    found = who_answers([COMMUNITY])[COMMUNITY]
    assert (found.person_id, found.instead_of) == (deputy.pk, "石改梅")
    actions.end_absence(cast.director, absence_id=head.absences.get().pk)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == head.pk


def test_without_a_named_deputy_the_lines_own_then_the_next_answers(cast: Cast) -> None:
    head, deputy = somebody("石改梅"), somebody("高小平")
    named(cast.director, head)
    named(cast.director, deputy, rank=Rank.DEPUTY)
    actions.record_absence(cast.director, person_id=head.pk)
    found = who_answers([COMMUNITY])[COMMUNITY]
    assert (found.person_id, found.leads) == (deputy.pk, False)
    actions.record_absence(cast.director, person_id=deputy.pk)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.director.person_id


def test_whoever_is_gone_answers_no_more(cast: Cast) -> None:
    head = somebody("石改梅", COMMUNITY)
    named(cast.director, head)
    accounts.say_left(cast.director, person_id=head.pk)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.director.person_id


def test_whose_roles_have_all_ended_since_is_gone_too(cast: Cast) -> None:
    named(cast.clerk, cast.worker.person, duty=Duty.BRANCH_SECRETARY)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.worker.person_id
    accounts.end_grant(cast.director, grant_id=RoleGrant.objects.get(person_id=cast.worker.person_id).pk)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.director.person_id


def test_who_was_named_after_their_role_had_ended_answers(cast: Cast) -> None:
    named(cast.director, cast.lapsed.person)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.lapsed.person_id


def test_a_circle_made_behind_our_back_leads_nowhere(cast: Cast) -> None:
    one, other = somebody("石改梅"), somebody("高小平")
    named(cast.director, one)
    since = clock.now() - timedelta(hours=1)
    for person, deputy in ((one, other), (other, one)):
        Absence.objects.create(person=person, deputy=deputy, begins_at=since, recorded_by_id=cast.director.person_id)
    assert who_answers([COMMUNITY])[COMMUNITY].person_id == cast.director.person_id


def test_the_line_above_says_who_stands_above_themselves(cast: Cast) -> None:
    leader = somebody("郑爱国")
    named(cast.county_officer, leader, TOWNSHIP, tier=Tier.COUNTY, duty=Duty.COUNTY_LEADER)
    named(cast.county_officer, leader, TOWNSHIP, tier=Tier.TOWNSHIP, duty=Duty.IN_CHARGE)
    village, township, county = line_above(cast.door.path)
    assert village.answerer is not None and village.answerer.person_id == cast.worker.person_id
    assert township.answerer is not None and township.answerer.person_id == leader.pk and not township.again
    assert county.again


def test_who_answered_on_that_day(cast: Cast) -> None:
    first, second = somebody("石改梅"), somebody("高小平")
    line = named(cast.director, first, valid_from=clock.now() - timedelta(days=20))[0]
    actions.hand_over(cast.director, responsibility_ids=[line.pk], to_person_id=second.pk)
    then = answerers_at([COMMUNITY], Tier.VILLAGE, clock.now() - timedelta(days=8))[COMMUNITY]
    assert (then.person_id, then.instead_of) == (first.pk, "")
    assert answerers_at([COMMUNITY], Tier.VILLAGE)[COMMUNITY].person_id == second.pk
    assert answerers_at([COMMUNITY], Tier.VILLAGE, clock.now() - timedelta(days=30)) == {}


def test_hundreds_of_places_cost_one_statement_and_one_more_while_somebody_is_away(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paths = [f"{cast.building.place.path}/{number:04d}" for number in range(1, 400)]
    named(cast.director, somebody("石改梅"), cast.building.place.path, duty=Duty.BUILDING_HEAD)
    with django_assert_num_queries(1):
        assert len(answerers_at(paths, Tier.VILLAGE)) == 399
    person = Responsibility.objects.get().person_id
    actions.record_absence(console(), person_id=person, deputy_id=somebody("高小平").pk)
    with django_assert_num_queries(2):
        assert {one.name for one in who_answers(paths).values()} == {"高小平"}


def test_it_is_kept_for_the_rest_of_the_scope_until_somebody_acts(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    head = somebody("石改梅")
    with scope.enter(cast.director):
        who_answers([COMMUNITY])
        with django_assert_num_queries(0):
            assert who_answers([COMMUNITY])[COMMUNITY].role == Role.COMMUNITY_DIRECTOR
        named(cast.director, head)
        assert who_answers([COMMUNITY])[COMMUNITY].person_id == head.pk
