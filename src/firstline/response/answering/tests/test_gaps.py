"""Holes are gaps where an emergency is in force: due a day after they opened, closed by a name."""

import pytest

from firstline.accounts import actions as accounts
from firstline.accounts.models import RoleGrant
from firstline.kernel import gap_sources, scope
from firstline.kernel.gap_sources import Cause, Stage
from firstline.places.actions import enter_villages
from firstline.places.models import PostKind
from firstline.places.posts import add_post, close_post
from firstline.places.selectors import names_at
from firstline.response import actions as response
from firstline.response.answering import actions
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Duty, FiveRole, Tier
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, TOWNSHIP, Cast, Member
from firstline.testing.time import Clock


def _found(member: Member) -> dict[str, Cause]:
    with scope.enter(member):
        return {cause.kind: cause for cause in gap_sources.causes(member.ranges("gaps.read"), names_at)}


def test_a_county_sees_the_levels_nobody_answers_at(cast: Cast) -> None:
    found = _found(cast.county_officer)
    assert (found["nobody_answers_county"].count, found["nobody_answers_township"].count) == (1, 2)
    assert "nobody_answers_village" not in found, "a director's or a grid worker's role will do in a village"
    assert found["nobody_answers_county"].stage == Stage.GAP, "the emergency began two days ago"
    named(cast.county_officer, somebody(), TOWNSHIP, tier=Tier.COUNTY, duty=Duty.COUNTY_LEADER)
    named(cast.clerk, somebody("任志明"), COMMUNITY, tier=Tier.TOWNSHIP, duty=Duty.TOWNSHIP_CADRE)
    found = _found(cast.county_officer)
    assert "nobody_answers_county" not in found
    assert [place.path for place in found["nobody_answers_township"].places] == [COMMUNITY_ELSEWHERE]


def test_a_hole_that_opens_is_due_a_day_later(cast: Cast, clock_at: Clock) -> None:
    accounts.end_grant(cast.county_officer, grant_id=RoleGrant.objects.get(person_id=cast.director.person_id).pk)
    line = named(cast.clerk, somebody("白春生"), duty=Duty.BRANCH_SECRETARY)[0]
    assert "nobody_answers_village" not in _found(cast.clerk)
    actions.end_responsibility(cast.clerk, responsibility_ids=[line.pk])
    cause = _found(cast.clerk)["nobody_answers_village"]
    assert (cause.stage, cause.places[0].path) == (Stage.TO_DO, COMMUNITY)
    clock_at.move(days=1)
    assert _found(cast.clerk)["nobody_answers_village"].stage == Stage.GAP


def test_whoever_has_left_leaves_a_hole(cast: Cast) -> None:
    leader = somebody(home=COUNTY)
    named(cast.county_officer, leader, TOWNSHIP, tier=Tier.COUNTY, duty=Duty.COUNTY_LEADER)
    accounts.say_left(cast.county_officer, person_id=leader.pk)
    assert _found(cast.county_officer)["nobody_answers_county"].count == 1


def _since(member: Member, kind: str) -> tuple[Stage, object]:
    cause = _found(member)[kind]
    return cause.stage, cause.since


def test_a_hole_is_as_old_as_the_leaving_of_whoever_was_there_last(cast: Cast, clock_at: Clock) -> None:
    leader = somebody(home=COUNTY)
    named(cast.county_officer, leader, TOWNSHIP, tier=Tier.COUNTY, duty=Duty.COUNTY_LEADER)
    gone_at = clock_at.move(days=9)
    accounts.say_left(cast.county_officer, person_id=leader.pk)
    assert _since(cast.county_officer, "nobody_answers_county") == (Stage.TO_DO, gone_at)
    clock_at.move(days=1)
    assert _since(cast.county_officer, "nobody_answers_county") == (Stage.GAP, gone_at)


def test_a_role_that_ends_leaves_a_hole_from_then_on(cast: Cast, clock_at: Clock) -> None:
    named(cast.clerk, cast.director.person, tier=Tier.TOWNSHIP, duty=Duty.TOWNSHIP_CADRE)
    gone_at = clock_at.move(days=9)
    accounts.end_grant(cast.county_officer, grant_id=RoleGrant.objects.get(person_id=cast.director.person_id).pk)
    found = _found(cast.clerk)
    assert (found["nobody_answers_village"].stage, found["nobody_answers_village"].since) == (Stage.TO_DO, gone_at)
    at_the_township = {place.path: place.since for place in found["nobody_answers_township"].places}
    assert at_the_township[COMMUNITY] == gone_at, "their line ended with their last role"


def test_a_place_entered_late_has_a_hole_from_then_on(cast: Cast, clock_at: Clock) -> None:
    at = clock_at.move(days=9)
    enter_villages(cast.county_officer, township_path=TOWNSHIP, names=["解家湾"])
    village = _found(cast.clerk)["nobody_answers_village"]
    assert (village.stage, village.since, village.count) == (Stage.TO_DO, at, 1)
    clock_at.move(days=1)
    assert _found(cast.clerk)["nobody_answers_village"].stage == Stage.GAP


def test_a_post_has_a_hole_since_it_stands_and_anew_when_it_is_put_up_again(cast: Cast, clock_at: Clock) -> None:
    at = clock_at.move(days=9)
    post = add_post(cast.compound.place, PostKind.CHECKPOINT, "东门检查点")
    assert _since(cast.director, "post_without_head") == (Stage.TO_DO, at)
    clock_at.move(days=2)
    assert _since(cast.director, "post_without_head") == (Stage.GAP, at)
    close_post(post)
    assert "post_without_head" not in _found(cast.director)
    again = clock_at.move(days=3)
    add_post(cast.compound.place, PostKind.CHECKPOINT, "东门检查点")
    assert _since(cast.director, "post_without_head") == (Stage.TO_DO, again)


def test_a_checkpoint_needs_a_leader_of_its_own(cast: Cast) -> None:
    add_post(cast.compound.place, PostKind.GATE, "大门")
    post = add_post(cast.compound.place, PostKind.CHECKPOINT, "东门检查点")
    assert _found(cast.director)["post_without_head"].count == 1
    named(cast.director, somebody(), post.path, duty=Duty.ON_DUTY)
    assert "post_without_head" not in _found(cast.director)


def test_away_with_nobody_instead_is_late_at_once(cast: Cast) -> None:
    head = somebody(home=COMMUNITY)
    named(cast.director, head, cast.compound.place.path)
    absence = actions.record_absence(cast.director, person_id=head.pk)
    assert _found(cast.director)["away_without_deputy"].stage == Stage.GAP
    actions.end_absence(cast.director, absence_id=absence.pk)
    actions.record_absence(cast.director, person_id=head.pk, deputy_id=cast.worker.person_id)
    assert "away_without_deputy" not in _found(cast.director)
    actions.record_absence(cast.director, person_id=cast.worker.person_id)
    assert "away_without_deputy" in _found(cast.director), "the deputy is away too"


def test_too_much_for_one_by_the_rule_said_nearest_above(cast: Cast) -> None:
    head = somebody("石改梅", COMMUNITY)
    named(cast.director, head, cast.compound.place.path, cast.compound_next.place.path)
    assert "too_much_for_one" not in _found(cast.director)
    actions.set_load_limit(cast.county_officer, path=COUNTY, places=1, posts=1, households=1)
    assert _found(cast.director)["too_much_for_one"].count == 1
    actions.set_load_limit(cast.county_officer, path=COMMUNITY, places=2, posts=1, households=1)
    assert "too_much_for_one" not in _found(cast.director)


def test_the_five_are_a_gap_only_for_those_who_may_know(cast: Cast) -> None:
    household = actions.keep_household(cast.director, door_id=cast.door.pk, reason="从武汉返乡")
    assert _found(cast.director)["five_to_one_incomplete"].count == 1
    assert "five_to_one_incomplete" in _found(cast.worker)
    assert "five_to_one_incomplete" not in _found(cast.worker_next)
    assert "five_to_one_incomplete" not in _found(cast.county_officer)
    for role in FiveRole:
        actions.name_five(cast.director, household_id=household.pk, role=role, person_id=cast.worker.person_id)
    assert "five_to_one_incomplete" not in _found(cast.director)


@pytest.mark.parametrize("kind", ["nobody_answers_county", "nobody_answers_township"])
def test_without_an_emergency_nothing_is_missing(cast: Cast, kind: str) -> None:
    response.end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert kind not in _found(cast.county_officer)
